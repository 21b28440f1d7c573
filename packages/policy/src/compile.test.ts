import { describe, expect, test } from 'vitest'
import type { PolicyDocument, ResourceTypeDocument, RuleDocument } from './document-types.ts'
import { compilePolicy } from './policy.ts'

const desk: ResourceTypeDocument = {
  channels: 'desk:{key}',
  actions: ['sit', 'speak', 'clear'],
  relations: { room: ['hall', 'lodge'], firm: ['tenant'], self: ['desk'] },
  roles: {
    guest: { can: ['sit'], from: [{ role: 'visitor', via: 'room' }] },
    worker: { extends: ['guest'], can: ['speak'] },
    chief: {
      extends: ['worker'],
      can: ['*'],
      except_direct: true,
      from: [
        { role: 'keeper', via: 'room', when: 'resource.open' },
        { role: 'owner', via: 'firm' },
        { role: 'chief', via: 'self', except_direct: true },
        { role: 'ghost', via: 'room' },
        { role: 'keeper', via: 'nowhere' },
      ],
    },
  },
}
const documentWith = (rules: readonly RuleDocument[]): PolicyDocument => ({
  version: 1,
  tenant: {
    key: 'acme',
    roles: { aide: {}, owner: { extends: ['aide'], can: { desk: ['clear'] } } },
  },
  types: {
    desk: { ...desk, rules },
    hall: { actions: [], roles: { keeper: {}, visitor: {} } },
    lodge: { actions: [], roles: { keeper: {} } },
  },
})
const typeWith = (rules: readonly RuleDocument[]) => {
  const type = compilePolicy(documentWith(rules)).types.get('desk')
  if (!type) throw new Error('the type is gone')
  return type
}
const first = (rules: readonly RuleDocument[]) => typeWith(rules).rules[0]

describe('rules', () => {
  test('[PO71] a rule has its actions spelled out, and a statement that names it', () => {
    const type = typeWith([
      { allow: '*' },
      { id: 'quiet', forbid: ['speak', 'receive'], message: 'Be quiet.' },
      { require: 'receive', when: 'true' },
      { forbid: '*' },
    ])
    expect(type.rules.map(({ verb, actions }) => [verb, ...actions])).toEqual([
      ['allow', 'sit', 'speak', 'clear'],
      ['forbid', 'speak', 'receive'],
      ['require', 'receive'],
      ['forbid', 'sit', 'speak', 'clear'],
    ])
    expect(type.rules.map(({ statement }) => statement)).toEqual([
      'types.desk.rules[0]',
      'types.desk.rules.quiet',
      'types.desk.rules[2]',
      'types.desk.rules[3]',
    ])
    expect(type.rules[1]?.message).toBe('Be quiet.')
    expect(type.receiveRules).toEqual([type.rules[1], type.rules[2]])
    expect(type.rulesOf.get('speak')).toEqual({
      allow: [type.rules[0]],
      forbid: [type.rules[1], type.rules[3]],
      require: [],
    })
    expect(type.default).toBe('deny')
  })

  test('[PO71] a role means everybody who has it or one that extends it, here or on the tenant', () => {
    const rule = first([{ forbid: 'sit', to: ['worker', 'tenant#aide'], unless: ['tenant#owner'] }])
    expect([...(rule?.to?.here ?? [])]).toEqual(['worker', 'chief'])
    expect([...(rule?.to?.tenant ?? [])]).toEqual(['aide', 'owner'])
    expect([...(rule?.unless?.here ?? [])]).toEqual([])
    expect([...(rule?.unless?.tenant ?? [])]).toEqual(['owner'])
    expect(first([{ forbid: 'sit' }])).not.toHaveProperty('to')
  })

  test('[PO71] a rule counts between its instants, and the policy knows all of them', () => {
    const rules: RuleDocument[] = [
      { allow: 'sit', from: '1970-01-01T00:00:02Z', until: '1970-01-01T00:00:05Z' },
      { forbid: 'sit', until: '1970-01-01T00:00:02Z' },
      { forbid: 'speak' },
    ]
    const policy = compilePolicy(documentWith(rules))
    expect(policy.types.get('desk')?.rules).toMatchObject([
      { fromMs: 2_000, untilMs: 5_000 },
      { untilMs: 2_000 },
      {},
    ])
    expect(policy.types.get('desk')?.instants).toEqual([2_000, 5_000])
    expect(policy.instants).toEqual([2_000, 5_000])
  })

  test('[PO71] what no reader would let through grants nothing', () => {
    const type = typeWith([
      {},
      { allow: 'sit', forbid: 'sit' },
      { allow: ['receive', 'fly'] },
      { allow: 'sit', to: ['ghost', 'toString'] },
      { allow: 'sit', when: 'nonsense(' },
      { allow: 'sit', from: 'tomorrow' },
      { allow: 'sit', until: 'tomorrow' },
    ])
    const scope = { subject: {}, resource: {}, tenant: {}, lookup: () => undefined }
    const [none, nobody, broken, late, early] = type.rules
    expect(type.rules).toHaveLength(5)
    expect(none?.actions.size).toBe(0)
    expect([nobody?.to?.here.size, nobody?.to?.tenant.size]).toEqual([0, 0])
    expect(broken?.when?.evaluate(scope)).toMatchObject({ error: expect.any(String) })
    expect(late?.fromMs).toBe(Number.POSITIVE_INFINITY)
    expect(early?.untilMs).toBe(Number.NEGATIVE_INFINITY)
    expect(type.instants).toEqual([])
  })
})

