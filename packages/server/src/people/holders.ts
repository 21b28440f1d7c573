// How many different people hold each role anywhere: given by name, or to a group they are in. Counted beside everything else, and
// kept for as long as no fact changes.

import { type Facts, isSubjectSet, type ResourceId, typeOf, type World } from '@sayso/policy'

/** Assignments looked at between two turns of the event loop. */
const SLICE = 2_000

type Count = (on: string, role: string) => number

const counted = new WeakMap<Facts, Promise<Count>>()

/** @returns counts by what a role is held on, a type of resources or `tenant`, and its name */
export function holdersOf({ facts }: World): Promise<Count> {
  const known = counted.get(facts)
  if (known !== undefined) return known
  const count = counting(facts)
  counted.set(facts, count)
  return count
}

async function counting(facts: Facts): Promise<Count> {
  const holders = new Map<string, Set<string>>()
  let looked = 0
  for (const { resource, role, subject } of facts.tuples()) {
    const key = `${typeOf(resource)}#${role}`
    const known = holders.get(key) ?? new Set()
    holders.set(key, known)
    if (isSubjectSet(subject)) for (const each of membersOf(facts, subject)) known.add(each)
    else known.add(subject)
    looked += 1
    if (looked % SLICE === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return (on, role) => holders.get(`${on}#${role}`)?.size ?? 0
}

function membersOf(facts: Facts, set: string): readonly string[] {
  const at = set.indexOf('#')
  const role = set.slice(at + 1)
  return facts
    .holdersOn(set.slice(0, at) as ResourceId)
    .flatMap(([who, roles]) => (roles.includes(role) && !isSubjectSet(who) ? [who] : []))
}
