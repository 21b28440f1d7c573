import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anyCredential,
  anyWorld,
  channels,
  key,
  open,
  person,
  resources,
  world,
} from '../test/worlds.ts'
import { affected } from './affected.ts'
import { allowedActions, authorize, subjectOf, visibleResources } from './authorize.ts'
import type { RightsChange } from './change.ts'
import type { Credential } from './credential.ts'
import { decide } from './decide.ts'
import type { KeyId, ResourceId, Revision, SubjectId } from './names.ts'
import { isOperation, OPERATIONS } from './operation.ts'
import { channelOf, resourceOf } from './policy.ts'
import { typeOf } from './tuple.ts'
import { foldRights } from './world.ts'

const keys = [
  key('k'),
  key('reader', { capability: { '*': ['subscribe'] } }),
  key('zero', { capability: {}, mayDelegate: { 'team:*': ['subscribe'], free: ['publish'] } }),
  key('mute', { mayDelegate: {} }),
]
const here = world(['team:lobby#speaker@user:ada', 'team:den', 'tenant:acme#boss@user:bo'], keys)
const keyed = (id: string): Credential => ({ kind: 'key', key: id as KeyId })
const visitor = (keyId = 'k'): Credential => ({
  kind: 'token',
  key: keyId as KeyId,
  capability: open,
})
const yes = (layer: string) => ({ kind: 'capability', layer })
const no = (layer: string) => ({ kind: 'outside_capability', layer })

describe('keys', () => {
  test('[PO27] decide by their own capability alone', () => {
    expect(authorize(here, keyed('k'), 'publish', 'team:lobby')).toEqual({
      allowed: true,
      reasons: [yes('key')],
      revision: 7,
    })
    expect(authorize(here, keyed('k'), 'publish', 'team:nowhere').allowed).toBe(true)
    expect(authorize(here, keyed('k'), 'stats', 'team:lobby').allowed).toBe(true)
    expect(authorize(here, keyed('reader'), 'publish', 'free').reasons).toEqual([no('key')])
  })

  test('[PO29] without permissions may still delegate, but do nothing themselves', () => {
    expect(authorize(here, keyed('zero'), 'subscribe', 'team:lobby').reasons).toEqual([no('key')])
    expect(
      authorize(here, person('user:ada', open, 'zero'), 'subscribe', 'team:lobby').allowed,
    ).toBe(true)
    expect(
      authorize(here, person('user:ada', open, 'zero'), 'publish', 'team:lobby').reasons,
    ).toEqual([
      no('delegation'),
      yes('token'),
      { kind: 'granted', role: 'speaker', on: 'team:lobby', via: [] },
    ])
  })

  test('[PO29] delegate their own permissions if nothing else is said, nothing if nothing may be', () => {
    expect(authorize(here, visitor('reader'), 'subscribe', 'free').allowed).toBe(true)
    expect(authorize(here, visitor('reader'), 'publish', 'free').allowed).toBe(false)
    expect(authorize(here, visitor('mute'), 'subscribe', 'free').reasons).toEqual([
      no('delegation'),
      yes('token'),
    ])
  })

  test('[PO31] that are gone leave nothing', () => {
    for (const credential of [keyed('gone'), person('user:bo', open, 'gone'), visitor('gone')]) {
      expect(authorize(here, credential, 'subscribe', 'free').reasons).toEqual([
        { kind: 'unknown_key' },
      ])
      expect(allowedActions(here, credential, 'team:lobby')).toEqual([])
      expect(visibleResources(here, credential)).toEqual([])
    }
  })
})

describe('tokens', () => {
  test('[PO28] need every layer, and each gives its reason', () => {
    expect(authorize(here, person('user:ada'), 'publish', 'team:lobby').reasons).toEqual([
      yes('delegation'),
      yes('token'),
      { kind: 'granted', role: 'speaker', on: 'team:lobby', via: [] },
    ])
    const narrow = person('user:ada', { 'team:*': ['subscribe'] })
    expect(authorize(here, narrow, 'publish', 'team:lobby')).toMatchObject({
      allowed: false,
      reasons: [yes('delegation'), no('token'), { kind: 'granted' }],
    })
    expect(authorize(here, person('user:ada'), 'presence', 'team:den')).toMatchObject({
      allowed: false,
      reasons: [yes('delegation'), yes('token'), { kind: 'never_granted' }],
    })
  })

  test('[PO28] with an empty capability may nothing', () => {
    for (const channel of channels) {
      for (const operation of OPERATIONS) {
        expect(authorize(here, person('user:bo', {}), operation, channel).allowed).toBe(false)
      }
    }
  })

  test('[PO30] without a subject are visitors without roles', () => {
    expect(subjectOf(visitor())).toBe('anonymous:')
    expect(authorize(here, visitor(), 'subscribe', 'team:lobby')).toMatchObject({
      allowed: false,
      reasons: [yes('delegation'), yes('token'), { kind: 'never_granted' }],
    })
    expect(authorize(here, visitor(), 'subscribe', 'free').allowed).toBe(true)
  })

  test('[PO33] on channels no type governs are held by key and token alone', () => {
    expect(authorize(here, person('user:nobody'), 'publish', 'free').reasons).toEqual([
      yes('delegation'),
      yes('token'),
    ])
    expect(
      authorize(here, person('user:nobody', { 'team:*': ['*'] }), 'publish', 'free').allowed,
    ).toBe(false)
  })

  test('[PO28] meet the policy on a channel with parameters or as a room all the same', () => {
    for (const channel of ['[?rewind=1]team:den', '[filter=YQ==]team:den', 'den::$chat']) {
      expect(authorize(here, person('user:ada'), 'subscribe', channel).reasons.at(-1)?.kind).toBe(
        'never_granted',
      )
    }
    expect(authorize(here, person('user:ada'), 'publish', 'lobby::$chat').allowed).toBe(true)
  })
})

