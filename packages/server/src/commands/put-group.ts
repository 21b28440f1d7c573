// Make a group, or change what it is called.

import {
  type Attributes,
  exists,
  type ResourceId,
  type RightsChange,
  TENANT_RELATION,
  tenantOf,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { groupOf, requireGroup } from '../people/groups.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { requireValid } from './changes-valid.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

export type PutGroup = {
  /** `describe`: it must be there. `make`: it must not. */
  readonly kind: 'make' | 'describe'
  readonly key: string
  /** `title` and `about`; what is absent stays as it is. */
  readonly attributes: Attributes
  /** The tenant it is to be in; absent: it stays where it is, a new one in that of the document. */
  readonly tenant?: ResourceId
}

/**
 * Makes or describes a group. A person needs `manage-people` on the tenant, and `assign-role` to put it in another one, as it
 * changes who administers the group; a key the `admin` scope.
 *
 * @throws {Failure} `denied`, `type_unknown`: the policy has no groups, `conflict`: it is there already,
 *   `resource_unknown`, `invalid`, `busy`, `store_unavailable`
 */
export async function putGroup(
  context: Context,
  asker: Asker,
  input: PutGroup,
): Promise<Committed & { readonly group: ResourceId }> {
  let group: ResourceId | undefined
  const committed = await decideAndCommit(context, (world) => {
    const { kind, key } = input
    requirePlace(world, asker, 'manage-people')
    const resource = kind === 'make' ? groupOf(world, key) : requireGroup(world, key)
    group = resource
    const before = world.facts.resource(resource)
    if (kind === 'make' && before !== undefined)
      throw new Failure('conflict', `there is a group \`${key}\` already`, {
        remedy: 'use another key, or change that one',
      })
    const attributes = { ...before, ...input.attributes }
    const changes: readonly RightsChange[] = [
      { kind: 'put-resource', resource, attributes },
      ...movedTo(world, asker, resource, input.tenant),
    ]
    requireValid(world, changes)
    const command = `${kind}-group`
    return {
      entries: [{ kind: 'rights', changes, cause: { command, by: actorOf(asker) } }],
      audit: {
        command,
        ...auditBy(asker),
        target: resource,
        ...(before === undefined ? {} : { before }),
        after: input.tenant === undefined ? attributes : { ...attributes, tenant: input.tenant },
      },
    }
  })
  return { ...committed, group: group as ResourceId }
}

/** @throws {Failure} `denied`, `resource_unknown` */
function movedTo(
  world: World,
  asker: Asker,
  resource: ResourceId,
  tenant: ResourceId | undefined,
): readonly RightsChange[] {
  const before = tenantOf(world, resource)
  if (tenant === undefined || tenant === before) return []
  requirePlace(world, asker, 'assign-role')
  if (!exists(world, tenant))
    throw new Failure('resource_unknown', `there is no \`${tenant}\``, { remedy: 'make it first' })
  const edge = { resource, relation: TENANT_RELATION } as const
  // What is in no other tenant is in that of the document.
  return tenant === world.policy.tenant
    ? [{ kind: 'unrelate', ...edge, target: before }]
    : [{ kind: 'relate', ...edge, target: tenant }]
}
