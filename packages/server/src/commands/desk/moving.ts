// What all commands on one conversation share: what they see, who may at all, and the one write that says what became of it.

import type { NewMessage } from '@sayso/channel'
import {
  type Action,
  type ChannelName,
  type DeskDocument,
  isAllowed,
  type ResourceId,
  type RightsChange,
  type RoleName,
  type SubjectId,
  tenantOf,
  type World,
} from '@sayso/policy'
import type { Committed, JsonObject, NewEntry, NewRecord, Write } from '@sayso/store'
import type { Context } from '../../context.ts'
import {
  attributesOf,
  type Conversation,
  conversationRecord,
  type KeptConversation,
  keptConversation,
} from '../../desk/conversation.ts'
import {
  channelOfConversation,
  conversationNamed,
  factsOf,
  requireDesk,
} from '../../desk/desk-type.ts'
import { type DeskEvent, eventMessage } from '../../desk/event.ts'
import { keptOperator, type Operator, operatorRecord } from '../../desk/operators.ts'
import { reportLineRecord } from '../../desk/report-lines.ts'
import { type Asker, actorOf, auditBy } from '../asker.ts'
import { decideOver } from '../decide-and-commit.ts'
import { Failure } from '../failure.ts'
import { requireVerb } from '../may.ts'

/** Who moves it; `server`: nobody asked, as a right was lost, a time came or routing chose. */
export type Mover = Asker | 'server'

/** A conversation and the operators concerned, as they are at one decision. */
export type Case = {
  readonly world: World
  readonly desk: DeskDocument
  readonly key: string
  readonly resource: ResourceId
  readonly channel: ChannelName
  readonly kept: KeptConversation
  /** Those who have it and those who were named, by id. */
  readonly operators: ReadonlyMap<string, Operator>
  readonly nowMs: number
}

/** What becomes of it. */
export type Plan = {
  readonly next: Conversation
  /** Roles and relations; the attributes follow from `next`. */
  readonly changes?: readonly RightsChange[]
  readonly event?: DeskEvent
  /** Said along with it, before the event. */
  readonly said?: readonly NewMessage[]
  readonly operators?: readonly Operator[]
  readonly records?: readonly NewRecord[]
  readonly details?: JsonObject
  readonly reason?: string
}

export type Moving = {
  readonly key: string
  readonly command: string
  /** Ids of operators it is about, beside whoever has it. */
  readonly operators?: readonly string[]
}

/** So often may somebody else be faster before it is given up. */
const MOST_TRIES = 50

/**
 * Reads a conversation, lets it be decided and commits what becomes of it, all or nothing; read and decided again if anything
 * of it moved meanwhile.
 *
 * @param plan undefined: it is so already, and nothing is written
 * @throws {Failure} what `plan` threw, `desk_not_set_up`, `conversation_unknown`, `conversation_closed`, `busy`, `store_unavailable`
 */
export async function moveConversation(
  context: Context,
  by: Mover,
  moving: Moving,
  plan: (seen: Case) => Plan | undefined,
): Promise<Committed & { readonly conversation: Conversation }> {
  return untilSeen(async () => {
    let conversation: Conversation | undefined
    const read = () => readCase(context, moving)
    const committed = await decideOver(context, read, (world, { kept, operators }) => {
      const seen = caseOf(world, by, moving.key, kept, operators, context.now())
      const planned = plan(seen)
      conversation = planned?.next ?? seen.kept
      return planned === undefined ? { entries: [] } : writeOf(by, moving, seen, planned)
    })
    return { ...committed, conversation: conversation as Conversation }
  })
}

/** What was read of several conversations, in the order they were named. */
export type ReadCases = readonly (Awaited<ReturnType<typeof readCase>> & {
  readonly key: string
})[]

export async function readCases(context: Context, keys: readonly string[]): Promise<ReadCases> {
  const found: ReadCases[number][] = []
  for (const key of keys) found.push({ key, ...(await readCase(context, { key })) })
  return found
}