test('[PO32] an action that is no operation is not decided by the layers', () => {
  for (const action of ['kick', 'fly', '*', '', 'constructor']) {
    for (const credential of [keyed('k'), person('user:bo')]) {
      expect(authorize(here, credential, action, 'team:lobby')).toMatchObject({
        allowed: false,
        reasons: [{ kind: 'unknown_action' }],
      })
    }
  }
})

describe('allowed actions', () => {
  test('[PO34] of a person are operations through the layers and verbs through the policy', () => {
    expect(
      allowedActions(here, person('user:bo', { 'team:*': ['subscribe'] }), 'team:lobby'),
    ).toEqual(['subscribe', 'kick'])
    expect(allowedActions(here, keyed('k'), 'team:lobby')).toEqual(OPERATIONS)
    expect(allowedActions(here, person('user:ada', { free: ['*'] }), 'free')).toEqual(OPERATIONS)
  })

  test('[PO34] are exactly what the layers allow one by one', () => {
    fc.assert(
      fc.property(
        anyWorld,
        anyCredential,
        fc.constantFrom(...channels),
        (on, credential, channel) => {
          const allowed = allowedActions(on, credential, channel)
          for (const operation of OPERATIONS) {
            expect(allowed.includes(operation)).toBe(
              authorize(on, credential, operation, channel).allowed,
            )
          }
          const resource = resourceOf(on.policy, channel)
          const subject = subjectOf(credential)
          const verbs =
            resource && subject && on.keys.has(credential.key)
              ? (on.policy.types.get(typeOf(resource))?.actions ?? []).filter(
                  (action) =>
                    !isOperation(action) && decide(on, { subject, action, resource }).allowed,
                )
              : []
          expect(allowed.filter((action) => !isOperation(action))).toEqual(verbs)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

test('[PO35] a role on the tenant shows all its type, other roles only where they are held', () => {
  expect(visibleResources(here, person('user:bo'))).toEqual(['team:den', 'team:lobby'])
  expect(visibleResources(here, person('user:ada'))).toEqual(['team:lobby'])
  expect(visibleResources(here, keyed('k'))).toEqual(['team:den', 'team:lobby'])
  expect(visibleResources(here, keyed('zero'))).toEqual([])
  expect(visibleResources(here, visitor())).toEqual([])
})

test('[PO35] the visible resources are exactly the ones found by trying all', () => {
  fc.assert(
    fc.property(anyWorld, anyCredential, (on, credential) => {
      const expected = resources.filter((resource) => {
        const channel = channelOf(on.policy, resource)
        return (
          channel !== undefined &&
          on.facts.resource(resource) !== undefined &&
          ['subscribe', 'publish', 'history', 'presence'].some(
            (action) => authorize(on, credential, action, channel).allowed,
          )
        )
      })
      expect(visibleResources(on, credential)).toEqual([...expected].sort())
    }),
    { numRuns: 1000 },
  )
})

test('[PO206] a key of a tenant, and tokens it signs, reach what that tenant governs, as it moves', () => {
  const far = 'tenant:far' as ResourceId
  const den = 'team:den' as ResourceId
  const moved = { resource: den, relation: 'tenant', target: far } as const
  const made: RightsChange = { kind: 'put-resource', resource: far, attributes: {} }
  const before = foldRights(
    world(
      ['team:lobby#speaker@user:ada', 'team:den#speaker@user:ada', 'tenant:acme#boss@user:bo'],
      [key('k'), key('far', { tenant: far })],
    ),
    [made],
    50 as Revision,
  )
  const change: RightsChange = { kind: 'relate', ...moved }
  const after = foldRights(before, [change], 51 as Revision)
  const token: Credential = {
    kind: 'token',
    key: 'far' as KeyId,
    capability: open,
    subject: 'user:ada' as SubjectId,
  }
  const may = (at: typeof before, who: Credential, channel: string) => [
    authorize(at, who, 'publish', channel).allowed,
    allowedActions(at, who, channel).includes('publish'),
  ]
  for (const channel of ['team:lobby', 'team:den', 'free', '*']) {
    expect(may(before, keyed('far'), channel)).toEqual([false, false])
    expect(may(before, keyed('k'), channel)).toEqual([true, true])
  }
  for (const who of [keyed('far'), token]) {
    expect(may(after, who, 'team:den')).toEqual([true, true])
    expect(may(after, who, 'team:lobby')).toEqual([false, false])
    expect(may(after, who, 'free')).toEqual([false, false])
  }
  const removed: RightsChange = { kind: 'remove-resource', resource: den }
  const gone = foldRights(after, [removed], 52 as Revision)
  expect(may(gone, keyed('far'), 'team:den')).toEqual([false, false])
  // Whoever decides again after such a change looks at these keys, and at no others.
  expect(affected(before, after, [change]).keys).toEqual(new Set(['far']))
  expect(affected(after, gone, [removed]).keys).toEqual(new Set(['far']))
  expect(affected(before, after, [made]).keys).toBe('none')
})
