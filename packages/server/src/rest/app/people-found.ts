// People found: by part of a name, by a role, by a group; by id or by name. Orders are worked out once for facts that do not change.

import {
  type Attributes,
  type Facts,
  isSubjectSet,
  type ResourceId,
  type RoleName,
  type SubjectId,
  type SubjectSet,
  setParts,
  subjectSet,
  type World,
} from '@sayso/policy'
import { isVisitor } from '../../desk/visitors/visitor.ts'
import { MEMBER, requireGroup } from '../../people/groups.ts'
import { idOf } from '../../people/roles.ts'

export type PeopleSort = 'id' | 'name' | '-name'

export type PeopleAsked = {
  readonly q?: string | undefined
  readonly role?: string | undefined
  readonly on?: ResourceId | undefined
  /** Key of a group. */
  readonly group?: string | undefined
  readonly sort: PeopleSort
  readonly limit: number
  readonly after?: string | undefined
}

export type PeoplePage = { readonly people: readonly SubjectId[]; readonly next?: string }

/** One page. @throws {Failure} `type_unknown`, `resource_unknown` for a group that is not there */
export function peopleFound(world: World, asked: PeopleAsked): PeoplePage {
  const { limit, after, sort } = asked
  const order = orderOf(world.facts, sort)
  const isMeant = meant(world, asked)
  const people: SubjectId[] = []
  for (let at = startOf(order, sort, after); at < order.length; at += 1) {
    const each = order[at]
    if (each === undefined || !isMeant(each)) continue
    const last = people.at(-1)
    if (people.length === limit && last) return { people, next: cursorOf(last, sort) }
    people.push(each.subject)
  }
  return { people }

  function cursorOf(subject: SubjectId, by: PeopleSort): string {
    return by === 'id' ? idOf(subject) : `${nameIn(world.facts, subject)}\n${idOf(subject)}`
  }
}

type Entry = { readonly subject: SubjectId; readonly name: string; readonly known: Attributes }

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })
/** Facts never change: those of now are sorted once, however many pages are read of them. */
const orders = new WeakMap<Facts, Partial<Record<PeopleSort, readonly Entry[]>>>()

function orderOf(facts: Facts, sort: PeopleSort): readonly Entry[] {
  const known = orders.get(facts) ?? {}
  const made = known[sort]
  if (made !== undefined) return made
  const people = [...facts.people()].filter(([, attributes]) => !isVisitor(attributes))
  const sorted = people
    .map(([subject, attributes]) => ({
      subject,
      name: nameOfKnown(subject, attributes),
      known: attributes,
    }))
    .sort((a, b) => compare(a, b, sort))
  orders.set(facts, { ...known, [sort]: sorted })
  return sorted
}

type Key = Pick<Entry, 'subject' | 'name'>

function compare(a: Key, b: Key, sort: PeopleSort): number {
  const byId = a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0
  if (sort === 'id') return byId
  const byName = collator.compare(a.name, b.name) || byId
  return sort === 'name' ? byName : -byName
}

/** The first entry behind a cursor; whoever it names may be gone by now. */
function startOf(order: readonly Entry[], sort: PeopleSort, after: string | undefined): number {
  if (after === undefined) return 0
  const cut = after.lastIndexOf('\n')
  const subject = `user:${after.slice(cut + 1)}` as SubjectId
  const key = { subject, name: cut < 0 ? '' : after.slice(0, cut) }
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const entry = order[middle]
    if (entry !== undefined && compare(entry, key, sort) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function meant(world: World, { q, role, on, group }: PeopleAsked): (entry: Entry) => boolean {
  const wanted = q?.trim().toLowerCase()
  const holders = role === undefined && on === undefined ? undefined : holdersOf(world, role, on)
  const members =
    group === undefined
      ? undefined
      : peopleIn(world, [subjectSet(requireGroup(world, group), MEMBER)])
  return ({ subject, known }) =>
    (holders === undefined || holders.has(subject)) &&
    (members === undefined || members.has(subject)) &&
    (wanted === undefined || wanted === '' || isFound(subject, known, wanted))
}

function isFound(subject: SubjectId, { name, email }: Attributes, wanted: string): boolean {
  return [idOf(subject), name, email].some(
    (each) => typeof each === 'string' && each.toLowerCase().includes(wanted),
  )
}

/** Who was given a role, by themselves or as a member of a set. */
function holdersOf(
  { facts, ...world }: World,
  role: string | undefined,
  on: ResourceId | undefined,
): ReadonlySet<SubjectId> {
  const holders: (SubjectId | SubjectSet)[] = []
  if (on === undefined) {
    for (const tuple of facts.tuples()) if (tuple.role === role) holders.push(tuple.subject)
  } else {
    for (const [subject, roles] of facts.holdersOn(on)) {
      if (role === undefined || roles.includes(role as RoleName)) holders.push(subject)
    }
  }
  return peopleIn({ facts, ...world }, holders)
}

/** The people among these, and those in the sets among them, however deep. */
export function peopleIn(
  { facts }: Pick<World, 'facts'>,
  holders: readonly (SubjectId | SubjectSet)[],
): ReadonlySet<SubjectId> {
  const people = new Set<SubjectId>()
  const sets = new Set<SubjectSet>()
  const waiting = [...holders]
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (!isSubjectSet(each)) people.add(each)
    else if (!sets.has(each)) {
      sets.add(each)
      const { role, resource } = setParts(each)
      for (const [holder, roles] of facts.holdersOn(resource)) {
        if (roles.includes(role)) waiting.push(holder)
      }
    }
  }
  return people
}

function nameIn(facts: Facts, subject: SubjectId): string {
  return nameOfKnown(subject, facts.person(subject) ?? {})
}

function nameOfKnown(subject: SubjectId, { name }: Attributes): string {
  return typeof name === 'string' && name !== '' ? name : idOf(subject)
}
