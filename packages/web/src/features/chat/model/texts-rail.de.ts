import type { railTexts } from './texts-rail.ts'

export const railTextsDe: typeof railTexts = {
  directs: 'Direktnachrichten',
  more: 'Kanäle und Nachrichten',
  browse: 'Kanäle durchsuchen',
  create: 'Neuer Kanal',
  muted: 'Stumm',
  newDirect: 'Neue Nachricht',
  you: 'Du',
  membersOnly: 'Nur Mitglieder lesen diesen Kanal',
  askIn: (count) => (count === 1 ? 'bittet um Zugang' : 'bitten um Zugang'),
}