/**
 * What becomes of several conversations of one tenant, to be written along with something else: an entry of its own for each.
 * Call it within `untilSeen`.
 *
 * @param plan undefined: it stays as it is
 * @throws {Failure} what `plan` threw, `desk_not_set_up`, `conversation_unknown`
 */
export function movedTogether(
  { world, by, command, nowMs }: Together,
  read: ReadCases,
  plan: (seen: Case) => Plan | undefined,
): { readonly entries: readonly NewEntry[]; readonly records: readonly NewRecord[] } {
  // Several may be of one operator, who is written once.
  const moved = new Map<string, Operator>()
  const writes = read.flatMap(({ key, kept, operators }) => {
    const known = new Map([...operators, ...moved])
    const seen = caseOf(world, by, key, kept, known, nowMs)
    const planned = plan(seen)
    if (planned === undefined) return []
    for (const each of planned.operators ?? []) moved.set(each.operator, each)
    return [writeOf(by, { key, command }, seen, { ...planned, operators: [] })]
  })
  return {
    entries: writes.flatMap(({ entries }) => entries),
    records: [
      ...writes.flatMap(({ records = [] }) => records),
      ...[...moved.values()].map(operatorRecord),
    ],
  }
}

type Together = {
  readonly world: World
  readonly by: Asker
  readonly command: string
  readonly nowMs: number
}

/** Somebody else was faster: what was seen is no more. */
class Outrun extends Error {}

/** Does something over what was read until nothing of that moved meanwhile. */
export async function untilSeen<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const isOutrun =
        error instanceof Outrun || (error instanceof Failure && error.code === 'conflict')
      if (!isOutrun) throw error
      if (tries === MOST_TRIES)
        throw new Failure('busy', 'this moved again and again', { remedy: 'try again' })
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }
}

async function readCase({ store }: Context, { key, operators = [] }: Omit<Moving, 'command'>) {
  const kept = await keptConversation(store, key)
  const ids = new Set(operators)
  if (kept?.assignee !== undefined) ids.add(kept.assignee)
  const found = new Map<string, Operator>()
  for (const id of ids) found.set(id, await keptOperator(store, kept?.tenant ?? '', id))
  return { kept, operators: found }
}

function caseOf(
  world: World,
  by: Mover,
  key: string,
  kept: KeptConversation | undefined,
  operators: ReadonlyMap<string, Operator>,
  nowMs: number,
): Case {
  const desk = requireDesk(world)
  const resource = conversationNamed(desk, key)
  const facts = factsOf(world, resource)
  if (facts === undefined || kept === undefined) throw unknownConversation()
  // The facts are folded, the record was read: at another instant.
  if (facts.state !== kept.state || facts.assignee !== kept.assignee) throw new Outrun()
  if (by !== 'server') requireOwnTenant(world, by, resource)
  const channel = channelOfConversation(world, resource)
  return { world, desk, key, resource, channel, kept, operators, nowMs }
}

/** Hidden and missing look alike. */
export function unknownConversation(): Failure {
  return new Failure('conversation_unknown', 'there is no such conversation', {
    remedy: 'read the list again',
  })
}

/** A key of one tenant does nothing in another. @throws {Failure} `conversation_unknown` */
function requireOwnTenant(world: World, { credential }: Asker, resource: ResourceId): void {
  if (credential.kind !== 'key') return
  const { tenant } = world.keys.get(credential.key) ?? {}
  if (tenant !== undefined && tenant !== tenantOf(world, resource)) throw unknownConversation()
}

/** True if the asker may know of the conversation at all. */
export function isVisible(world: World, { credential, isForeman }: Asker, resource: ResourceId) {
  if (world.facts.resource(resource) === undefined) return false
  if (isForeman === true) return true
  if (credential.kind === 'key') {
    const key = world.keys.get(credential.key)
    const isOfTenant = key?.tenant === undefined || key.tenant === tenantOf(world, resource)
    return key?.scopes.includes('admin') === true && isOfTenant
  }
  const { subject } = credential
  return subject !== undefined && isAllowed(world, { subject, action: 'subscribe', resource })
}

