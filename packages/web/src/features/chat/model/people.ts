// The people of the tenant by their strongest role, with who is here now. Pure.

import type { PeopleView, RoleView } from '@sayso/client'

export type PersonRow = PeopleView['people'][number] & {
  readonly isHere: boolean
  readonly isMe: boolean
}

export type PeopleGroup = {
  readonly key: string
  /** Absent: people without a role, or who are here without being of the tenant. */
  readonly role?: RoleView | undefined
  readonly people: readonly PersonRow[]
}

/** Groups in order of strength, people in each by presence and then by name. */
export function groupsOf(
  people: PeopleView['people'],
  here: ReadonlySet<string>,
  me: string,
): readonly PeopleGroup[] {
  const known = new Set(people.map((person) => person.id))
  const strangers = [...here]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, name: id, roles: [], moves: [] }))
  const groups = new Map<string, { role: RoleView | undefined; people: PersonRow[] }>()
  for (const person of [...people, ...strangers]) {
    const role = person.roles[0]
    const key = role === undefined ? '' : keyOf(role)
    const group = groups.get(key) ?? { role, people: [] }
    group.people.push({ ...person, isHere: here.has(person.id), isMe: person.id === me })
    groups.set(key, group)
  }
  const order = strongestFirst(people)
  return [...groups]
    .map(([key, group]) => ({
      key,
      role: group.role,
      people: group.people.sort(byPresenceAndName),
    }))
    .sort((one, other) => rank(order, one.key) - rank(order, other.key))
}

/** What is known now in the arrangement of before: while a menu is open, nothing may move under it. */
export function inPlaceOf(
  before: readonly PeopleGroup[],
  now: readonly PeopleGroup[],
): readonly PeopleGroup[] {
  const latest = new Map(now.flatMap((group) => group.people.map((person) => [person.id, person])))
  return before.map((group) => ({
    ...group,
    people: group.people.map((person) => latest.get(person.id) ?? person),
  }))
}

export function hereCount(people: PeopleView['people'], here: ReadonlySet<string>): number {
  return people.filter((person) => here.has(person.id)).length
}

/**
 * Role keys, strongest first. Nobody sends a ranking, but every person's roles are sorted, and a promotion leads up: those
 * are enough to order what can be compared. What cannot is ordered by rarity: the fewer hold a role, the stronger it is.
 */
function strongestFirst(people: PeopleView['people']): readonly string[] {
  const above = new Map<string, Set<string>>()
  const holders = new Map<string, number>()
  const note = (stronger: string, weaker: string) => {
    if (stronger !== weaker) above.set(weaker, (above.get(weaker) ?? new Set()).add(stronger))
  }
  for (const person of people) {
    const keys = person.roles.map(keyOf)
    for (const [index, key] of keys.entries()) {
      if (index === 0) holders.set(key, (holders.get(key) ?? 0) + 1)
      else note(keys[index - 1] ?? key, key)
    }
    for (const move of person.moves) {
      // A move changes what one is on this resource; a role from elsewhere is neither above nor below it.
      const now = person.roles.find((role) => role.on === move.to.on)
      if (now === undefined) continue
      if (move.command === 'promote') note(keyOf(move.to), keyOf(now))
      else note(keyOf(now), keyOf(move.to))
    }
  }
  return ordered([...holders.keys()], above, holders)
}

function ordered(
  keys: readonly string[],
  above: ReadonlyMap<string, ReadonlySet<string>>,
  holders: ReadonlyMap<string, number>,
): readonly string[] {
  const reaching = reachingKeys(above)
  const left = new Set(
    [...keys].sort(
      (one, other) =>
        Number(reaching.has(other)) - Number(reaching.has(one)) ||
        (holders.get(one) ?? 0) - (holders.get(other) ?? 0) ||
        one.localeCompare(other),
    ),
  )
  const order: string[] = []
  while (left.size > 0) {
    const free = [...left].find((key) => ![...left].some((other) => above.get(key)?.has(other)))
    // A circle has no top: the first goes first.
    const next = free ?? [...left][0]
    if (next === undefined) break
    left.delete(next)
    order.push(next)
  }
  return order
}

/** Roles on the whole tenant that outrank one on the channel: they reach further than any channel role. */
function reachingKeys(above: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const isTenant = (key: string) => key.startsWith('tenant:')
  return new Set(
    [...above].flatMap(([weaker, stronger]) =>
      isTenant(weaker) ? [] : [...stronger].filter(isTenant),
    ),
  )
}

function rank(order: readonly string[], key: string): number {
  const at = order.indexOf(key)
  return at === -1 ? order.length : at
}

/** A role on the tenant and one of the same name on a channel are two. */
function keyOf(role: RoleView): string {
  return `${role.on}#${role.role}`
}

function byPresenceAndName(one: PersonRow, other: PersonRow): number {
  return Number(other.isHere) - Number(one.isHere) || one.name.localeCompare(other.name)
}
