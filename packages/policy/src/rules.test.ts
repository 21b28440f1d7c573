import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actions, anyWorld, open, resources, subjects, person as token } from '../test/worlds.ts'
import { later, person, resource, worldOf } from '../test/yard.ts'
import { authorize, visibleResources } from './authorize.ts'
import type { MessageState } from './condition/condition.ts'
import { decide, grantedActions, isAllowed } from './decide.ts'
import type { About, Reason } from './decision.ts'
import { ANONYMOUS, type KeyId, type ResourceId, type SubjectId } from './names.ts'
import type { World } from './world.ts'

const a = 'dock:a' as ResourceId
const ask = (world: World, action: string, about?: About, who = 'user:ada', on: string = a) =>
  decide(world, {
    subject: who as SubjectId,
    action,
    resource: on as ResourceId,
    ...(about ?? { standing: true }),
  })
const kindOf = (world: World, action: string, about?: About): Reason['kind'] | undefined =>
  ask(world, action, about).reasons[0]?.kind
const note = (text: string): About => ({ message: { before: null, after: messageOf(text) } })
const messageOf = (text: unknown, name = 'note'): MessageState => ({
  name,
  data: { text } as never,
  clientId: '',
  headers: {},
})

const docker = worldOf('dock:a#docker@user:ada')

describe('rules', () => {
  test('[PO110] that forbid take away what a role grants, except from those they spare', () => {
    const barred = later(docker, 'dock:a#barred@user:ada')
    expect(ask(barred, 'subscribe').reasons).toEqual([
      { kind: 'forbidden', rule: 'types.dock.rules.bar', message: 'You are barred.' },
    ])
    expect(grantedActions(barred, 'user:ada' as SubjectId, a)).toEqual([])
    expect(kindOf(later(barred, 'dock:a#master@user:ada'), 'subscribe')).toBe('granted')
  })

  test('[PO110] that allow grant without a role, and say which they are', () => {
    const world = worldOf(person('user:ada', { pass: 'gold' }))
    expect(ask(world, 'history').reasons).toEqual([{ kind: 'rule', rule: 'types.dock.rules[3]' }])
    expect(kindOf(worldOf(person('user:ada', { pass: 'tin' })), 'history')).toBe('never_granted')
  })

  test('[PO110] are told in order: what forbids, what requires, the form, what grants', () => {
    const barred = worldOf('dock:a#barred@user:ada')
    expect(kindOf(barred, 'publish', note('far too long'))).toBe('forbidden')
    expect(kindOf(docker, 'publish', note('far too long, and for the form as well'))).toBe(
      'requirement',
    )
    expect(
      kindOf(docker, 'publish', { message: { before: null, after: messageOf('x', 'hum') } }),
    ).toBe('message_invalid')
    expect(kindOf(docker, 'publish', note('fine'))).toBe('granted')
    expect(kindOf(worldOf(), 'publish', note('fine'))).toBe('never_granted')
  })

  test('[PO111] count from their first instant until before their second', () => {
    const world = worldOf('dock:a#watcher@user:ada')
    const at = (atMs: number) => kindOf(later(world, { kind: 'pass-time', atMs }), 'history')
    expect([999, 1_000, 1_999, 2_000].map(at)).toEqual([
      'granted',
      'forbidden',
      'forbidden',
      'granted',
    ])
  })

  test('[PO111] time does not go back', () => {
    const world = later(worldOf(), { kind: 'pass-time', atMs: 7 }, { kind: 'pass-time', atMs: 3 })
    expect(world.timeMs).toBe(7)
  })

  test('[PO112] whose condition errs deny: forbidding holds, requiring fails, allowing does not count', () => {
    const master = worldOf('dock:a#master@user:ada', resource(a, { storm: 'yes' }))
    expect(kindOf(master, 'load')).toBe('granted')
    const unknown = worldOf('dock:a#master@user:ada')
    expect(ask(unknown, 'load').reasons[0]).toMatchObject({
      kind: 'forbidden',
      error: expect.any(String),
    })
    expect(ask(docker, 'publish', {}).reasons[0]).toMatchObject({
      kind: 'requirement',
      error: expect.any(String),
    })
    expect(kindOf(worldOf(resource(a, { storm: false })), 'load', {})).toBe('never_granted')
  })
})

