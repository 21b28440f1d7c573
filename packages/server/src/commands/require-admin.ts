// What is asked of the whole place: a key with the admin scope, or whoever may do everything on some type of resource.

import { rolesHeld, type World } from '@sayso/policy'
import { tenantOf } from '../people/roles.ts'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'

/** @throws {Failure} `denied`. @param what for the sentence, for example `invite people` */
export function requireAdmin(world: World, asker: Asker, what: string): void {
  if (mayAdminister(world, asker)) return
  if (asker.credential.kind === 'key') {
    throw new Failure('denied', `this key may not ${what}`, {
      remedy: 'use a key with the `admin` scope',
    })
  }
  throw new Failure('denied', `you may not ${what}`, { remedy: 'ask an administrator' })
}

export function mayAdminister(world: World, { credential, isForeman }: Asker): boolean {
  if (isForeman === true) return true
  if (credential.kind === 'key')
    return world.keys.get(credential.key)?.scopes.includes('admin') === true
  if (credential.subject === undefined) return false
  return rolesHeld(world, credential.subject, tenantOf(world)).some((role) => {
    const can = world.policy.document.tenant.roles[role]?.can ?? {}
    return Object.values(can).some((actions) => actions.includes('*'))
  })
}