describe('derivations', () => {
  const type = typeWith([])
  test('[PO72] a role knows where it comes from, and only from types that know the other role', () => {
    expect(type.rolesFrom.get('worker')).toBeUndefined()
    expect(
      type.rolesFrom.get('chief')?.map(({ when, targets, ...rest }) => ({
        ...rest,
        targets: [...targets],
        when: when?.text,
      })),
    ).toEqual(
      [
        { role: 'keeper', via: 'room', targets: ['hall', 'lodge'], when: 'resource.open' },
        { role: 'owner', via: 'firm', targets: ['tenant'] },
        { role: 'chief', via: 'self', targets: ['desk'] },
        { role: 'ghost', via: 'room', targets: [] },
        { role: 'keeper', via: 'nowhere', targets: [] },
      ].map((derivation, i) => ({
        when: undefined,
        ...derivation,
        gives: 'chief',
        exceptDirect: true,
        statement: `types.desk.roles.chief.from[${i}]`,
      })),
    )
    expect(type.rolesFrom.get('guest')).toMatchObject([{ exceptDirect: false }])
    expect([...(type.rolesFrom.get('guest')?.[0]?.targets ?? [])]).toEqual(['hall'])
  })

  test('[PO72] an edge and the role at its end give the derivations that may follow', () => {
    const at = (via: string, role: string) =>
      type.derives
        .get(via)
        ?.get(role)
        ?.map(({ gives }) => gives)
    expect(at('room', 'keeper')).toEqual(['chief'])
    expect(at('room', 'visitor')).toEqual(['guest'])
    expect(at('firm', 'owner')).toEqual(['chief'])
    expect(at('firm', 'keeper')).toBeUndefined()
    expect([...(type.relations.get('room') ?? [])]).toEqual(['hall', 'lodge'])
  })
})

describe('fingerprints', () => {
  const base = documentWith([{ id: 'a', forbid: 'sit', when: 'resource.n > 1' }])
  const print = (document: PolicyDocument, name = 'desk') =>
    compilePolicy(document).types.get(name)?.fingerprint
  const withDesk = (more: Partial<ResourceTypeDocument>): PolicyDocument => ({
    ...base,
    types: { ...base.types, desk: { ...desk, ...base.types.desk, ...more } },
  })

  test('[PO73] what only screens show leaves it as it is', () => {
    const roles = {
      ...desk.roles,
      guest: { title: 'Guest', glyph: 'x', tone: 'y', ...desk.roles.guest },
    }
    expect(print(withDesk({ title: 'Desk', roles }))).toBe(print(base))
    expect(print({ ...base, tenant: { ...base.tenant, title: 'Acme' } })).toBe(print(base))
    const other = { ...base.types, hall: { actions: ['x'], roles: { visitor: {}, keeper: {} } } }
    expect(print({ ...base, types: other })).toBe(print(base))
    expect(print({ ...base, types: other }, 'hall')).not.toBe(print(base, 'hall'))
  })

  test.each<[string, PolicyDocument]>([
    ['a rule', withDesk({ rules: [] })],
    ['the default', withDesk({ default: 'allow' })],
    ['a role', withDesk({ roles: { guest: { can: ['speak'] } } })],
    ['a message', withDesk({ messages: { '*': { fields: {} } } })],
    ['a relation', withDesk({ relations: {} })],
    ['a declaration', withDesk({ attributes: { n: 'int' } })],
    ['a declaration about people', { ...base, people: { attributes: { age: 'int' } } }],
    ['a role on the tenant', { ...base, tenant: { key: 'acme', roles: { owner: {} } } }],
    [
      'a role that a derivation comes from',
      { ...base, types: { ...base.types, lodge: { actions: [], roles: {} } } },
    ],
  ])('[PO73] %s changes it', (_, document) => {
    expect(print(document)).not.toBe(print(base))
  })
})
