// What a role assignment or a relation moves: found by walking down sets and relations for as long as roles differ.

import type { RelationTuple, RoleTuple } from '../change.ts'
import { dependents, peopleAbove } from '../engine/spread.ts'
import { Walk } from '../engine/walk.ts'
import type { ResourceId, RoleName, SubjectId } from '../names.ts'
import { isSubjectSet, setParts, typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import { inTenants, type Part, partOf } from './part.ts'

/** Of so many people each is looked at alone; of more, the walk does not ask where their roles agree. */
const MOST_PEOPLE = 2_000

/** What an assignment, given or taken, moves. */
export function rolePart(before: World, after: World, { resource, subject }: RoleTuple): Part {
  if (!isSubjectSet(subject)) return walkDown(before, after, [subject], [resource], true)
  const set = setParts(subject)
  const members = peopleHolding(before, after, set.resource, set.role)
  return walkDown(before, after, members, [resource], true)
}

/** What assignments on one resource move for very many: more than that, as nobody is looked at alone. */
export function peoplePart(
  before: World,
  after: World,
  resource: ResourceId,
  people: ReadonlySet<SubjectId>,
): Part {
  return partOf(people, reach(before, after, [resource]))
}

/** What a relation, made or ended, moves. */
export function relationPart(
  before: World,
  after: World,
  { resource, relation, target }: RelationTuple,
): Part {
  const type = typeOf(resource)
  const leads = [before, after].some(({ policy }) => policy.types.get(type)?.derives.has(relation))
  if (!leads) return partOf([], [])
  return walkDown(before, after, peopleAt(before, after, [target]), [resource], false)
}

/** Everybody who holds something on one of these places in one of the worlds, whether derived or not. */
export function peopleAt(
  before: World,
  after: World,
  places: readonly ResourceId[],
): readonly SubjectId[] {
  return [...new Set([before, after].flatMap((world) => [...peopleAbove(world, places)]))]
}

function peopleHolding(
  before: World,
  after: World,
  resource: ResourceId,
  role: RoleName,
): readonly SubjectId[] {
  const people = peopleAt(before, after, [resource])
  if (people.length > MOST_PEOPLE) return people
  return people.filter((subject) =>
    [before, after].some((world) => {
      const walk = new Walk(world, subject)
      return walk.held(walk.version.tables.places.find(resource)).names.includes(role)
    }),
  )
}

/**
 * The people whose roles differ on one of the places or further down, and where.
 *
 * @param isOwn the places are theirs to hear of even where no role differs: something was assigned to them there
 */
export function walkDown(
  before: World,
  after: World,
  people: readonly SubjectId[],
  places: readonly ResourceId[],
  isOwn: boolean,
): Part {
  if (people.length > MOST_PEOPLE) return partOf(people, reach(before, after, places))
  const moved = new Set<ResourceId>(isOwn ? places : [])
  const concerned = new Set<SubjectId>(isOwn ? people : [])
  for (const subject of people) {
    const found = movedOf(before, after, subject, places)
    if (found.length > 0) concerned.add(subject)
    for (const each of found) moved.add(each)
  }
  return partOf(concerned, inTenants(before, after, moved))
}

/** Where the roles of one subject differ, beginning at some places. */
function movedOf(
  before: World,
  after: World,
  subject: SubjectId,
  places: readonly ResourceId[],
): readonly ResourceId[] {
  const walks = [new Walk(before, subject), new Walk(after, subject)] as const
  const seen = new Set(places)
  const moved: ResourceId[] = []
  // Grows while it is walked.
  for (const place of seen) {
    const roles = rolesThatDiffer(walks, place)
    if (roles.length === 0) continue
    moved.push(place)
    for (const { world } of walks) {
      for (const next of dependents(world, place, roles)) seen.add(next)
    }
  }
  return moved
}

function rolesThatDiffer(walks: readonly [Walk, Walk], place: ResourceId): readonly RoleName[] {
  const [then, now] = walks.map((walk) => walk.held(walk.version.tables.places.find(place)).names)
  if (then === undefined || now === undefined || then.join('\n') === now.join('\n')) return []
  return [
    ...then.filter((role) => !now.includes(role)),
    ...now.filter((role) => !then.includes(role)),
  ]
}

/** Some places and all that roles on them could lead to. */
function reach(
  before: World,
  after: World,
  places: readonly ResourceId[],
): 'all' | ReadonlySet<ResourceId> {
  const seen = new Set(places)
  // Grows while it is walked.
  for (const place of seen) {
    for (const world of [before, after]) {
      for (const next of dependents(world, place)) seen.add(next)
    }
  }
  return inTenants(before, after, seen)
}
