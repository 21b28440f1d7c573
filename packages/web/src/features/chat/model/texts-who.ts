// What is said of people: the list of them, their cards, whom one has blocked, and why a page was left.

import { words } from '../../../ui/words.ts'

export const whoTexts = words('who', {
  find: 'Search people',
  found: (count: number) => (count === 1 ? '1 person found' : `${count} people found`),
  noOne: 'Nobody of that name is here.',
  others: 'Others',
  hereOf: (here: string, all: string) => `${here} of ${all} here`,
  here: 'Here',
  away: 'Not here',
  you: 'you',
  close: 'Close people',
  loading: 'Loading',
  actions: (name: string) => `Actions for ${name}`,
  card: (name: string) => `About ${name}`,
  notKnown: 'Nothing is known of them here.',
  roles: 'Roles here',
  noRoles: 'No role here',
  message: 'Message',
  block: 'Block',
  unblock: 'Unblock',
})