test('[PO113] a type that allows by default allows everybody what nothing forbids', () => {
  const green = 'park:green'
  const world = worldOf('park:green#gardener@user:ben')
  expect(ask(world, 'walk', undefined, ANONYMOUS, green)).toMatchObject({
    allowed: true,
    reasons: [{ kind: 'default' }],
  })
  expect(ask(world, 'mow', undefined, 'user:ada', green).allowed).toBe(false)
  expect(ask(world, 'mow', undefined, 'user:ben', green).allowed).toBe(true)
  expect(ask(world, 'walk', undefined, 'user:ben', 'park:none').reasons[0]?.kind).toBe(
    'unknown_resource',
  )
})

describe('standing answers', () => {
  test('[PO114] leave open what reads message or context, and say so if that could matter', () => {
    expect(ask(docker, 'publish')).toMatchObject({ allowed: true, conditional: true })
    expect(ask(docker, 'subscribe').conditional).toBeUndefined()
    const calm = worldOf('dock:a#watcher@user:ada', resource(a, { storm: false }))
    expect(ask(calm, 'load')).toMatchObject({ allowed: true, conditional: true })
    expect(kindOf(calm, 'load', { context: { crane: true } })).toBe('rule')
    expect(kindOf(calm, 'load', { context: { crane: false } })).toBe('never_granted')
    expect(ask(calm, 'load', { context: { crane: true } }).conditional).toBeUndefined()
  })

  test('[PO118] without reasons are those with them', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        for (const subject of subjects) {
          for (const on of resources) {
            for (const action of actions) {
              const question = { subject, action, resource: on, standing: true } as const
              expect(isAllowed(world, question)).toBe(decide(world, question).allowed)
            }
          }
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('the instant of a flip', () => {
  const assign = (text: string, grant: object) =>
    ({ kind: 'assign', tuple: tupleOf(text), ...grant }) as never
  const tupleOf = (text: string) => {
    const [, on, role, subject] = /^(.+?)#(.+?)@(.+)$/.exec(text) ?? []
    return { resource: on, role, subject }
  }

  test('[PO117] is the earliest start or end that could turn the answer, through sets and relations too', () => {
    const flip = (...changes: never[]) => ask(worldOf(...changes), 'subscribe').flipsAtMs
    expect(flip(assign('dock:a#docker@user:ada', { expiresAtMs: 9_000 }))).toBe(9_000)
    expect(flip(assign('dock:a#docker@user:ada', { notBeforeMs: 5_000 }))).toBe(5_000)
    const through = ['dock:a#part@yard:one', 'yard:one#warden@crew:red#member'] as never[]
    expect(flip(...through, assign('crew:red#member@user:ada', { expiresAtMs: 1_500 }))).toBe(1_500)
    const world = later(
      worldOf(...through, assign('crew:red#member@user:ada', { expiresAtMs: 3_500 })),
      { kind: 'pass-time', atMs: 2_000 },
    )
    expect(ask(world, 'subscribe').flipsAtMs).toBe(3_500)
  })

  test('[PO117] is that of a rule about the action as well', () => {
    const at = (atMs: number) =>
      ask(later(docker, { kind: 'pass-time', atMs }), 'history').flipsAtMs
    expect([0, 1_000, 2_000].map(at)).toEqual([1_000, 2_000, undefined])
  })

  test('[PO117] is absent where no time plays a part', () => {
    expect(ask(docker, 'subscribe').flipsAtMs).toBeUndefined()
  })
})

describe('layers', () => {
  const ada = token('user:ada', open)

  test('[PO119] ask the policy now if they are told what it is about, and for good if not', () => {
    expect(authorize(docker, ada, 'publish', 'dock:a')).toMatchObject({
      allowed: true,
      conditional: true,
    })
    expect(authorize(docker, ada, 'publish', 'dock:a', note('fine')).allowed).toBe(true)
    const refused = authorize(docker, ada, 'publish', 'dock:a', note('far too long'))
    expect(refused.allowed).toBe(false)
    expect(refused.reasons.map(({ kind }) => kind)).toEqual([
      'capability',
      'capability',
      'requirement',
    ])
    const key = { kind: 'key', key: 'k' as KeyId } as const
    expect(authorize(docker, key, 'publish', 'dock:a', note('far too long')).allowed).toBe(true)
  })

  test('[PO35] what is visible through sets, relations and rules is visible', () => {
    const world = worldOf('dock:a#part@yard:one', 'yard:one#warden@user:ada')
    expect(visibleResources(world, ada)).toEqual(['dock:a'])
    expect(visibleResources(worldOf(person('user:ada', { pass: 'gold' })), ada)).toEqual([
      'dock:a',
      'dock:b',
    ])
  })
})
