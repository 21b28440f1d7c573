// Make a group, or change what it is called.

import type { Attributes, ResourceId } from '@sayso/policy'
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
}

/**
 * Makes or describes a group. A person needs `manage-people` on the tenant, a key the `admin` scope.
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
    const change = { kind: 'put-resource', resource, attributes } as const
    requireValid(world, [change])
    const command = `${kind}-group`
    return {
      entries: [{ kind: 'rights', changes: [change], cause: { command, by: actorOf(asker) } }],
      audit: {
        command,
        ...auditBy(asker),
        target: resource,
        ...(before === undefined ? {} : { before }),
        after: attributes,
      },
    }
  })
  return { ...committed, group: group as ResourceId }
}
