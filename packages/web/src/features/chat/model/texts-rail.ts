// What the rail says besides the names of channels.

import { words } from '../../../ui/words.ts'

export const railTexts = words('rail', {
  directs: 'Direct messages',
  more: 'Channels and messages',
  browse: 'Browse channels',
  create: 'New channel',
  muted: 'Muted',
  newDirect: 'New message',
  you: 'You',
  membersOnly: 'Only its members read this channel',
  /** After their number, for those who hear it. */
  askIn: (count: number): string => (count === 1 ? 'asks to be let in' : 'ask to be let in'),
})
