// What is asked of the whole place: a key with the admin scope, or whoever may do everything on some type of resource.

import type { World } from '@sayso/policy'
import { tenantOf } from '../people/roles.ts'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'

/** @throws {Failure} `denied`. @param what for the sentence, for example `invite people` */
export function requireAdmin(world: World, asker: Asker, what: string): void {
  const { credential } = asker
  if (credential.kind === 'key') {
    if (world.keys.get(credential.key)?.scopes.includes('admin') === true) return
    throw new Failure('denied', `this key may not ${what}`, {
      remedy: 'use a key with the `admin` scope',
    })
  }
  const roles =
    credential.subject === undefined ? [] : world.facts.rolesOf(credential.subject, tenantOf(world))
  const everything = roles.some((role) => {
    const can = world.policy.document.tenant.roles[role]?.can ?? {}
    return Object.values(can).some((actions) => actions.includes('*'))
  })
  if (!everything)
    throw new Failure('denied', `you may not ${what}`, { remedy: 'ask an administrator' })
}
