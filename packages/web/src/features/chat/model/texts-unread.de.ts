import type { unreadTexts } from './texts-unread.ts'

export const unreadTextsDe: typeof unreadTexts = {
  mentions: 'Erwähnungen',
  unread: (count) => `${count} ungelesen`,
  ofYou: (count) => (count === 1 ? '1 erwähnt Sie' : `${count} erwähnen Sie`),
  searchOrJump: 'Suchen oder springen …',
  jumpTo: 'Zu einem Kanal, einer Person oder einer Nachricht springen',
}
