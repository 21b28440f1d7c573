// What the list of channels says of what is unread, and of ways to find something.

import { words } from '../../../ui/words.ts'

export const unreadTexts = words('unread', {
  mentions: 'Mentions',
  unread: (count: string) => `${count} unread`,
  ofYou: (count: number) => (count === 1 ? '1 mentions you' : `${count} mention you`),
  /** Where a field leads to it. */
  searchOrJump: 'Search or jump to…',
  jumpTo: 'Jump to a channel, a person or a message',
})
