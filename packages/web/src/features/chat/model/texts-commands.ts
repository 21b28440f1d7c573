// What the commands about oneself are called, and what they say once they are done.

import { words } from '../../../ui/words.ts'
import type { Said } from './texts.ts'

const said = (glyph: string, title: string, text: string): Said => ({
  tone: 'news',
  glyph,
  title,
  text,
})

export const commandTexts = words('commands', {
  away: 'Be seen as away',
  back: 'Be seen as you are, without a status',
  dnd: 'Do not disturb',
  status: 'Say what is going on; nothing takes it away',
  mute: 'Hear nothing of this channel',
  dm: 'Write to somebody directly',
  statusTakes: 'emoji and a few words',
  spanTakes: '30m, 1h, 2d',
  muteTakes: '30m, 1h, 2d or off',
  dmTakes: '@somebody text',
  notYet: 'The connection is not there yet. Try again in a moment',
  noSpan: (text: string) => `“${text}” is no length of time. Write it like 30m, 1h or 2d`,
  nobody: 'Begin with @ and the name of somebody here',
  notOpened: 'The conversation did not open. Try again in a moment',
  nowAway: () => said('info', 'You are seen as away', '/back ends it.'),
  nowBack: () => said('info', 'You are back', 'Others see you as you are.'),
  nowDnd: (end: string | undefined) =>
    said(
      'bell',
      end === undefined ? 'Nothing disturbs you' : `Nothing disturbs you until ${end}`,
      'Others see it. /back ends it.',
    ),
  nowStatus: (line: string | undefined) =>
    line === undefined
      ? said('info', 'Your status is gone', '')
      : said('info', 'Your status is set', line),
  nowMuted: (channel: string, end: string | undefined) =>
    said(
      'bell',
      `You hear nothing of #${channel}${end === undefined ? '' : ` until ${end}`}`,
      '/mute off ends it.',
    ),
  nowUnmuted: (channel: string) => said('bell', `You hear of #${channel} again`, ''),
})
