// What is asked of a place with several tenants: who runs the app sees all of them, who runs a tenant sees that one.

import { type ResourceId, tenantsOf, type World } from '@sayso/policy'
import type { Asker } from './asker.ts'
import { mayPlace, requirePlace, type TenantAction } from './require-place.ts'

/** `all`, or some. */
export type Tenants = 'all' | readonly ResourceId[]

/**
 * The tenants for which somebody may do something. A key with the scope `admin` that is of one tenant may there alone.
 *
 * @throws {Failure} `denied` if it is none
 */
export function requireTenants(world: World, asker: Asker, action: TenantAction): Tenants {
  const tenants = tenantsWhere(world, asker, action)
  if (tenants !== 'all' && tenants.length === 0) requirePlace(world, asker, action)
  return tenants
}

/**
 * The tenants of whose desk somebody may do something: of each by what they may there, as one works at the desk of the place
 * without running it. Who runs the app sees all of them.
 *
 * @throws {Failure} `denied` if it is none
 */
export function requireDeskTenants(world: World, asker: Asker, action: TenantAction): Tenants {
  const tenants = deskTenantsWhere(world, asker, action)
  if (tenants !== 'all' && tenants.length === 0) requirePlace(world, asker, action)
  return tenants
}

/** The same as a value: empty for nobody. */
export function deskTenantsWhere(world: World, asker: Asker, action: TenantAction): Tenants {
  if (asker.credential.kind === 'key' || mayPlace(world, asker, 'manage-app'))
    return tenantsWhere(world, asker, action)
  return [...tenantsOf(world)].filter((tenant) => mayPlace(world, asker, action, tenant))
}

/** The same as a value: empty for nobody. */
export function tenantsWhere(world: World, asker: Asker, action: TenantAction): Tenants {
  const { credential } = asker
  const isWhole = mayPlace(world, asker, action)
  if (credential.kind === 'key') {
    const { tenant } = world.keys.get(credential.key) ?? {}
    if (!isWhole) return []
    return tenant === undefined ? 'all' : [tenant]
  }
  if (isWhole) return 'all'
  return [...tenantsOf(world)].filter((tenant) => mayPlace(world, asker, action, tenant))
}
