// The conversation of a few people: made once for a set of them, whoever asks first and in whatever order.

import { createHash } from 'node:crypto'
import type { ResourceId, RightsChange, RoleName, SubjectId, World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { directsOf } from '../people/directs.ts'
import { idOf } from '../people/roles.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

/** People of one conversation at most, the asker included. */
export const MOST_IN_DIRECT = 8
const KEY_PREFIX = 'dm-'

/**
 * Finds or makes the conversation of the asker with others. Nobody else comes in: not by a role on the place either.
 *
 * A person needs `message-people` on the tenant to make one; to find theirs again nothing.
 *
 * @param people ids beside the asker's
 * @throws {Failure} `identity_required`, `type_unknown`, `person_unknown`, `invalid`, `denied`, `busy`, `store_unavailable`
 */
export async function startDirect(
  context: Context,
  asker: Asker,
  people: readonly string[],
): Promise<Committed & { readonly resource: ResourceId }> {
  let resource: ResourceId | undefined
  const committed = await decideAndCommit(context, (world) => {
    const subjects = everybody(world, asker, people)
    const { type, gives } = requireDirects(world)
    resource = `${type}:${keyOf(subjects)}` as ResourceId
    if (world.facts.resource(resource) !== undefined) return { entries: [] }
    requirePlace(world, asker, 'message-people')
    const by = actorOf(asker)
    return {
      entries: [
        {
          kind: 'rights',
          changes: making(resource, subjects, gives),
          cause: { command: 'start-direct', by },
        },
      ],
      audit: { command: 'start-direct', ...auditBy(asker), target: resource },
    }
  })
  return { ...committed, resource: resource as ResourceId }
}

function everybody(world: World, { credential }: Asker, people: readonly string[]): SubjectId[] {
  if (credential.kind !== 'token' || credential.subject === undefined) {
    throw new Failure('identity_required', 'only a person can start a conversation', {
      remedy: 'sign in',
    })
  }
  const others = people.map((id) => `user:${id}` as SubjectId)
  const all = [...new Set([credential.subject, ...others])].sort()
  if (all.length < 2 || all.length > MOST_IN_DIRECT) {
    throw new Failure('invalid', `a conversation has 2 to ${MOST_IN_DIRECT} people`, {
      remedy: 'make a channel for more',
    })
  }
  const stranger = all.find((subject) => world.facts.person(subject) === undefined)
  if (stranger !== undefined)
    throw new Failure('person_unknown', `there is nobody called \`${idOf(stranger)}\``)
  return all
}

function requireDirects(world: World) {
  const directs = directsOf(world)
  if (directs !== undefined) return directs
  throw new Failure('type_unknown', 'the policy has no direct conversations', {
    remedy: 'add a type for them and name it in `settings.directs`',
  })
}

/** The same for the same people. */
function keyOf(subjects: readonly SubjectId[]): string {
  const digest = createHash('sha256').update(JSON.stringify(subjects)).digest('hex')
  return KEY_PREFIX + digest.slice(0, 24)
}

function making(
  resource: ResourceId,
  subjects: readonly SubjectId[],
  role: RoleName,
): readonly RightsChange[] {
  return [
    { kind: 'put-resource', resource, attributes: { people: subjects.map(idOf) } },
    ...subjects.map((subject) => ({
      kind: 'assign' as const,
      tuple: { resource, role, subject },
    })),
  ]
}
