// The same in German.

import type { whoTexts } from './texts-who.ts'

export const whoTextsDe: typeof whoTexts = {
  find: 'Personen suchen',
  found: (count) => (count === 1 ? '1 Person gefunden' : `${count} Personen gefunden`),
  noOne: 'Niemand dieses Namens ist hier.',
  others: 'Andere',
  hereOf: (here, all) => `${here} von ${all} hier`,
  here: 'Hier',
  away: 'Nicht hier',
  you: 'du',
  close: 'Personen schließen',
  loading: 'Wird geladen',
  actions: (name) => `Aktionen für ${name}`,
  card: (name) => `Über ${name}`,
  notKnown: 'Hier ist nichts über sie bekannt.',
  roles: 'Rollen hier',
  noRoles: 'Keine Rolle hier',
  message: 'Schreiben',
  block: 'Blockieren',
  unblock: 'Nicht mehr blockieren',
}
