import type { Said } from './texts.ts'
import type { commandTexts } from './texts-commands.ts'

const said = (glyph: string, title: string, text: string): Said => ({
  tone: 'news',
  glyph,
  title,
  text,
})

export const commandTextsDe: typeof commandTexts = {
  away: 'Als abwesend gesehen werden',
  back: 'Gesehen werden, wie du bist, ohne Status',
  dnd: 'Bitte nicht stören',
  status: 'Sagen, was gerade ist; nichts nimmt es weg',
  mute: 'Nichts von diesem Kanal hören',
  dm: 'Jemandem direkt schreiben',
  statusTakes: 'Emoji und ein paar Worte',
  spanTakes: '30m, 1h, 2d',
  muteTakes: '30m, 1h, 2d oder off',
  dmTakes: '@jemand Text',
  notYet: 'Die Verbindung ist noch nicht da. Versuch es gleich noch einmal',
  noSpan: (text) => `„${text}“ ist keine Dauer. Schreib sie wie 30m, 1h oder 2d`,
  nobody: 'Beginne mit @ und dem Namen von jemandem hier',
  notOpened: 'Das Gespräch hat sich nicht geöffnet. Versuch es gleich noch einmal',
  nowAway: () => said('info', 'Du giltst als abwesend', '/back beendet es.'),
  nowBack: () => said('info', 'Du bist wieder da', 'Andere sehen dich, wie du bist.'),
  nowDnd: (end) =>
    said(
      'bell',
      end === undefined ? 'Nichts stört dich' : `Nichts stört dich bis ${end}`,
      'Andere sehen es. /back beendet es.',
    ),
  nowStatus: (line) =>
    line === undefined
      ? said('info', 'Dein Status ist weg', '')
      : said('info', 'Dein Status ist gesetzt', line),
  nowMuted: (channel, end) =>
    said(
      'bell',
      `Du hörst nichts von #${channel}${end === undefined ? '' : ` bis ${end}`}`,
      '/mute off beendet es.',
    ),
  nowUnmuted: (channel) => said('bell', `Du hörst wieder von #${channel}`, ''),
}
