// Sentences of the chat: short, kind, exact. Roles and channels come from what the server sends.

import { ApiError, type RoleView } from '@sayso/client'
import { words } from '../../../ui/words.ts'
import { upperFirst } from './grammar.ts'
import { explanationOf } from './refusals.ts'

export function hash(title: string): string {
  return `#${title}`
}

/** What a notice says; `glyph` is an icon's name. */
export type Said = {
  readonly tone: 'gain' | 'loss' | 'news'
  readonly glyph: string
  readonly title: string
  readonly text: string
  /** Of a refusal by the policy. */
  readonly explanation?: string | undefined
}

export const texts = words('chat', {
  channels: 'Channels',
  mainNav: 'Main',
  skipToWriting: 'Skip to writing',
  backToChannels: 'Back to channels',
  aboutChannel: (channel: string) => `About ${hash(channel)}`,
  newNotices: 'New notices',
  dismiss: 'Dismiss',
  notices: 'Notices',
  people: 'People',
  you: 'You',
  newBadge: 'New',
  readOnly: 'Read only',
  newMessages: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
  edited: '(edited)',
  codeBlock: 'Code',
  deletedBy: (name: string | undefined) =>
    name === undefined ? 'Message deleted' : `Message deleted by ${name}`,
  byYou: 'you',
  automatic: 'Automatic',
  someone: 'Someone',
  deletedPerson: 'Deleted person',
  composer: (channel: string) => `Message ${hash(channel)}`,
  emptyChannel: (channel: string) => `Nothing has been said in ${hash(channel)} yet.`,
  emptyChannelCanWrite: 'The first message is yours.',
  noHistory: 'You see what is said from now on. Earlier messages are not open to you.',
  startOf: (channel: string) => `This is where ${hash(channel)} begins.`,
  noNotices: 'No notices. When your rights change, it can be read again here.',
  lostChannel: (channel: string) => ({
    title: `You no longer have access to ${hash(channel)}`,
    text: 'What you wrote there stays there.',
  }),
  noChannel: (key: string) => ({
    title: `${hash(key)} is not open to you`,
    text: 'Either there is no such channel, or you may not enter it.',
  }),
  locked: (channel: string, about: string | undefined) => ({
    title: `${hash(channel)} is by request`,
    text: about === undefined || about === '' ? 'You can ask to be let in.' : about,
  }),
  requestAccess: 'Request access',
  requested: 'Requested',
  whyLabel: 'A word to whoever decides (optional)',
  asked: 'You have asked to be let in. When somebody says yes, the channel opens here by itself.',
  withdraw: 'Take the request back',
  wantIn: 'Asking to be let in',
  letIn: 'Let in',
  decline: 'Decline',
  letInAs: (role: string) => `as ${role}`,
  wantsIn: (channel: string, name: string | undefined): Said => ({
    tone: 'news',
    glyph: 'lock',
    title: `${name === undefined ? 'Somebody' : upperFirst(name)} asks to enter ${hash(channel)}`,
    text: 'Answer in the list of people there.',
  }),
  declined: (channel: string, by: string): Said => ({
    tone: 'loss',
    glyph: 'lock',
    title: `You were not let in to ${hash(channel)}`,
    text: by,
  }),
  noChannels: {
    title: 'No channel is open to you yet',
    text: 'When somebody gives you access to one, it appears here by itself.',
  },
  cannotWrite: (channel: string, hadIt: boolean) =>
    hadIt
      ? `You can no longer write in ${hash(channel)}`
      : `You can read ${hash(channel)}, not write`,
  cannotWriteWhy: 'Writing here takes a role that you do not have.',
  canStillRead: 'You can still read.',
  draftKept: 'Your draft is kept',
  copyDraft: 'Copy the draft',
  goTo: (channel: string) => `Go to ${hash(channel)}`,
  editGone:
    'You can no longer edit your own messages here. Your text is kept until you close this.',
  failure: {
    rights_changed: 'Not sent: your rights changed while you wrote. Your text is kept.',
    too_long: 'Not sent: the message is too long. Shorten it and send it again.',
    refused: 'Not sent.',
  },
  /** What one can do with a message that was not sent. */
  unsent: { retry: 'Retry', edit: 'Edit', copy: 'Copy', discard: 'Discard' },
  /** A request that was refused, for a notice. */
  notDone: (cause: unknown): Said => ({
    tone: 'news',
    glyph: 'circle-alert',
    title: 'Not done',
    text: reasonOf(cause),
    explanation: explanationOf(cause),
  }),
  rightsChanged: 'You can no longer do this here.',
  loadingOlder: 'Loading earlier messages',
  sending: 'Sending',
  waiting: 'Waiting for the connection',
  /** Lines of the server; `{who}`, `{role}` and `{by}` are drawn. */
  line: {
    noRole: (hasBy: boolean) =>
      `{who} has no role here any more${hasBy ? ', changed by {by}' : ''}`,
    again: (role: RoleView, hasBy: boolean) =>
      `{who} is ${/^[aeiou]/i.test(role.title) ? 'an' : 'a'} {role} again${hasBy ? ', changed by {by}' : ''}`,
    joined: '{who} joined',
    left: '{who} left',
    restrained: (hasBy: boolean) => `{who} was {role}${hasBy ? ' by {by}' : ''}`,
    released: '{who} is no longer {role}',
    made: (_role: RoleView, hasBy: boolean) => `{who} was made {role}${hasBy ? ' by {by}' : ''}`,
    pinned: '{who} pinned {message}',
    unpinned: '{who} took {message} down from the pinned',
    aMessage: 'a message',
    because: (reason: string) => `: “${reason}”`,
  },
  theme: { title: 'Theme', system: 'As the system', light: 'Light', dark: 'Dark' },
  allSettings: 'All settings',
  settings: 'Settings',
  signOut: 'Sign out',
  noReason: 'The server did not say why.',
})

/** What the server said of a refusal, and what helps, as sentences. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof ApiError) {
    return [cause.problem.detail, cause.problem.remedy]
      .filter((part): part is string => part !== undefined && part !== '')
      .map(asSentence)
      .join(' ')
  }
  const detail = cause instanceof Error ? cause.message : ''
  return detail === '' ? texts.noReason : asSentence(detail)
}

function asSentence(text: string): string {
  const trimmed = text.trim().replace(/\.$/, '')
  return `${upperFirst(trimmed)}.`
}
