// Block somebody, or end that: neither of the two writes to the other in a conversation of theirs, begun or not.

import {
  channelOf,
  decide,
  foldRights,
  type ResourceId,
  type RightsChange,
  type SubjectId,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { blockedBy, blockersIn } from '../people/blocks.ts'
import { directBetween } from '../people/directs.ts'
import { idOf } from '../people/roles.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireDirects, requirePerson } from './start-direct.ts'

/**
 * When this returns it holds in every open session. Repeating it changes nothing.
 *
 * @throws {Failure} `identity_required`, `person_unknown`, `invalid` for oneself, `type_unknown` where the policy does not close
 *   such conversations, `busy`, `store_unavailable`
 */
export async function blockPerson(
  context: Context,
  asker: Asker,
  { person, isBlocked }: { readonly person: string; readonly isBlocked: boolean },
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    const me = requirePerson(asker)
    const other = `user:${person}` as SubjectId
    if (other === me) throw new Failure('invalid', 'nobody blocks themselves')
    if (world.facts.person(other) === undefined)
      throw new Failure('person_unknown', `there is nobody called \`${person}\``)
    const { type, gives } = requireDirects(world)
    const subjects = [me, other].sort()
    const resource = directBetween(type, subjects)
    const before = world.facts.resource(resource)
    const rest = blockersIn(before).filter((id) => id !== idOf(me))
    if (blockersIn(before).length > rest.length === isBlocked) return { entries: [] }
    const { blocked: _was, blockedBy: _by, ...kept } = before ?? { people: subjects.map(idOf) }
    const by = isBlocked ? [...rest, idOf(me)] : rest
    const change = {
      kind: 'put-resource' as const,
      resource,
      attributes: { ...kept, ...blockedBy(by) },
    }
    if (isBlocked) {
      const seats = subjects.map((subject) => assigned(resource, gives, subject))
      requireClosed(foldRights(world, [change, ...seats], world.revision), resource, subjects)
    }
    const command = isBlocked ? 'block-person' : 'unblock-person'
    return {
      // Who did it is for the audit log: the other one is told what they can no longer do, and nothing else.
      entries: [{ kind: 'rights', changes: [change], cause: { command } }],
      audit: { command, ...auditBy(asker), target: other },
    }
  })
}

function assigned(resource: ResourceId, role: string, subject: SubjectId): RightsChange {
  return { kind: 'assign', tuple: { resource, role, subject } }
}

/** Tried out: a block that the policy does not know of would be a promise nobody keeps. @throws {Failure} `type_unknown` */
function requireClosed(after: World, resource: ResourceId, subjects: readonly SubjectId[]): void {
  const channel = channelOf(after.policy, resource)
  const context = channel === undefined ? {} : { channel }
  const isOpen = subjects.some(
    (subject) => decide(after, { subject, action: 'publish', resource, context }).allowed,
  )
  if (!isOpen) return
  throw new Failure('type_unknown', 'the policy does not close conversations of blocked people', {
    remedy: 'add the rule `blocked` of the default policy to the type of direct conversations',
  })
}
