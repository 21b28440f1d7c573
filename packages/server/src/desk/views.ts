// Conversations as operators see them.

import { type ChannelName, isAllowed, type SubjectId, subjectOf, type World } from '@sayso/policy'
import { fileNames } from '@sayso/store'
import type { Asker } from '../commands/asker.ts'
import { isVisible } from '../commands/desk/moving.ts'
import { messageState } from '../commands/message-state.ts'
import type { Context } from '../context.ts'
import { idOf, nameOf } from '../people/roles.ts'
import { receivable } from '../receivers.ts'
import type { Entry, Last } from './book.ts'
import type { Conversation, Rating } from './conversation.ts'
import { channelOfConversation, conversationNamed, requireDesk } from './desk-type.ts'
import { type Named, namedId } from './event.ts'
import { MARKS, markKey, marksOf } from './marks.ts'
import { operatorsOf } from './operators-of.ts'
import { teamTitle } from './teams.ts'
import { widgetNamed } from './widgets/widget.ts'

/** Characters of the last message. */
const SHOWN = 140
/** Unread messages are counted up to so many. */
const MOST_UNREAD = 100

export type ConversationView = {
  readonly key: string
  readonly channel: string
  /** Key of the tenant. */
  readonly tenant: string
  readonly state: Conversation['state']
  readonly visitor: Named & {
    readonly verified: boolean
    readonly isAnonymous: boolean
    readonly email?: string
  }
  readonly openedBy: Named & { readonly isVisitor: boolean }
  readonly assignee?: Named
  readonly joined: readonly Named[]
  /** Only on what is shown to whoever does. */
  readonly isWatching?: true
  readonly team?: { readonly key: string; readonly title: string }
  readonly widget?: { readonly id: string; readonly name: string }
  readonly isOffline?: true
  readonly openedAtMs: number
  readonly waitingSinceMs?: number
  readonly closedAtMs?: number
  readonly closedBy?: Named
  readonly closedByRule?: true
  readonly closeReason?: string
  readonly summary?: string
  readonly snoozedUntilMs?: number
  readonly labels: readonly string[]
  readonly last?: {
    readonly serial: string
    readonly atMs: number
    readonly by: string
    readonly kind: 'text' | 'note' | 'file'
    readonly text: string
  }
  readonly unread: number
  readonly rating?: Omit<Rating, 'atMs'>
}

/** A conversation as somebody sees it who may; of what was said in it nothing if they may not read. */
export async function conversationView(
  context: Context,
  asker: Asker,
  { key, conversation }: Entry,
): Promise<ConversationView> {
  const { world } = context.standing
  const resource = conversationNamed(requireDesk(world), key)
  const channel = channelOfConversation(world, resource)
  const isRead = isVisible(world, asker, resource)
  const last = isRead ? await context.desk.book.lastOf(key) : undefined
  const unread = last === undefined ? 0 : await unreadOf(context, asker, channel, key, last)
  const widget = conversation.widget && (await widgetNamed(context.store, conversation.widget))
  // INVARIANT: decided again after the reads: nothing is said of what was lost meanwhile.
  const now = context.standing.world
  const said = last && isVisible(now, asker, resource) ? saidOf(now, asker, channel, last) : {}
  return {
    ...plainView(now, key, channel, conversation),
    ...(isWatching(asker, conversation) ? { isWatching: true } : {}),
    ...(widget ? { widget: { id: widget.id, name: widget.name } } : {}),
    ...said,
    unread,
  }
}

function isWatching({ credential }: Asker, { watching }: Conversation): boolean {
  const me = subjectOf(credential)
  return me !== undefined && watching.includes(idOf(me))
}

function plainView(
  world: World,
  key: string,
  channel: string,
  conversation: Conversation,
): Omit<ConversationView, 'unread'> {
  const { tenant, state, visitor, openedBy, assignee, team, closedBy, rating } = conversation
  const person = world.facts.person(`user:${visitor}` as SubjectId)
  const { email, verified } = person ?? {}
  const at = pick(conversation, [
    'isOffline',
    'waitingSinceMs',
    'closedAtMs',
    'closedByRule',
    'closeReason',
    'summary',
    'snoozedUntilMs',
  ])
  return {
    key,
    channel,
    tenant,
    state,
    visitor: {
      ...namedId(world, visitor),
      verified: verified === true,
      isAnonymous: person?.named !== true && verified !== true,
      ...(typeof email === 'string' ? { email } : {}),
    },
    openedBy: { ...namedId(world, openedBy), isVisitor: conversation.isOpenedByVisitor },
    ...(assignee === undefined ? {} : { assignee: namedId(world, assignee) }),
    joined: conversation.joined.map((id) => namedId(world, id)),
    ...(team === undefined ? {} : { team: { key: team, title: teamTitle(world, team) } }),
    openedAtMs: conversation.openedAtMs,
    ...at,
    ...(closedBy === undefined ? {} : { closedBy: namedId(world, closedBy) }),
    labels: conversation.labels,
    ...(rating === undefined ? {} : { rating: withoutTime(rating) }),
  }
}

function withoutTime({ atMs: _atMs, ...rating }: Rating): Omit<Rating, 'atMs'> {
  return rating
}

function pick<T, K extends keyof T>(value: T, names: readonly K[]): Pick<T, K> {
  const held = names.filter((name) => value[name] !== undefined)
  return Object.fromEntries(held.map((name) => [name, value[name]])) as Pick<T, K>
}

function saidOf(
  world: World,
  asker: Asker,
  channel: ChannelName,
  { message }: Last,
): Pick<ConversationView, 'last'> {
  if (receivable(world, asker.credential, channel, [message]).length === 0) return {}
  const { data } = messageState(message)
  const kind = message.name as 'text' | 'note' | 'file'
  const text =
    kind === 'file' ? fileNames(message.extras) : (data as { text?: unknown } | null)?.text
  return {
    last: {
      serial: message.serial,
      atMs: message.timestampMs,
      by: message.clientId ?? '',
      kind,
      text: typeof text === 'string' ? [...text].slice(0, SHOWN).join('') : '',
    },
  }
}

/** Texts and files of others since one last read; for a key none. */
async function unreadOf(
  { store, standing }: Context,
  { credential }: Asker,
  channel: ChannelName,
  key: string,
  last: Last,
): Promise<number> {
  const me = subjectOf(credential)
  if (me === undefined) return 0
  const mark = await store.record(MARKS, markKey(key, idOf(me)))
  const read = mark && marksOf(mark).read
  if (read !== undefined && read >= last.serial) return 0
  const { messages } = await store.history({
    channel,
    direction: 'forwards',
    limit: MOST_UNREAD,
    upTo: standing.revision,
    ...(read === undefined ? {} : { afterSerial: read }),
  })
  const isNew = (name: string | undefined) => name === 'text' || name === 'file'
  return messages.filter(
    ({ name, clientId, action }) => isNew(name) && clientId !== idOf(me) && action !== 'delete',
  ).length
}

/** Who may read a conversation now, by name: the visitor, and operators. */
export function readersOf(world: World, conversation: Conversation, key: string): readonly Named[] {
  const resource = conversationNamed(requireDesk(world), key)
  const { visitor, tenant } = conversation
  const people = [`user:${visitor}` as SubjectId, ...operatorsOf(world, tenant)]
  return [...new Set(people)]
    .filter((subject) => isAllowed(world, { subject, action: 'subscribe', resource }))
    .map((subject) => ({ id: idOf(subject), name: nameOf(world, subject) }))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}
