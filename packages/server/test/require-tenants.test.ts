// Whose decisions a key sees: of one tenant, should such a key ever administer anything, that tenant's alone.

import type { KeyScope, ResourceId } from '@sayso/policy'
import { expect, test } from 'vitest'
import { tenantsWhere } from '../src/commands/require-tenants.ts'
import { FIRST, worldOf } from './worlds.ts'

const ISLAND = 'tenant:island' as ResourceId
const key = (scopes: readonly KeyScope[], tenant?: ResourceId) =>
  worldOf({
    kind: 'put-key',
    key: {
      id: FIRST,
      name: 'First',
      capability: { '*': ['*'] },
      scopes,
      sealedSecret: '',
      createdAtMs: 0,
      ...(tenant === undefined ? {} : { tenant }),
    },
  })
const asker = { credential: { kind: 'key', key: FIRST }, mayBeAnyone: true } as const

test.each([
  ['one that administers the app sees all', key(['admin']), 'all'],
  ['one of a tenant that tenant', key(['admin'], ISLAND), [ISLAND]],
  ['one that may only ask nothing', key(['decisions']), []],
])('%s', (_what, world, tenants) => {
  expect(tenantsWhere(world, asker, 'read-decisions')).toEqual(tenants)
})
