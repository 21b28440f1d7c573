// The same in German.

import type { whoTexts } from './texts-who.ts'

export const whoTextsDe: typeof whoTexts = {
  find: 'Personen suchen',
  found: (count) => (count === 1 ? '1 Person gefunden' : `${count} Personen gefunden`),
  loading: 'Wird geladen',
  card: (name) => `Über ${name}`,
  notKnown: 'Hier ist nichts über sie bekannt.',
  roles: 'Rollen hier',
  noRoles: 'Keine Rolle hier',
  message: 'Schreiben',
  block: 'Blockieren',
  unblock: 'Nicht mehr blockieren',
}
