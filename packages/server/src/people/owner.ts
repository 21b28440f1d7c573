// Whether somebody owns this place: a person holding everything the policy's settings give the owner.

import type { World } from '@sayso/policy'

export function hasOwner(world: World): boolean {
  const grants = world.policy.document.settings?.owner ?? []
  const [first] = grants
  if (first === undefined) return false
  for (const [subject] of world.facts.holdersOn(first.on)) {
    if (grants.every(({ role, on }) => world.facts.has({ subject, role, resource: on })))
      return true
  }
  return false
}
