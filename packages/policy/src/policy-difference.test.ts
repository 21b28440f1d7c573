import { describe, expect, test } from 'vitest'
import { house, rebuilt } from '../test/worlds.ts'
import { applyEdit, type PolicyEdit } from './document/edit-value.ts'
import type { PolicyDocument } from './document-types.ts'
import { diffPolicies } from './policy-difference.ts'

const base: PolicyDocument = {
  ...house,
  types: {
    ...house.types,
    team: {
      ...house.types.team,
      actions: house.types.team?.actions ?? [],
      roles: house.types.team?.roles ?? {},
      rules: [
        { id: 'quiet', forbid: 'publish', when: 'resource.quiet' },
        { allow: 'kick', to: ['chair'] },
      ],
    },
  },
}
const edit = (path: PolicyEdit['path'], value: unknown) =>
  applyEdit(base, { path, value }) as PolicyDocument
const sentences = (after: PolicyDocument, before = base) =>
  diffPolicies(before, after).map(({ sentence }) => sentence)
const team = (...path: (string | number)[]) => ['types', 'team', ...path]

describe('one difference', () => {
  test.each<[string, PolicyDocument]>([
    [
      'role `listener` of `team` can now `publish`',
      edit(team('roles', 'listener', 'can', 2), 'publish'),
    ],
    ['role `chair` of `team` can now do everything', edit(team('roles', 'chair', 'can', 1), '*')],
    [
      'role `listener` of `team` can no longer `history`',
      edit(team('roles', 'listener', 'can', 1), undefined),
    ],
    [
      'role `chair` of `team` no longer includes `speaker`',
      edit(team('roles', 'chair', 'extends'), undefined),
    ],
    [
      '`team` now has the role `helper`, which can `kick`',
      edit(team('roles', 'helper'), { can: ['kick'] }),
    ],
    ['`team` no longer has the role `chair`', edit(team('roles', 'chair'), undefined)],
    ['`team` now has the action `mute`', edit(team('actions', 5), 'mute')],
    ['`team` now allows what nothing forbids', edit(team('default'), 'allow')],
    ['`team` now governs `group:{key}`', edit(team('channels'), 'group:{key}')],
    ['`team` now governs no channels', edit(team('channels'), undefined)],
    [
      '`team` now requires `publish` except to `chair`, `tenant#boss` to have `subject.age > 17`',
      edit(team('rules', 2), {
        require: 'publish',
        unless: ['chair', 'tenant#boss'],
        when: 'subject.age > 17',
      }),
    ],
    [
      '`team` now forbids everything to `listener` from `2026-01-01T00:00:00Z` until `2026-01-02T00:00:00Z`',
      edit(team('rules', 2), {
        forbid: '*',
        to: ['listener'],
        from: '2026-01-01T00:00:00Z',
        until: '2026-01-02T00:00:00Z',
      }),
    ],
    ['`team` no longer allows `kick` to `chair`', edit(team('rules', 1), undefined)],
    [
      '`team` has changed the rule `quiet`: it now forbids `publish`',
      edit(team('rules', 0, 'when'), undefined),
    ],
    [
      'role `chair` of `team` now follows from `opener` along `plan` where `resource.open`',
      edit(team('roles', 'chair', 'from'), [
        { role: 'opener', via: 'plan', when: 'resource.open' },
      ]),
    ],
    ['`plan` of `team` can now point to a `file`', edit(team('relations'), { plan: ['file'] })],
    [
      'the attribute `quiet` of `team` is now declared as `bool`',
      edit(team('attributes'), { quiet: 'bool' }),
    ],
    [
      'the attribute `age` of people is now declared as `int`',
      edit(['people'], { attributes: { age: 'int' } }),
    ],
    [
      '`team` now has the form of messages `paint`',
      edit(team('messages'), { paint: { fields: {} } }),
    ],
    ['the type `file` is gone', edit(['types', 'file'], undefined)],
    ['the type `shelf` is new', edit(['types', 'shelf'], { actions: [], roles: {} })],
    [
      'role `keeper` of the tenant can now `kick` on every `team`',
      edit(['tenant', 'roles', 'keeper', 'can', 'team', 1], 'kick'),
    ],
    ['the tenant now has the role `aide`', edit(['tenant', 'roles', 'aide'], {})],
    [
      'everybody who signs in no longer gets the role `guest` on `tenant:acme`',
      edit(['settings', 'sign_in', 0], undefined),
    ],
    ['people now land in `team:council`', edit(['settings', 'home'], 'team:council')],
    [
      '`types.team.roles.chair.title` is now `Head`; it was `Chair`',
      edit(team('roles', 'chair', 'title'), 'Head'),
    ],
    [
      '`types.team.roles.chair.title` is gone; it was `Chair`',
      edit(team('roles', 'chair', 'title'), undefined),
    ],
    ['`tenant.title` is now `Acme`', edit(['tenant', 'title'], 'Acme')],
  ])('[PO79] %s', (sentence, after) => {
    expect(sentences(after)).toEqual([sentence])
  })
})

test('[PO79] a difference has its path and both values', () => {
  expect(diffPolicies(base, edit(team('roles', 'listener', 'can', 0), 'kick'))).toMatchObject([
    { path: team('roles', 'listener', 'can', 0), kind: 'removed', before: 'subscribe' },
    { path: team('roles', 'listener', 'can', 0), kind: 'added', after: 'kick' },
  ])
})

test('[PO79] the order of names says nothing, the order of actions is shown', () => {
  expect(sentences(edit(team('roles', 'listener', 'can'), ['history', 'subscribe']))).toEqual([])
  expect(
    diffPolicies(base, edit(team('actions'), [...(base.types.team?.actions ?? [])].reverse())),
  ).toMatchObject([{ path: team('actions'), kind: 'changed' }])
})

test('[PO79] a policy does not differ from itself, and what goes one way comes back the other', () => {
  expect(diffPolicies(base, structuredClone(base))).toEqual([])
  const there = diffPolicies(house, rebuilt)
  const back = diffPolicies(rebuilt, house)
  const kinds = (list: typeof there, kind: string) =>
    list
      .filter((one) => one.kind === kind)
      .map(({ path, before, after }) =>
        JSON.stringify([
          path.map((step) => (typeof step === 'number' ? '' : step)),
          before ?? after,
        ]),
      )
      .sort()
  expect(there.length).toBeGreaterThan(5)
  expect(kinds(there, 'added')).toEqual(kinds(back, 'removed'))
  expect(kinds(there, 'removed')).toEqual(kinds(back, 'added'))
})
