// A person as pages show them.

import type { SubjectId, World } from '@sayso/policy'
import type { PersonView } from '@sayso/protocol'
import { idOf, nameOf } from '../../people/roles.ts'

/** @param withEmail for the person themself only */
export function personView(world: World, subject: SubjectId, withEmail = true): PersonView {
  const { email, picture } = world.facts.person(subject) ?? {}
  const id = idOf(subject)
  return {
    id,
    name: nameOf(world, subject),
    ...(withEmail && typeof email === 'string' ? { email } : {}),
    ...(picture === true ? { picture: `/api/v1/people/${encodeURIComponent(id)}/picture` } : {}),
  }
}
