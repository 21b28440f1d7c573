// The whole question of a connection or request: key, delegation, token and policy, intersected. Each layer that exists
// must say yes.

import { type Capability, covers, operationSetOn } from './capability.ts'
import type { KeyRecord } from './change.ts'
import type { Credential } from './credential.ts'
import { decide, exists, grantedActions } from './decide.ts'
import { type About, type Decision, isAllowing, type Reason } from './decision.ts'
import { placesOf } from './engine/spread.ts'
import { type Action, ANONYMOUS, type ResourceId, type SubjectId } from './names.ts'
import {
  isOperation,
  NO_OPERATIONS,
  OPERATIONS,
  type Operation,
  type OperationSet,
  operationSet,
} from './operation.ts'
import { channelOf, type PolicyType, resourceOf } from './policy.ts'
import { isOpenToStrangers, resourcesByTenant, tenantRolesThatCount } from './reach.ts'
import { rolesHeld } from './roles.ts'
import { tenantOf } from './tenant.ts'
import type { World } from './world.ts'

/** Whom the policy is asked about; undefined for a key, which it is not asked about. */
export function subjectOf(credential: Credential): SubjectId | undefined {
  return credential.kind === 'key' ? undefined : (credential.subject ?? ANONYMOUS)
}

/**
 * Answers whether a credential may use an operation on a channel, with one reason per layer asked.
 *
 * - A key decides alone, whether a type governs the channel or not.
 * - A token needs what its key may delegate, its own capability and, on a governed channel, the policy.
 * - An action that is no operation is not for this door: it denies; ask `decide`.
 *
 * @param channel with or without a `[qualifier]`; views of rights are not decided here
 * @param about what is asked about now; absent: a standing question, which leaves open what reads message or context
 */
export function authorize(
  world: World,
  credential: Credential,
  action: Action,
  channel: string,
  about?: About,
): Decision {
  const { revision } = world
  const layers = layersOf(world, credential, action, channel)
  const isOpen = layers.every(isAllowing)
  const subject = subjectOf(credential)
  const isAsked = subject !== undefined && layers.every(isCeiling)
  const resource = isAsked ? resourceOf(world.policy, channel) : undefined
  if (subject === undefined || resource === undefined) {
    return { allowed: isOpen, reasons: layers, revision }
  }
  const question = { subject, action, resource }
  const inside = decide(world, about ? { ...question, ...about } : { ...question, standing: true })
  return { ...inside, allowed: isOpen && inside.allowed, reasons: [...layers, ...inside.reasons] }
}

/** What key and token say, before the policy is asked. */
function layersOf(
  world: World,
  credential: Credential,
  action: Action,
  channel: string,
): readonly Reason[] {
  if (!isOperation(action)) return [{ kind: 'unknown_action' }]
  const key = world.keys.get(credential.key)
  if (!key) return [{ kind: 'unknown_key' }]
  const layer = (name: 'key' | 'delegation' | 'token', capability: Capability): Reason => {
    const isCovered =
      isInReach(world, key, channel) && covers(capability, channel, action, key.match)
    return { kind: isCovered ? 'capability' : 'outside_capability', layer: name }
  }
  if (credential.kind === 'key') return [layer('key', key.capability)]
  return [layer('delegation', delegable(key)), layer('token', heldBy(key, credential))]
}

function isCeiling({ kind }: Reason): boolean {
  return kind === 'capability' || kind === 'outside_capability'
}

/** What tokens of a key may do at most. */
export function delegable(key: KeyRecord): Capability {
  return key.mayDelegate ?? key.capability
}

/** What a token itself says; one that does not say holds what its key does. */
function heldBy(key: KeyRecord, token: Extract<Credential, { kind: 'token' }>): Capability {
  return token.capability ?? key.capability
}

/** A key of a tenant reaches what the resources of that tenant govern, and nothing that nothing governs. */
function isInReach(world: World, { tenant }: KeyRecord, channel: string): boolean {
  if (tenant === undefined) return true
  const resource = resourceOf(world.policy, channel)
  return resource !== undefined && tenantOf(world, resource) === tenant
}

/** The operations key and token leave open on a channel, before the policy is asked. */
function ceilingOn(
  world: World,
  key: KeyRecord,
  credential: Credential,
  channel: string,
): OperationSet {
  if (!isInReach(world, key, channel)) return NO_OPERATIONS
  const on = (capability: Capability) => operationSetOn(capability, channel, key.match)
  if (credential.kind === 'key') return on(key.capability)
  return on(delegable(key)) & on(heldBy(key, credential))
}

/** True if key and token leave anything open on a channel, whatever the policy says. */
export function reaches(world: World, credential: Credential, channel: string): boolean {
  const key = world.keys.get(credential.key)
  return key !== undefined && ceilingOn(world, key, credential, channel) !== NO_OPERATIONS
}

/**
 * Everything a credential may do on a channel: its operations as `authorize` allows them and, for a token on a
 * governed channel, the app's own verbs as the policy allows them.
 *
 * Actions of a governed channel come in the order of the document, operations of others in that of `OPERATIONS`.
 */
export function allowedActions(
  world: World,
  credential: Credential,
  channel: string,
): readonly Action[] {
  const key = world.keys.get(credential.key)
  if (!key) return []
  const ceiling = ceilingOn(world, key, credential, channel)
  const subject = subjectOf(credential)
  const resource = resourceOf(world.policy, channel)
  if (subject === undefined || resource === undefined) return operationsOf(ceiling)
  return grantedActions(world, subject, resource).filter(
    (action) => !isOperation(action) || (ceiling & operationSet(action)) !== 0,
  )
}

