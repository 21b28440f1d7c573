// What is said of people: the list of them, their cards, whom one has blocked, and why a page was left.

import { words } from '../../../ui/words.ts'

export const whoTexts = words('who', {
  find: 'Search people',
  found: (count: number) => (count === 1 ? '1 person found' : `${count} people found`),
  loading: 'Loading',
  card: (name: string) => `About ${name}`,
  notKnown: 'Nothing is known of them here.',
  roles: 'Roles here',
  noRoles: 'No role here',
  message: 'Message',
  block: 'Block',
  unblock: 'Unblock',
})
