import type { connectionTexts } from './texts-connection.ts'

export const connectionTextsDe: typeof connectionTexts = {
  signedOut: 'Du bist abgemeldet.',
  keptHere: 'Was du geschrieben hast, bleibt auf diesem Gerät.',
  signIn: 'Anmelden',
  tryAgain: 'Noch einmal versuchen',
  notConnected: 'Nicht verbunden.',
  kept: 'Was du schreibst, bleibt erhalten.',
  load: 'Laden',
  gap: 'Vielleicht fehlen einige Nachrichten.',
  gapWhy: 'Während du weg warst, ist mehr gesagt worden.',
  offline: 'Du bist offline.',
  sentLater: 'Schreib ruhig weiter; es wird gesendet, sobald du wieder verbunden bist.',
  nextTry: (seconds) => `Nächster Versuch in ${seconds} s.`,
  trying: 'Neuer Versuch läuft.',
  tryNow: 'Jetzt versuchen',
  reconnecting: 'Verbindung wird wiederhergestellt.',
  connected: 'Verbunden.',
  noGap: 'Es fehlt nichts mehr.',
  connecting: 'Verbindung wird hergestellt.',
  keepWriting: 'Du kannst weiterschreiben.',
  refused: 'Der Server hat die Verbindung abgelehnt',
}
