import { expect, expectTypeOf, test } from 'vitest'
import {
  type ActionOf,
  type ChannelOf,
  definePolicy,
  type ResourceOf,
  type RoleOf,
  type TypeOf,
} from './builder.ts'
import { parsePolicy } from './document/index.ts'
import type { PolicyDocument } from './document-types.ts'
import { compilePolicy } from './policy.ts'

const policy = definePolicy({
  version: 1,
  tenant: { key: 'acme', roles: { aide: {}, owner: { extends: ['aide'], can: { hall: ['*'] } } } },
  people: { attributes: { age: 'int' } },
  types: {
    hall: {
      channels: 'hall:{key}/live',
      actions: ['subscribe', 'publish'],
      relations: { house: ['house', 'tenant'] },
      roles: {
        guest: { can: ['subscribe'], from: [{ role: 'keeper', via: 'house' }] },
        host: { extends: ['guest'], can: ['publish'] },
      },
      rules: [
        { require: 'publish', unless: ['host', 'tenant#owner'], when: 'subject.age >= 18' },
        { forbid: ['receive', 'publish'], to: ['guest'] },
      ],
      messages: { note: { fields: { text: { type: 'string', max_length: 9 }, tag: 'string' } } },
    },
    house: { actions: ['enter'], roles: { keeper: { can: ['*'] } } },
  },
  settings: { home: 'hall:lobby', sign_in: [{ role: 'guest', on: 'hall:lobby' }] },
  seed: { resources: { 'hall:lobby': { title: 'Lobby' } } },
})

test('[PO82] a policy written in TypeScript is the document it says', () => {
  expect(parsePolicy(JSON.stringify(policy))).toEqual(policy)
  expect([...(compilePolicy(policy).types.get('hall')?.roles.keys() ?? [])]).toEqual([
    'guest',
    'host',
  ])
})

test('[PO82] its names are types', () => {
  type Policy = typeof policy
  expectTypeOf<Policy>().toExtend<PolicyDocument>()
  expectTypeOf<TypeOf<Policy>>().toEqualTypeOf<'hall' | 'house'>()
  expectTypeOf<ActionOf<Policy>>().toEqualTypeOf<'subscribe' | 'publish' | 'enter'>()
  expectTypeOf<ActionOf<Policy, 'house'>>().toEqualTypeOf<'enter'>()
  expectTypeOf<RoleOf<Policy, 'hall'>>().toEqualTypeOf<'guest' | 'host'>()
  expectTypeOf<ResourceOf<Policy>>().toEqualTypeOf<`hall:${string}` | `house:${string}`>()
  expectTypeOf<ResourceOf<Policy, 'house'>>().toEqualTypeOf<`house:${string}`>()
  expectTypeOf<ChannelOf<Policy>>().toEqualTypeOf<`hall:${string}/live`>()
})

test('[PO82] a document that was only read has texts for names', () => {
  expectTypeOf<ActionOf<PolicyDocument>>().toEqualTypeOf<string>()
  expectTypeOf<RoleOf<PolicyDocument, 'x'>>().toEqualTypeOf<string>()
  expectTypeOf<ResourceOf<PolicyDocument>>().toEqualTypeOf<string>()
  expectTypeOf<ChannelOf<PolicyDocument>>().toEqualTypeOf<string>()
})

test('[PO82] unknown names do not compile', () => {
  const base = { version: 1, tenant: { key: 'acme', roles: {} } } as const
  const actions = ['open'] as const
  // @ts-expect-error `shut` is no action of the type
  definePolicy({ ...base, types: { door: { actions, roles: { a: { can: ['shut'] } } } } })
  // @ts-expect-error `b` is no role of the type
  definePolicy({ ...base, types: { door: { actions, roles: { a: { extends: ['b'] } } } } })
  const rules = [{ allow: 'open', to: ['c'] }] as const
  // @ts-expect-error `c` is no role of the type
  definePolicy({ ...base, types: { door: { actions, roles: {}, rules } } })
  // @ts-expect-error `receive` is never allowed
  definePolicy({ ...base, types: { door: { actions, roles: {}, rules: [{ allow: 'receive' }] } } })
  // @ts-expect-error `wall` is no type
  definePolicy({ ...base, types: { door: { actions, roles: {}, relations: { in: ['wall'] } } } })
  definePolicy({ ...base, types: { door: { actions, roles: { a: { can: ['open', '*'] } } } } })
})
