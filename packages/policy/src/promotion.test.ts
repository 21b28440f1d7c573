import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyWorld, house, resources, subjects, world } from '../test/worlds.ts'
import type { RightsChange } from './change.ts'
import type { ResourceId, Revision, SubjectId } from './names.ts'
import {
  ownerGrants,
  type Plan,
  planDemote,
  planPromote,
  seedChanges,
  signInGrants,
} from './promotion.ts'
import { reasonText } from './reason-text.ts'
import { rolesAt } from './role-list.ts'
import { formatTuple, parseTuple } from './tuple.ts'
import { foldRights, type World } from './world.ts'

const ada = 'user:ada' as SubjectId
const at = (key: string) => `team:${key}` as ResourceId
const lobby = at('lobby')

const told = (changes: readonly RightsChange[]) =>
  changes.map((change) =>
    'tuple' in change
      ? `${change.kind === 'assign' ? '+' : '-'} ${formatTuple(change.tuple)}`
      : change.kind,
  )
const plan = (made: Plan) => ('refused' in made ? made.refused : told(made))
const apply = (on: World, made: Plan): World => {
  if ('refused' in made) throw new Error(made.message)
  return foldRights(on, made, (on.revision + 1) as Revision)
}
const tuples = (on: World) => [...on.facts.tuples()].map(formatTuple).sort()
const here = (...texts: string[]) =>
  world(['team:lobby', 'team:den', 'team:council', 'note:minutes', ...texts])

describe('promoting', () => {
  test('[PO40] gives the role for the ordinary one, with what comes along', () => {
    expect(plan(planPromote(here('team:lobby#speaker@user:ada'), lobby, ada))).toEqual([
      '- team:lobby#speaker@user:ada',
      '+ team:lobby#chair@user:ada',
      '+ team:council#speaker@user:ada',
      '+ note:minutes#reader@user:ada',
    ])
  })

  test('[PO40] plans nothing that holds already', () => {
    const on = here(
      'team:den#chair@user:ada',
      'team:council#speaker@user:ada',
      'note:minutes#reader@user:ada',
    )
    expect(plan(planPromote(on, lobby, ada))).toEqual(['+ team:lobby#chair@user:ada'])
  })

  test('[PO40] where the ordinary role would come along, the promoted one stands in for it', () => {
    const on = here('team:council#speaker@user:ada')
    expect(plan(planPromote(on, at('council'), ada))).toEqual([
      '- team:council#speaker@user:ada',
      '+ team:council#chair@user:ada',
      '+ note:minutes#reader@user:ada',
    ])
  })

  test('[PO40] a person without the ordinary role gets no second one where the promoted one stands', () => {
    expect(plan(planPromote(here('team:den#listener@user:ada'), at('council'), ada))).toEqual([
      '+ team:council#chair@user:ada',
      '+ note:minutes#reader@user:ada',
    ])
    const on = here('team:council#chair@user:ada', 'note:minutes#reader@user:ada')
    expect(plan(planPromote(on, lobby, ada))).toEqual(['+ team:lobby#chair@user:ada'])
  })
})

describe('promoting for a time', () => {
  const END = 99

  test('[PO219] the ordinary role stays, and all that comes with it ends together', () => {
    const on = here('team:lobby#speaker@user:ada')
    const changes = planPromote(on, lobby, ada, END)
    if ('refused' in changes) throw new Error(changes.message)
    expect(changes.every((each) => each.kind === 'assign' && each.expiresAtMs === END)).toBe(true)
    const promoted = apply(on, changes)
    expect(promoted.facts.rolesOf(ada, lobby)).toEqual(['chair', 'speaker'])
  })

  test('[PO219] it may be made again: with another end, or for good in place of the ordinary role', () => {
    const on = here('team:lobby#speaker@user:ada')
    const promoted = apply(on, planPromote(on, lobby, ada, END))
    const longer = apply(promoted, planPromote(promoted, lobby, ada, END + 1))
    const tuple = parseTuple('team:lobby#chair@user:ada')
    expect(longer.facts.grant(tuple)?.expiresAtMs).toBe(END + 1)
    const lasting = apply(longer, planPromote(longer, lobby, ada))
    expect(lasting.facts.grant(tuple)?.expiresAtMs).toBeUndefined()
    expect(lasting.facts.rolesOf(ada, lobby)).toEqual(['chair'])
    expect(planPromote(lasting, lobby, ada, END)).toMatchObject({ refused: 'already_promoted' })
  })
})

