// Open a conversation: by a visitor, then it waits; by an operator with a visitor, then it is hers. Never two of one visitor.

import {
  decideOfType,
  type ResourceId,
  type RightsChange,
  type SubjectId,
  TENANT_RELATION,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../../context.ts'
import {
  attributesOf,
  type Conversation,
  conversationRecord,
  OPEN,
  openKey,
  openOf,
} from '../../desk/conversation.ts'
import { channelOfConversation, conversationNamed, requireDesk } from '../../desk/desk-type.ts'
import { eventMessage, named, saidBy } from '../../desk/event.ts'
import { given, keptOperator, type Operator, operatorRecord } from '../../desk/operators.ts'
import { profileOf } from '../../desk/visitors/records.ts'
import { isVisitorHere } from '../../desk/visitors/visitor.ts'
import { tenantResource, widgetNamed } from '../../desk/widgets/widget.ts'
import { idOf } from '../../people/roles.ts'
import { type Asker, actorOf, auditBy } from '../asker.ts'
import { decideOver } from '../decide-and-commit.ts'
import { Failure } from '../failure.ts'
import { denied } from '../may.ts'
import { requireAdmin } from '../require-admin.ts'
import { untilSeen } from './moving.ts'
import { personChanges } from './register-visitor.ts'

export type OpenConversation = {
  /** Key of the tenant. */
  readonly tenant: string
  /** Id of the visitor. */
  readonly visitor: string
  readonly widget?: string | undefined
  /** What is said first, by whoever opens it. */
  readonly text?: string | undefined
  readonly team?: string | undefined
  readonly isOffline?: true | undefined
}

export type Opened = Committed & { readonly key: string; readonly isNew: boolean }

/** Bytes of chance in a key: about twenty characters. */
const KEY_BYTES = 15

/**
 * Opens the one conversation of a visitor in a tenant, or finds it. The visitor themselves needs no right; a person needs
 * `open` in the tenant; a key, which opens in the visitor's name, the scope `admin`.
 *
 * INVARIANT: `desk-open` holds a record exactly while the visitor has one that is not closed.
 *
 * @throws {Failure} `desk_not_set_up`, `person_unknown`, `denied`, `no_capacity`, `invalid`, `busy`, `store_unavailable`
 */
export async function openConversation(
  context: Context,
  asker: Asker,
  input: OpenConversation,
): Promise<Opened> {
  const key = context.randomId(KEY_BYTES).toLowerCase()
  return untilSeen(async () => {
    let found: string | undefined
    const read = () => readBefore(context, asker, input)
    const committed = await decideOver(context, read, (world, before) => {
      requireOpen(world, asker, input)
      if (!before.isWidgetHere)
        throw new Failure('invalid', `there is no widget \`${input.widget}\` of this tenant`)
      found = before.open?.key
      if (found !== undefined) return { entries: [] }
      return writeOf(world, asker, { ...input, key, nowMs: context.now() }, before)
    })
    return { ...committed, key: found ?? key, isNew: found === undefined }
  })
}

async function readBefore({ store }: Context, asker: Asker, input: OpenConversation) {
  const { tenant, visitor, widget } = input
  const operator = operatorIn(asker, visitor)
  const { profile } = await profileOf(store, visitor)
  const named = widget === undefined ? undefined : await widgetNamed(store, widget)
  return {
    isWidgetHere: widget === undefined || named?.tenant === tenant,
    open: await openOf(store, tenant, visitor),
    profile,
    publicName: await publicNameOf(store, widget ?? profile?.widget),
    operator: operator && (await keptOperator(store, tenant, idOf(operator))),
  }
}

/** Undefined: visitors read who answers. */
async function publicNameOf(store: Context['store'], id: string | undefined) {
  const widget = id === undefined ? undefined : await widgetNamed(store, id)
  return widget?.look.hidesNames === true ? widget.name : undefined
}

type Before = Awaited<ReturnType<typeof readBefore>>

/** Whoever opens it for somebody else; undefined: the visitor, or a key in their name. */
function operatorIn({ credential }: Asker, visitor: string): SubjectId | undefined {
  const subject = credential.kind === 'token' ? credential.subject : undefined
  return subject === `user:${visitor}` ? undefined : subject
}

function requireOpen(world: World, asker: Asker, { tenant, visitor }: OpenConversation): void {
  const { type } = requireDesk(world)
  const { credential } = asker
  const inTenant = tenantResource(tenant)
  if (credential.kind === 'key') {
    requireAdmin(world, asker, 'open conversations')
    const own = world.keys.get(credential.key)?.tenant
    if (own === undefined || own === inTenant) return
    throw new Failure('denied', 'this key is of another tenant')
  }
  const { subject } = credential
  if (subject === undefined)
    throw new Failure('identity_required', 'only somebody with an identity opens a conversation')
  if (subject === `user:${visitor}`) return
  const decision = decideOfType(world, { subject, action: 'open', type, inTenant })
  if (!decision.allowed) throw denied(world, decision, asker, 'open', `${type}:`)
}

type Opening = OpenConversation & { readonly key: string; readonly nowMs: number }

function writeOf(world: World, asker: Asker, opening: Opening, before: Before) {
  const { key, tenant, visitor, nowMs } = opening
  const resource = conversationNamed(requireDesk(world), key)
  const made = visitorIn(world, opening, before)
  const operator = operatorIn(asker, visitor)
  const conversation = {
    ...conversationOf(opening, operator),
    ...(before.publicName === undefined ? {} : { publicName: before.publicName }),
  }
  const channel = channelOfConversation(world, resource)
  const by = operator ?? (`user:${visitor}` as SubjectId)
  const opened = { kind: 'opened', by: namedIn(world, before, visitor, by) } as const
  const first = saidFirst(world, opening, before, by)
  const changes = [...made, ...changesOf(world, resource, conversation)]
  const cause = { command: 'open-conversation', by: actorOf(asker) }
  return {
    entries: [
      { kind: 'rights' as const, changes, cause },
      { kind: 'publish' as const, channel, messages: [eventMessage(opened), ...first] },
    ],
    records: [
      { collection: OPEN, key: openKey(tenant, visitor), value: { key }, expectVersion: 0 },
      conversationRecord(key, conversation, 0),
      ...operatorRecords(world, before.operator, nowMs),
    ],
    audit: { command: 'open-conversation', ...auditBy(asker), target: resource },
  }
}

function operatorRecords(world: World, operator: Operator | undefined, nowMs: number) {
  return operator === undefined ? [] : [operatorRecord(given(world, operator, nowMs))]
}

/** What makes the visitor known. @throws {Failure} `person_unknown` */
function visitorIn(world: World, { visitor, tenant }: Opening, { profile }: Before) {
  if (profile !== undefined && profile.tenant === tenant)
    return personChanges(world, visitor, profile)
  const known = world.facts.person(`user:${visitor}` as SubjectId)
  if (isVisitorHere(world, `user:${visitor}` as SubjectId) && known?.tenant === tenant) return []
  throw new Failure('person_unknown', `there is no visitor \`${visitor}\` here`, {
    remedy: 'only somebody who has come to a site of this tenant',
  })
}

/** The visitor may become known in this very write. */
function namedIn(world: World, { profile }: Before, visitor: string, by: SubjectId) {
  const known = named(world, by)
  return by === `user:${visitor}` && profile?.name !== undefined
    ? { ...known, name: profile.name }
    : known
}

function saidFirst(world: World, { text, nowMs, visitor }: Opening, before: Before, by: SubjectId) {
  if (text === undefined) return []
  const message = saidBy(world, 'text', by, text, nowMs)
  const { name } = namedIn(world, before, visitor, by)
  const data = { ...(JSON.parse(String(message.data)) as object), name }
  return [{ ...message, data: JSON.stringify(data) }]
}

function conversationOf(
  { tenant, visitor, widget, team, isOffline, nowMs, text }: Opening,
  operator: SubjectId | undefined,
): Conversation {
  const assignee = operator === undefined ? undefined : idOf(operator)
  return {
    tenant,
    state: assignee === undefined ? 'waiting' : 'open',
    visitor,
    openedBy: assignee ?? visitor,
    isOpenedByVisitor: assignee === undefined,
    joined: [],
    watching: [],
    labels: [],
    openedAtMs: nowMs,
    ...(assignee === undefined
      ? { waitingSinceMs: nowMs }
      : {
          assignee,
          claimedAtMs: nowMs,
          ...(text === undefined ? {} : { answeredAtMs: nowMs, answeredBy: assignee }),
        }),
    ...(widget === undefined ? {} : { widget }),
    ...(team === undefined ? {} : { team }),
    ...(isOffline === true && { isOffline }),
  }
}

function changesOf(world: World, resource: ResourceId, conversation: Conversation): RightsChange[] {
  const desk = requireDesk(world)
  const { visitor, assignee, team } = conversation
  const tenant = tenantResource(conversation.tenant)
  const subject = `user:${visitor}` as SubjectId
  return [
    { kind: 'put-resource', resource, attributes: attributesOf(conversation) },
    ...(tenant === world.policy.tenant
      ? []
      : [{ kind: 'relate' as const, resource, relation: TENANT_RELATION, target: tenant }]),
    { kind: 'assign', tuple: { resource, role: desk.visitor, subject } },
    ...(assignee === undefined
      ? []
      : [
          {
            kind: 'assign' as const,
            tuple: { resource, role: desk.assigned, subject: `user:${assignee}` as SubjectId },
          },
        ]),
    ...(team === undefined ? [] : teamChanges(resource, undefined, team)),
  ]
}

/** A conversation is of one team at most. */
export function teamChanges(
  resource: ResourceId,
  before: string | undefined,
  after: string | undefined,
): readonly RightsChange[] {
  const at = (team: string) => ({
    resource,
    relation: 'team' as const,
    target: `group:${team}` as ResourceId,
  })
  if (before === after) return []
  return [
    ...(before === undefined ? [] : [{ kind: 'unrelate' as const, ...at(before) }]),
    ...(after === undefined ? [] : [{ kind: 'relate' as const, ...at(after) }]),
  ]
}
