import { definePolicy } from '@sayso/policy'
import { expectTypeOf, test } from 'vitest'
import type { LivePermissions } from './live.ts'
import type { About } from './questions.ts'
import { useCan } from './react/hooks.ts'

const policy = definePolicy({
  version: 1,
  tenant: { key: 'acme', roles: {} },
  types: {
    hall: { channels: 'hall:{key}/live', actions: ['publish', 'close'], roles: {} },
    desk: { actions: ['open'], roles: {} },
  },
})
type Policy = typeof policy

test('a written policy says what may be asked', () => {
  type Can = LivePermissions<Policy>['can']
  expectTypeOf<Parameters<Can>[0]>().toEqualTypeOf<'publish' | 'close' | 'open'>()
  expectTypeOf<Parameters<Can>[1]>().toEqualTypeOf<
    `hall:${string}` | `desk:${string}` | `hall:${string}/live`
  >()
  expectTypeOf(useCan<Policy>)
    .parameter(0)
    .toEqualTypeOf<'publish' | 'close' | 'open'>()
  // @ts-expect-error `fly` is no action of the policy
  expectTypeOf(useCan<Policy>).toBeCallableWith('fly', 'hall:one')
})

test('without one, any text may be asked', () => {
  expectTypeOf(useCan).toBeCallableWith('fly', 'anything')
  expectTypeOf<Parameters<LivePermissions['can']>>().toEqualTypeOf<
    [action: string, resource: string, about?: About | undefined]
  >()
})