describe('demoting', () => {
  const once = apply(
    here('team:lobby#speaker@user:ada'),
    planPromote(here('team:lobby#speaker@user:ada'), lobby, ada),
  )

  test('[PO41] gives the ordinary role back and takes what came along', () => {
    expect(plan(planDemote(once, lobby, ada))).toEqual([
      '- team:lobby#chair@user:ada',
      '+ team:lobby#speaker@user:ada',
      '- team:council#speaker@user:ada',
      '- note:minutes#reader@user:ada',
    ])
  })

  test('[PO41] leaves what came along while another promotion remains', () => {
    const twice = apply(once, planPromote(once, at('den'), ada))
    const half = apply(twice, planDemote(twice, lobby, ada))
    expect(tuples(half)).toEqual([
      'note:minutes#reader@user:ada',
      'team:council#speaker@user:ada',
      'team:den#chair@user:ada',
      'team:lobby#speaker@user:ada',
    ])
    expect(plan(planDemote(half, at('den'), ada))).toContain('- team:council#speaker@user:ada')
  })

  test('[PO41] on the resource that came along leaves nothing there, unless another promotion remains', () => {
    const only = here('team:council#chair@user:ada', 'note:minutes#reader@user:ada')
    expect(plan(planDemote(only, at('council'), ada))).toEqual([
      '- team:council#chair@user:ada',
      '- note:minutes#reader@user:ada',
    ])
    const also = here(
      'team:council#chair@user:ada',
      'team:lobby#chair@user:ada',
      'note:minutes#reader@user:ada',
    )
    expect(plan(planDemote(also, at('council'), ada))).toEqual([
      '- team:council#chair@user:ada',
      '+ team:council#speaker@user:ada',
    ])
  })

  test('[PO41] does not count promotions where nothing exists or of other types', () => {
    const on = here(
      'team:lobby#chair@user:ada',
      'team:council#speaker@user:ada',
      'note:minutes#chair@user:ada',
    )
    const ghost = foldRights(
      on,
      [{ kind: 'assign', tuple: { resource: at('gone'), role: 'chair', subject: ada } }],
      8 as Revision,
    )
    expect(plan(planDemote(ghost, lobby, ada))).toContain('- team:council#speaker@user:ada')
  })

  test('[PO41] gives nothing back that was never taken', () => {
    const on = here('team:lobby#chair@user:ada', 'team:lobby#speaker@user:ada')
    expect(plan(planDemote(on, lobby, ada))).toEqual(['- team:lobby#chair@user:ada'])
  })

  test('[PO41] touches no role it has no part in', () => {
    const on = here(
      'team:lobby#chair@user:ada',
      'team:lobby#listener@user:ada',
      'team:den#speaker@user:ada',
    )
    expect(plan(planDemote(on, lobby, ada))).toEqual([
      '- team:lobby#chair@user:ada',
      '+ team:lobby#speaker@user:ada',
    ])
  })

  test('[PO41] after promoting is as before, for whoever held the ordinary role only there', () => {
    fc.assert(
      fc.property(
        anyWorld,
        fc.constantFrom(...resources),
        fc.constantFrom(...subjects),
        (on, resource, subject) => {
          const promoted = planPromote(on, resource, subject)
          if ('refused' in promoted || !on.facts.rolesOf(subject, resource).includes('speaker'))
            return
          const isElsewhere = [...on.facts.heldBy(subject)].some(([, roles]) =>
            roles.includes('chair'),
          )
          const heldBefore = ['team:council', 'note:minutes'].some(
            (place) => on.facts.rolesOf(subject, place as ResourceId).length > 0,
          )
          if (isElsewhere || heldBefore) return
          const there = apply(on, promoted)
          expect(tuples(apply(there, planDemote(there, resource, subject)))).toEqual(tuples(on))
        },
      ),
      { numRuns: 500 },
    )
  })
})

