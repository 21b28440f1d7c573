import type { rightsTexts } from './texts-rights.ts'

export const rightsTextsDe: typeof rightsTexts = {
  canWriteAt: (time) => `Du kannst hier um ${time} wieder schreiben`,
  cannotWriteNow: 'Du kannst hier gerade nicht schreiben',
  heldBy: (title, name, reason) =>
    `${title}${name === undefined ? '' : ` durch ${name}`}${reason === undefined || reason === '' ? '.' : `: „${reason}“${/[.!?…]$/.test(reason) ? '' : '.'}`}`,
  stillReact: 'Du kannst weiter lesen und reagieren.',
  stillRead: 'Du kannst weiter lesen.',
  sendAt: (time) => `Um ${time} senden`,
  waitsUntil: (time) => `Wartet bis ${time} und geht dann von selbst`,
  waitsToWrite: 'Wartet, bis du hier schreiben darfst, und geht dann von selbst',
  waitsForTurn: (time) => `Du bist um ${time} dran, dann geht sie von selbst`,
  doNotSend: 'Doch nicht senden',
  askToEnd: 'Um Ende bitten',
  askedToEnd: 'Du hast um das Ende gebeten.',
  onlySome: (channel) => `In #${channel} schreiben nur Moderatoren`,
  archived: (channel) => `#${channel} ist archiviert`,
  archivedWhy: 'Der Kanal bleibt lesbar und durchsuchbar; niemand schreibt hier mehr.',
  howLong: 'Für wie lange',
  forGood: 'Auf Dauer',
  left: (text) => `noch ${text}`,
  pace: (every) => `Hier eine Nachricht alle ${every}.`,
  paceWait: (seconds) => `Deine geht in ${seconds}`,
  roleEnds: (role, minutes, time) =>
    `Deine Rolle ${role} endet in ${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'}, um ${time}.`,
  askToExtend: 'Um Verlängerung bitten',
  askedToExtend: 'Du hast um Verlängerung gebeten.',
  why: 'Warum?',
  dismiss: 'Ausblenden',
  shutOut: (title, channel, until) =>
    until === undefined ? `${title} aus #${channel}` : `${title} aus #${channel} bis ${until}`,
  shutOutText: 'Auf diesem Gerät ist davon nichts geblieben außer deinem eigenen Entwurf.',
}
