// The conversation of a few people: made once for a set of them, whoever asks first and in whatever order.

import type { ResourceId, RightsChange, RoleName, SubjectId, World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { blockersBetween } from '../people/blocks.ts'
import { directBetween, directsOf } from '../people/directs.ts'
import { idOf } from '../people/roles.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

/** People of one conversation at most, the asker included. */
export const MOST_IN_DIRECT = 8

/**
 * Finds or makes the conversation of the asker with others. Nobody else comes in: not by a role on the place either.
 *
 * A person needs `message-people` on the tenant to make one; to find theirs again nothing.
 *
 * @param people ids beside the asker's
 * Nobody makes one with somebody who blocked them, or whom they blocked; one that is there is found by both.
 *
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
    const found = directBetween(type, subjects)
    resource = found
    // A block alone writes down a conversation that nobody has begun.
    const isIn = (subject: SubjectId) => world.facts.has({ resource: found, role: gives, subject })
    if (world.facts.resource(found) !== undefined && subjects.some(isIn)) return { entries: [] }
    requirePlace(world, asker, 'message-people')
    requireWelcome(world, requirePerson(asker), subjects)
    const by = actorOf(asker)
    return {
      entries: [
        {
          kind: 'rights',
          changes: making(found, subjects, gives),
          cause: { command: 'start-direct', by },
        },
      ],
      audit: { command: 'start-direct', ...auditBy(asker), target: found },
    }
  })
  return { ...committed, resource: resource as ResourceId }
}

/** @throws {Failure} `identity_required` */
export function requirePerson({ credential }: Asker): SubjectId {
  if (credential.kind === 'token' && credential.subject !== undefined) return credential.subject
  throw new Failure('identity_required', 'only a person has conversations', { remedy: 'sign in' })
}

/** The same words whoever of the two did it. @throws {Failure} `denied` */
function requireWelcome(world: World, asker: SubjectId, subjects: readonly SubjectId[]): void {
  const closed = subjects.flatMap((subject) => blockersBetween(world, asker, subject))
  if (closed.length === 0) return
  const isOwn = closed.includes(idOf(asker))
  throw new Failure('denied', 'no conversation can be started with these people', {
    remedy: isOwn
      ? 'you have blocked somebody of them: end that first'
      : 'write in a channel you share',
  })
}

function everybody(world: World, asker: Asker, people: readonly string[]): SubjectId[] {
  const others = people.map((id) => `user:${id}` as SubjectId)
  const all = [...new Set([requirePerson(asker), ...others])].sort()
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

/** @throws {Failure} `type_unknown` */
export function requireDirects(world: World) {
  const directs = directsOf(world)
  if (directs !== undefined) return directs
  throw new Failure('type_unknown', 'the policy has no direct conversations', {
    remedy: 'add a type for them and name it in `settings.directs`',
  })
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