test('[PO42] what cannot be planned is refused with a remedy', () => {
  const on = here('team:lobby#chair@user:ada', 'file:plan')
  const ben = 'user:ben' as SubjectId
  const cases: [Plan, string][] = [
    [planPromote(on, lobby, ada), 'already_promoted'],
    [planDemote(on, at('den'), ada), 'not_promoted'],
    [planPromote(on, lobby, ben), 'unknown_person'],
    [planDemote(on, lobby, ben), 'unknown_person'],
    [planPromote(on, at('nowhere'), ada), 'unknown_resource'],
    [planPromote(on, 'file:plan' as ResourceId, ada), 'no_promotion'],
    [planDemote(on, 'ghost:x' as ResourceId, ada), 'no_promotion'],
  ]
  for (const [made, refused] of cases) {
    expect(made).toMatchObject({
      refused,
      message: expect.stringContaining('`'),
      remedy: expect.stringMatching(/\w/),
    })
  }
})

test('[PO43] the settings say what people, owners and new apps get', () => {
  expect(told(signInGrants(house, ada))).toEqual([
    '+ tenant:acme#guest@user:ada',
    '+ team:lobby#speaker@user:ada',
  ])
  expect(told(ownerGrants(house, ada))).toEqual(['+ tenant:acme#boss@user:ada'])
  expect(seedChanges(house)).toEqual([
    { kind: 'put-resource', resource: 'team:lobby', attributes: { title: 'Lobby', order: 1 } },
    { kind: 'put-resource', resource: 'team:council', attributes: {} },
  ])
  const bare = { version: 1, tenant: { key: 'x', roles: {} }, types: {} } as const
  expect([signInGrants(bare, ada), ownerGrants(bare, ada), seedChanges(bare)]).toEqual([[], [], []])
})

test('[PO44] roles are listed strongest first, unknown ones left out', () => {
  const on = world([
    'team:lobby#listener@user:ada',
    'team:lobby#chair@user:ada',
    'team:lobby#nobody@user:ada',
    'tenant:acme#guest@user:ada',
    'tenant:acme#boss@user:ada',
  ])
  const names = (resource: ResourceId) =>
    rolesAt(on, ada, resource).map(({ role, on: place }) => `${place}#${role}`)
  expect(names(lobby)).toEqual([
    'team:lobby#chair',
    'tenant:acme#boss',
    'team:lobby#listener',
    'tenant:acme#guest',
  ])
  expect(names(on.policy.tenant)).toEqual(['tenant:acme#boss', 'tenant:acme#guest'])
  expect(rolesAt(on, 'user:cy' as SubjectId, lobby)).toEqual([])
})

describe('sentences', () => {
  const say = (...reasons: Parameters<typeof reasonText>[0]['reasons'][number][]) =>
    reasonText({ allowed: false, reasons, revision: 1 as Revision }, 'publish', 'team:lobby')

  test('[PO45] hidden, missing and unknown read alike and name no role', () => {
    const denied = {
      code: 'denied_by_policy',
      message: '`publish` on `team:lobby` is not allowed',
      remedy: 'ask for a role that includes `publish`',
    }
    expect(say({ kind: 'never_granted', grantedBy: ['chair'] })).toEqual(denied)
    expect(say({ kind: 'unknown_resource' })).toEqual(denied)
    expect(say({ kind: 'unknown_type' })).toEqual(denied)
    expect(say({ kind: 'unknown_action' })).toEqual(denied)
    expect(say()).toEqual(denied)
  })

  test('[PO45] a credential that is too narrow says which', () => {
    expect(say({ kind: 'outside_capability', layer: 'key' }).remedy).toBe(
      'use a key whose capability includes `publish`',
    )
    expect(
      say(
        { kind: 'capability', layer: 'delegation' },
        { kind: 'outside_capability', layer: 'token' },
      ),
    ).toEqual({
      code: 'denied_by_credential',
      message: '`publish` on `team:lobby` is not allowed',
      remedy: 'use a token whose capability includes `publish`',
    })
    expect(say({ kind: 'outside_capability', layer: 'delegation' }).remedy).toContain(
      'may delegate',
    )
    expect(say({ kind: 'unknown_key' })).toMatchObject({ code: 'unknown_key' })
  })

  test('[PO45] a yes needs no remedy, and what was asked is cut to one line', () => {
    const yes = reasonText(
      { allowed: true, reasons: [], revision: 1 as Revision },
      'publish',
      `a\n${'x'.repeat(200)}`,
    )
    expect(yes.remedy).toBeUndefined()
    expect(yes.message).toMatch(/^`publish` on `a\uFFFDx+…` is allowed$/)
  })
})