/** @throws {Failure} `conversation_unknown`, `conversation_closed`, `denied` */
export function requireMove({ world, resource, kept }: Case, by: Mover, action: Action): void {
  if (by !== 'server' && !isVisible(world, by, resource)) throw unknownConversation()
  requireNotClosed(kept)
  if (by !== 'server') requireVerb(world, by, action, resource)
}

/** The same question as a value, of one that is not closed. */
export function mayMove({ world, resource }: Case, by: Asker, action: Action): boolean {
  if (!isVisible(world, by, resource)) return false
  const { credential, isForeman } = by
  // A key that sees it has the scope that moves it.
  if (isForeman === true || credential.kind === 'key') return true
  const { subject } = credential
  return subject !== undefined && isAllowed(world, { subject, action, resource })
}

/** INVARIANT: closed is final, whoever asks and whatever rules say. */
export function requireNotClosed({ state }: Pick<Conversation, 'state'>): void {
  if (state !== 'closed') return
  throw new Failure('conversation_closed', 'this conversation is closed', {
    remedy: 'open a new one',
  })
}

/** The person who asks. @throws {Failure} `identity_required` */
export function personOf(by: Mover): SubjectId {
  const credential = by === 'server' ? undefined : by.credential
  if (credential?.kind === 'token' && credential.subject !== undefined) return credential.subject
  throw new Failure('identity_required', 'only a person works on conversations', {
    remedy: 'sign in',
  })
}

export function gives(
  resource: ResourceId,
  role: RoleName | undefined,
  subject: SubjectId,
): readonly RightsChange[] {
  return role === undefined ? [] : [{ kind: 'assign', tuple: { resource, role, subject } }]
}

export function takes(
  { world, resource }: Pick<Case, 'world' | 'resource'>,
  role: RoleName | undefined,
  subject: SubjectId,
): readonly RightsChange[] {
  if (role === undefined || !world.facts.has({ resource, role, subject })) return []
  return [{ kind: 'unassign', tuple: { resource, role, subject } }]
}

/** Without the parts somebody has beside the one of who has it. */
export function withoutParts(kept: Conversation, id: string): Conversation {
  const others = (ids: readonly string[]) => ids.filter((each) => each !== id)
  return { ...kept, joined: others(kept.joined), watching: others(kept.watching) }
}

/** One operator that was read. */
export function operatorIn({ operators, kept }: Case, id: string): Operator {
  return (
    operators.get(id) ?? {
      tenant: kept.tenant,
      operator: id,
      open: 0,
      status: 'away',
      version: 0,
    }
  )
}

function writeOf(
  by: Mover,
  { command }: Moving,
  { resource, channel, kept, key }: Case,
  { next, changes = [], event, said = [], operators = [], records = [], ...more }: Plan,
): Omit<Write, 'expect'> {
  const { key: _key, version, ...conversation } = { ...next } as KeptConversation
  const messages = [...said, ...(event === undefined ? [] : [eventMessage(event)])]
  const facts = {
    kind: 'put-resource',
    resource,
    attributes: attributesOf(next),
  } as const
  const cause = by === 'server' ? { command } : { command, by: actorOf(by) }
  return {
    entries: [
      { kind: 'rights', changes: [facts, ...changes], cause },
      ...(messages.length === 0 ? [] : [{ kind: 'publish' as const, channel, messages }]),
    ],
    records: [
      conversationRecord(key, conversation, version ?? kept.version),
      ...operators.map(operatorRecord),
      ...(next.state === 'closed' ? [reportLineRecord(key, conversation)] : []),
      ...records,
    ],
    audit: {
      command,
      ...(by === 'server' ? { actor: 'server' } : auditBy(by)),
      target: resource,
      ...(more.details === undefined ? {} : { details: more.details }),
      ...(more.reason === undefined ? {} : { reason: more.reason }),
    },
  }
}
