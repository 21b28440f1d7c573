// Change how a resource is shown: its title, what it is about, its place in lists, and whether it is listed.

import type { Attributes, ResourceId } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireVerb } from './may.ts'

export type DescribeResource = {
  readonly resource: ResourceId
  /** What is absent stays as it is. */
  readonly attributes: Attributes
}

/**
 * Sets attributes of an existing resource. Open sessions show it before this returns.
 * A person needs the action `configure` on the resource, a key the `admin` scope.
 *
 * @throws {Failure} `denied`, `resource_unknown`, `busy`, `store_unavailable`
 */
export async function describeResource(
  context: Context,
  asker: Asker,
  input: DescribeResource,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    const { resource } = input
    requireVerb(world, asker, 'configure', resource)
    const before = world.facts.resource(resource)
    if (before === undefined) {
      throw new Failure('resource_unknown', `there is no \`${resource}\``, {
        remedy: 'check the name',
      })
    }
    const attributes = { ...before, ...input.attributes }
    return {
      entries: [
        {
          kind: 'rights',
          changes: [{ kind: 'put-resource', resource, attributes }],
          cause: { command: 'configure', by: actorOf(asker) },
        },
      ],
      audit: {
        command: 'configure',
        ...auditBy(asker),
        target: resource,
      },
    }
  })
}
