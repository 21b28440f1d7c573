// What webhooks can hear, worked out from what a command is about to commit.

import type { RightsChange, World } from '@sayso/policy'
import { TENANT_TYPE, typeOf } from '@sayso/policy'
import type { JsonObject, NewEntry, NewRecord, RightsEntry, Write } from '@sayso/store'
import { CONVERSATIONS } from '../desk/conversation.ts'
import { REPORTS } from '../reports.ts'

/** Every type of event, with what it says. */
export const EVENT_TYPES = {
  'rights.changed': 'facts or the policy changed; `changes` and `cause`',
  'member.joined': 'a person got their first role on a resource',
  'person.registered': 'a person became known',
  'request.opened': 'somebody asks to be let in',
  'message.published': 'messages were published on a channel, whole',
  'message.deleted': 'a message was deleted',
  'conversation.opened':
    'a conversation with a visitor began; as it is kept, without what was said',
  'conversation.claimed':
    'an operator has it now who had not; by themselves, by somebody, or by routing',
  'conversation.transferred': 'it was passed on, to an operator or to a team',
  'conversation.released': 'nobody has it any more: it waits again',
  'conversation.closed': 'it was closed, with the reason and who did',
  'conversation.rated': 'the visitor said how it was',
  'message.flagged': 'somebody reported a message; with the reason, not the text',
} as const
export type EventType = keyof typeof EVENT_TYPES

export type WebhookEvent = { readonly type: EventType; readonly data: JsonObject }

/** Action of an amendment that deletes. */
const DELETE = 'delete'

/** The events of what is written, in their order. `world` is the one it is decided on. */
export function eventsOf(
  world: World,
  { entries, records = [] }: Pick<Write, 'entries' | 'records'>,
): readonly WebhookEvent[] {
  // Several conversations may be moved in one write: each command tells of all of them, once.
  const causes = new Map(
    entries.flatMap((entry) =>
      entry.kind === 'rights' ? [[entry.cause.command, entry.cause] as const] : [],
    ),
  )
  return [
    ...entries.flatMap((entry) => eventsOfOne(world, entry)),
    ...records.flatMap(flagged),
    ...[...causes.values()].flatMap((cause) => conversationEvents(cause, records)),
  ]
}

const CONVERSATION_EVENTS: Readonly<Record<string, EventType>> = {
  'open-conversation': 'conversation.opened',
  'claim-conversation': 'conversation.claimed',
  'assign-conversation': 'conversation.claimed',
  'transfer-conversation': 'conversation.transferred',
  'release-conversation': 'conversation.released',
  'take-back-conversation': 'conversation.released',
  'close-conversation': 'conversation.closed',
  'rate-conversation': 'conversation.rated',
}

function conversationEvents(
  { command, by }: RightsEntry['cause'],
  records: readonly NewRecord[],
): readonly WebhookEvent[] {
  if (!Object.hasOwn(CONVERSATION_EVENTS, command)) return []
  const type = CONVERSATION_EVENTS[command] as EventType
  return records.flatMap(({ collection, key, value }) => {
    if (collection !== CONVERSATIONS || value === undefined) return []
    return [{ type, data: { key, ...value, ...(by === undefined ? {} : { by }) } }]
  })
}

function flagged({ collection, value }: NewRecord): readonly WebhookEvent[] {
  if (collection !== REPORTS || value === undefined || value.state !== 'open') return []
  const { channel, serial, author, by, reason, note } = value
  return [{ type: 'message.flagged', data: { channel, serial, author, by, reason, note } }]
}

function eventsOfOne(world: World, entry: NewEntry): readonly WebhookEvent[] {
  switch (entry.kind) {
    case 'rights':
      return rightsEvents(world, entry)
    case 'publish': {
      const { channel, messages } = entry
      return [{ type: 'message.published', data: { channel, messages } }]
    }
    case 'amend': {
      const { channel, amendment } = entry
      if (amendment.action !== DELETE) return []
      return [{ type: 'message.deleted', data: { channel, serial: amendment.serial } }]
    }
    case 'annotate':
      return []
  }
}

function rightsEvents(world: World, { changes, cause }: RightsEntry): readonly WebhookEvent[] {
  const told = changes.filter(({ kind }) => kind !== 'pass-time').map(withoutSecrets)
  const more = changes.flatMap((change): readonly WebhookEvent[] => {
    if (change.kind === 'put-person' && world.facts.person(change.subject) === undefined) {
      const { subject, attributes } = change
      return [{ type: 'person.registered', data: { subject, attributes } }]
    }
    if (change.kind === 'put-request') {
      const { subject, resource, request } = change
      return [{ type: 'request.opened', data: { subject, resource, ...request } }]
    }
    return isJoining(world, change) ? [{ type: 'member.joined', data: { ...change.tuple } }] : []
  })
  if (told.length === 0) return more
  return [{ type: 'rights.changed', data: { changes: told, cause } }, ...more]
}

type Assign = Extract<RightsChange, { kind: 'assign' }>

function isJoining({ facts }: World, change: RightsChange): change is Assign {
  if (change.kind !== 'assign' || change.notBeforeMs !== undefined) return false
  const { subject, resource } = change.tuple
  if (typeOf(resource) === TENANT_TYPE) return false
  return facts.rolesOf(subject, resource).length === 0
}

/** Keys and documents are named, not shown. */
function withoutSecrets(change: RightsChange): JsonObject {
  if (change.kind === 'put-key') return { kind: change.kind, key: change.key.id }
  if (change.kind === 'put-policy') return { kind: change.kind }
  return change
}
