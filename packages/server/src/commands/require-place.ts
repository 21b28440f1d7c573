// What is asked of the whole place: administering is policy like everything else, decided on the tenant's own resource.

import { type Action, decide, type ResourceId, type World } from '@sayso/policy'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'
import { denied } from './may.ts'
import { mayAdminister, requireAdmin } from './require-admin.ts'

/** The actions of a resource type `tenant` that the server itself asks for, and how a refusal calls each. */
const WORDS = {
  'read-people': 'list people',
  'manage-people': 'change people',
  invite: 'invite people',
  'read-policy': 'read the policy',
  'edit-policy': 'change the policy',
  'assign-role': 'change rights',
  explain: 'ask about other people',
  'read-decisions': 'read decisions',
  'read-connections': 'list connections',
  'manage-connections': 'act on connections',
  'read-keys': 'list keys',
  'manage-keys': 'change keys',
  'read-audit': 'read the audit log',
  'read-analytics': 'read the numbers',
  'read-analytics-people': 'see few people in the numbers',
  'manage-webhooks': 'change webhooks',
  export: 'export data',
  'export-messages': 'export messages',
  'manage-retention': 'say how long messages are kept',
  'manage-holds': 'make and end legal holds',
  'manage-app': 'change tenants and resources',
  'create-channel': 'make channels',
  'message-people': 'write to people directly',
  'view-as': 'look at the place as somebody else',
  'manage-desk': 'change widgets, teams and replies of the desk',
  'see-visitors': 'see who is on the site',
  'block-visitors': 'keep visitors out',
  'read-desk-reports': 'read the reports of the desk',
} as const satisfies Readonly<Record<string, string>>

export type TenantAction = keyof typeof WORDS

export const TENANT_ACTIONS = Object.keys(WORDS) as readonly TenantAction[]

/**
 * Asks for an administrative action: a key needs the `admin` scope, a person the action on the tenant. A policy that does
 * not list the action on a type `tenant` leaves it to whoever holds a tenant role with every action of some type.
 *
 * @param tenant default the document's own
 * @throws {Failure} `denied`, with its explanation if the policy decided
 */
export function requirePlace(
  world: World,
  asker: Asker,
  action: TenantAction,
  tenant: ResourceId = world.policy.tenant,
): void {
  const { credential } = asker
  if (asker.isForeman === true) return
  if (credential.kind === 'key' || !isDeclared(world, action)) {
    requireAdmin(world, asker, WORDS[action])
    return
  }
  const { subject } = credential
  if (subject === undefined)
    throw new Failure('denied', `you may not ${WORDS[action]}`, { remedy: 'sign in' })
  const decision = decide(world, { subject, action: action as Action, resource: tenant })
  if (!decision.allowed) throw denied(world, decision, asker, action as Action, tenant)
}

/** The same question as a value. */
export function mayPlace(
  world: World,
  asker: Asker,
  action: TenantAction,
  tenant: ResourceId = world.policy.tenant,
): boolean {
  const { credential, isForeman } = asker
  if (isForeman === true) return true
  if (credential.kind === 'key' || !isDeclared(world, action)) return mayAdminister(world, asker)
  const { subject } = credential
  if (subject === undefined) return false
  return decide(world, { subject, action: action as Action, resource: tenant }).allowed
}

function isDeclared(world: World, action: TenantAction): boolean {
  return world.policy.types.get('tenant')?.actionSet.has(action as Action) === true
}
