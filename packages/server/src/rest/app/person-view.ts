// A person as pages show them.

import type { SubjectId, World } from '@sayso/policy'
import type { OwnView, PersonView } from '@sayso/protocol'
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

/** The signed-in person, as only they are shown. Of their attributes nothing else leaves the server. */
export function ownView(world: World, subject: SubjectId): OwnView {
  const { verified, clientData } = world.facts.person(subject) ?? {}
  const hasData =
    typeof clientData === 'object' && clientData !== null && !Array.isArray(clientData)
  return {
    ...personView(world, subject),
    verified: verified === true,
    ...(hasData ? { clientData: clientData as NonNullable<OwnView['clientData']> } : {}),
  }
}
