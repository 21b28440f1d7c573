// What each kind of rights change needs on the tenant when it is made as such, not by a command of its own.

import type { RightsChange, World } from '@sayso/policy'
import type { Asker } from './asker.ts'
import { requirePlace, type TenantAction } from './require-place.ts'

const NEEDED = {
  assign: 'assign-role',
  unassign: 'assign-role',
  relate: 'assign-role',
  unrelate: 'assign-role',
  'put-request': 'assign-role',
  'remove-request': 'assign-role',
  'put-person': 'manage-people',
  'remove-person': 'manage-people',
  'put-resource': 'manage-app',
  'remove-resource': 'manage-app',
  'put-policy': 'edit-policy',
  'pass-time': 'edit-policy',
  'put-key': 'manage-keys',
  'remove-key': 'manage-keys',
  'revoke-tokens': 'manage-keys',
  'forget-revocation': 'manage-keys',
} as const satisfies Readonly<Record<RightsChange['kind'], TenantAction>>

/** @throws {Failure} `denied`, for the first kind of change that the asker may not make */
export function requireChanges(world: World, asker: Asker, changes: readonly RightsChange[]): void {
  const needed = new Set(changes.map(({ kind }) => NEEDED[kind]))
  for (const action of needed) requirePlace(world, asker, action)
}
