// What finding says: search, mentions, the quick switcher, unread counts.

import { words } from '../../../ui/words.ts'

export const findingTexts = words('finding', {
  search: 'Search',
  searchFor: 'Search messages',
  hint: 'Words, "phrases", and filters: from:name in:channel has:link before:2027-01-31',
  mentions: 'Mentions',
  noMentions: 'Nobody has mentioned you yet. When somebody does, it stands here.',
  nothing: (q: string) => `Nothing found for “${q}” in the channels you can read.`,
  nothingHere: 'Nothing found in the channels you can read.',
  notKnown: (filters: string) => `Not known, and left out: ${filters}`,
  partial: 'The index is still being made: there may be more.',
  more: 'Show more',
  failed: 'That did not work.',
  again: 'Try again',
  close: 'Close',
  found: (count: number) => (count === 1 ? '1 result' : `${count} results`),
  inChannel: (title: string) => `in ${title}`,
  unread: (count: string) => `${count} unread`,
  ofYou: (count: number) => (count === 1 ? '1 mentions you' : `${count} mention you`),
  markAllRead: 'Mark everything as read',
  jump: 'Jump to',
  jumpTo: 'Jump to a channel, a person or a message',
  channels: 'Channels',
  people: 'People',
  messages: 'Messages',
  commands: 'Commands',
  searchAll: (q: string) => `Search messages for “${q}”`,
  noMatch: 'Nothing of that name.',
})
