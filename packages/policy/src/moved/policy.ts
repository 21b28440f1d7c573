// What a new policy moves: the types of which the document says something else, or everything.

import type { Policy } from '../compiled.ts'
import type { World } from '../world.ts'
import { EVERYTHING, type Part, partOf, resourcesIn } from './part.ts'

export function policyParts(before: World, after: World): readonly Part[] {
  const [then, now] = [before.policy, after.policy]
  if (then === now) return []
  if (frameOf(then) !== frameOf(now)) return [EVERYTHING]
  const names = new Set([...then.types.keys(), ...now.types.keys()])
  const moved = [...names].filter((name) => typeText(then, name) !== typeText(now, name))
  if (moved.length === names.size) return [EVERYTHING]
  return moved.map((name) =>
    partOf('all', [...resourcesIn(before, name), ...resourcesIn(after, name)]),
  )
}

/** What no single type answers for: the tenant, which channels are whose, and which roles follow from which. */
function frameOf({ document, tenant, types, governing, roomType }: Policy): string {
  return JSON.stringify([
    tenant,
    document.tenant,
    document.people,
    governing.map(({ name, channels }) => [name, channels]),
    roomType?.name,
    [...types.values()]
      .filter(({ rolesFrom }) => rolesFrom.size > 0)
      .map(({ name, rolesFrom }) => [
        name,
        [...rolesFrom.values()].flat().map(({ targets, when, ...way }) => {
          return [way, [...targets].sort(), when?.text]
        }),
      ]),
    [...types.values()].map(({ attributes }) => attributes),
  ])
}

/** Looks included: what is shown of a role goes the same way as what it allows. */
function typeText({ document, types }: Policy, name: string): string | undefined {
  const type = types.get(name)
  return type && JSON.stringify([type.fingerprint, document.types[name]])
}
