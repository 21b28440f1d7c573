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
  sessionEnded: 'Du bist hier abgemeldet',
  sessionEndedText:
    'Diese Sitzung wurde beendet, von dir auf einem anderen Gerät oder von denen, die diesen Ort betreiben. Was du zu schreiben begonnen hast, bleibt auf diesem Gerät, bis du dich wieder anmeldest.',
  shutOut: (place, until) =>
    until === undefined
      ? `Du bist von ${place} ausgeschlossen`
      : `Du bist bis ${until} von ${place} ausgeschlossen`,
  shutOutForGood: 'Auf diesem Gerät ist nichts davon geblieben außer deinen eigenen Entwürfen.',
  shutOutUntil:
    'Auf diesem Gerät ist nichts davon geblieben außer deinen eigenen Entwürfen. Diese Seite öffnet sich von selbst wieder.',
  appeal: 'Um eine andere Entscheidung bitten',
  railEdge: 'Breite der Kanäle',
  asideEdge: 'Breite neben dem Gespräch',
  markUnread: 'Als ungelesen markieren',
  markUnreadDetail: 'Ab hier, auf allen deinen Geräten',
  previewsTitle: 'Linkvorschauen',
  previewsText: 'Links in Nachrichten stehen mit Titel und Bild da.',
  recent: 'Zuletzt',
  from: 'Geschrieben von',
  in: 'Im Kanal',
  has: 'Mit',
  before: 'Vor dem Tag',
  after: 'Ab dem Tag',
  traits: { file: 'Dateien', image: 'Bildern', link: 'Links', code: 'Code' },
  today: 'heute',
  filters: 'Filter',
  blockAsk: (name) => `${name} blockieren?`,
  blockText:
    'Keiner von euch kann dem anderen Direktnachrichten schreiben oder ein Gespräch beginnen. Es wird nicht mitgeteilt. Gemeinsame Kanäle bleiben, wie sie sind.',
  blockEnds: 'Du kannst es jederzeit beenden, in den Einstellungen unter Privatsphäre.',
  blockedByYou: (name) => `Du hast ${name} blockiert`,
  blockedByYouText: 'Hier kann keiner von euch schreiben. Was gesagt wurde, bleibt lesbar.',
  closedHere: 'Ihr könnt euch hier nicht mehr schreiben',
  closedHereText: 'Was gesagt wurde, bleibt lesbar.',
}
