// What finding says: search, mentions, the quick switcher.

import { words } from '../../../ui/words.ts'

export const findingTexts = words('finding', {
  search: 'Search',
  searchFor: 'Search messages',
  hint: 'Words, "phrases", and filters: from:name in:channel has:link before:2027-01-31',
  noMentions: 'Nobody has mentioned you yet. When somebody does, it stands here.',
  nothing: (q: string) => `Nothing found for “${q}” in the channels you can read.`,
  nothingHere: 'Nothing found in the channels you can read.',
  notKnown: (filters: string) => `Not known, and left out: ${filters}`,
  partial: 'The index is still being made: there may be more.',
  more: 'Show more',
  failed: 'That did not work.',
  again: 'Try again',
  found: (count: number) => (count === 1 ? '1 result' : `${count} results`),
  inChannel: (title: string) => `in ${title}`,
  markAllRead: 'Mark everything as read',
  jump: 'Jump to',
  channels: 'Channels',
  people: 'People',
  messages: 'Messages',
  commands: 'Commands',
  searchAll: (q: string) => `Search messages for “${q}”`,
  noMatch: 'Nothing of that name.',
})
