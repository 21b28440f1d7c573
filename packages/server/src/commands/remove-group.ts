// Remove a group, with everything its members had by it.

import {
  type ResourceId,
  type RightsChange,
  type SubjectSet,
  setParts,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { requireGroup } from '../people/groups.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { requirePlace } from './require-place.ts'

/**
 * Removes a group and every role that was given to a set of its people: another group of the same name later must not
 * find them. When this returns, it holds in every open session.
 *
 * @throws {Failure} `denied`, `type_unknown`, `resource_unknown`, `busy`, `store_unavailable`
 */
export async function removeGroup(context: Context, asker: Asker, key: string): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'manage-people')
    const group = requireGroup(world, key)
    const changes: RightsChange[] = [
      ...givenTo(world, group),
      { kind: 'remove-resource', resource: group },
    ]
    const command = 'remove-group'
    return {
      entries: [{ kind: 'rights', changes, cause: { command, by: actorOf(asker) } }],
      audit: {
        command,
        ...auditBy(asker),
        target: group,
        before: {
          ...world.facts.resource(group),
          members: [...world.facts.holdersOn(group)].length,
        },
      },
    }
  })
}

function givenTo(world: World, group: ResourceId): RightsChange[] {
  const changes: RightsChange[] = []
  for (const tuple of world.facts.tuples()) {
    const isOfGroup = tuple.subject.startsWith(`${group}#`)
    if (isOfGroup && setParts(tuple.subject as SubjectSet).resource === group)
      changes.push({ kind: 'unassign', tuple })
  }
  return changes
}
