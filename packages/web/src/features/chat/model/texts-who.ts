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
  sessionEnded: 'You are signed out here',
  sessionEndedText:
    'This session was ended, by you on another device or by somebody who runs the place. What you had begun to write is kept on this device, for when you sign in again.',
  shutOut: (place: string, until: string | undefined) =>
    until === undefined
      ? `You are banned from ${place}`
      : `You are banned from ${place} until ${until}`,
  shutOutForGood: 'Nothing of it is left on this device but your own drafts.',
  shutOutUntil:
    'Nothing of it is left on this device but your own drafts. This page opens again by itself.',
  appeal: 'Ask for another decision',
  railEdge: 'Width of the channels',
  asideEdge: 'Width of the pane beside the conversation',
  markUnread: 'Mark unread',
  markUnreadDetail: 'From here on, on all your devices',
  previewsTitle: 'Link previews',
  previewsText: 'Links in messages are shown with their title and picture.',
  recent: 'Recent',
  from: 'Written by',
  in: 'In channel',
  has: 'With',
  before: 'Before the day',
  after: 'From the day on',
  traits: { file: 'files', image: 'pictures', link: 'links', code: 'code' } as Readonly<
    Record<string, string>
  >,
  today: 'today',
  filters: 'Filters',
  blockAsk: (name: string) => `Block ${name}?`,
  blockText:
    'Neither of you can write to the other in direct messages, or start some. They are not told. Channels you share stay as they are.',
  blockEnds: 'You can end it at any time, in the settings under Privacy.',
  blockedByYou: (name: string) => `You have blocked ${name}`,
  blockedByYouText: 'Neither of you can write here. What was said can still be read.',
  closedHere: 'You can no longer write to each other here',
  closedHereText: 'What was said can still be read.',
})
