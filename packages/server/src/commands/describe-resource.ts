// Change how a resource is shown and treated: its title, whether it is listed, who comes in, slow mode, and its end.

import { type Action, type Attributes, type ResourceId, typeOf, type World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireVerb } from './may.ts'

/** What takes another action than `configure`, where the type lists that action. */
const ACTIONS: Readonly<Record<string, Action>> = { paceSeconds: 'set-pace', archived: 'archive' }

export type DescribeResource = {
  readonly resource: ResourceId
  /** What is absent stays as it is. */
  readonly attributes: Attributes
}

/**
 * Sets attributes of an existing resource. Open sessions show it before this returns.
 * A person needs the action `configure` on the resource (`set-pace` and `archive` for slow mode and the archive, if the type
 * lists them), a key the `admin` scope.
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
    requireDescribe(world, asker, input)
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

/** @throws {Failure} `denied` */
export function requireDescribe(world: World, asker: Asker, input: DescribeResource): void {
  for (const action of actionsFor(world, input)) requireVerb(world, asker, action, input.resource)
}

function actionsFor(world: World, { resource, attributes }: DescribeResource): Set<Action> {
  const listed = world.policy.types.get(typeOf(resource))?.actionSet
  const own = Object.keys(attributes).map((name) => {
    const action = ACTIONS[name]
    return action !== undefined && listed?.has(action) === true ? action : 'configure'
  })
  return new Set(own.length === 0 ? ['configure'] : own)
}