function operationsOf(set: OperationSet): readonly Operation[] {
  return OPERATIONS.filter((operation) => (set & operationSet(operation)) !== 0)
}

/** Who may do one of these on a channel sees that it exists. */
const REVEALING: OperationSet = ['subscribe', 'publish', 'presence', 'history'].reduce(
  (set, operation) => set | operationSet(operation),
  NO_OPERATIONS,
)

/**
 * The resources whose channels a credential may read, write, be present in or read back; sorted by id.
 *
 * For a person this looks only where they hold roles, unless a role on the tenant reaches every resource of a type.
 *
 * @param except a type of which nothing is looked at
 */
export function visibleResources(
  world: World,
  credential: Credential,
  except?: string,
): readonly ResourceId[] {
  const subject = subjectOf(credential)
  const visible = new Set<ResourceId>()
  for (const type of world.policy.governing) {
    if (type.name === except) continue
    for (const resource of candidates(world, type, subject)) {
      if (isVisibleResource(world, credential, resource)) visible.add(resource)
    }
  }
  return [...visible].sort()
}

/** True of one that `visibleResources` lists. */
export function isVisibleResource(
  world: World,
  credential: Credential,
  resource: ResourceId,
): boolean {
  if (!world.keys.has(credential.key)) return false
  const channel = channelOf(world.policy, resource)
  return channel !== undefined && exists(world, resource) && isRevealed(world, credential, channel)
}

/**
 * The resources a person may not enter but may know of, because their attribute `listed` is true; sorted by id. Of another
 * tenant than the document's only to whoever holds a role on that tenant.
 *
 * Only where key and token leave room: what a credential could never reach is not listed for it. Never for a key, nor
 * for a visitor without an identity, who could not ask to be let in.
 *
 * @param except a type of which nothing is looked at
 */
export function listedResources(
  world: World,
  credential: Credential,
  except?: string,
): readonly ResourceId[] {
  const key = world.keys.get(credential.key)
  if (!key || credential.kind === 'key' || credential.subject === undefined) return []
  const listed: ResourceId[] = []
  for (const type of world.policy.governing) {
    if (type.name === except) continue
    for (const [resource, { listed: isListed }] of world.facts.resourcesOfType(type.name)) {
      if (isListed === true && isLocked(world, credential, key, resource)) listed.push(resource)
    }
  }
  return listed.sort()
}

/** True if a listed resource is one the person may know of and not enter. */
export function isListed(world: World, credential: Credential, resource: ResourceId): boolean {
  const key = world.keys.get(credential.key)
  if (!key || credential.kind === 'key' || credential.subject === undefined) return false
  if (world.facts.resource(resource)?.listed !== true) return false
  return isLocked(world, credential, key, resource)
}

function isLocked(
  world: World,
  credential: Credential,
  key: KeyRecord,
  resource: ResourceId,
): boolean {
  const channel = channelOf(world.policy, resource)
  if (channel === undefined || (ceilingOn(world, key, credential, channel) & REVEALING) === 0)
    return false
  return isInSight(world, credential, resource) && !isRevealed(world, credential, channel)
}

/** What is in the tenant of the document is in everybody's sight, what is in another in that of whoever has a role there. */
function isInSight(world: World, { kind, ...who }: Credential, resource: ResourceId): boolean {
  const tenant = tenantOf(world, resource)
  if (tenant === world.policy.tenant) return true
  const subject = 'subject' in who ? who.subject : undefined
  return subject !== undefined && rolesHeld(world, subject, tenant).length > 0
}

function isRevealed(world: World, credential: Credential, channel: string): boolean {
  return allowedActions(world, credential, channel).some(
    (action) => (REVEALING & operationSet(action)) !== 0,
  )
}

/**
 * True if the policy newly gives a person an operation on a resource that their token does not cover, but a renewed one
 * of the same key could: the client should fetch one.
 */
export function outgrows(
  before: World,
  after: World,
  credential: Credential,
  resource: ResourceId,
): boolean {
  const key = after.keys.get(credential.key)
  const subject = subjectOf(credential)
  const channel = channelOf(after.policy, resource)
  if (!key || credential.kind === 'key' || subject === undefined || channel === undefined) {
    return false
  }
  const held = operationSetOn(heldBy(key, credential), channel, key.match)
  const closed = operationSetOn(delegable(key), channel, key.match) & ~held
  if (closed === NO_OPERATIONS) return false
  const had = new Set(grantedActions(before, subject, resource))
  return grantedActions(after, subject, resource).some(
    (action) => !had.has(action) && (closed & operationSet(action)) !== 0,
  )
}

function* candidates(
  world: World,
  type: PolicyType,
  subject: SubjectId | undefined,
): Generator<ResourceId> {
  if (subject === undefined || isOpenToStrangers(type)) {
    for (const [resource] of world.facts.resourcesOfType(type.name)) yield resource
    return
  }
  for (const resource of placesOf(world, subject)) {
    if (resource.startsWith(`${type.name}:`)) yield resource
  }
  yield* resourcesByTenant(world, type.name, subject, tenantRolesThatCount(type))
}
