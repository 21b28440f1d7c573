import { describe, expect, test } from 'vitest'
import { house, key, world } from '../test/worlds.ts'
import { admissionRole, planAdmit } from './admission.ts'
import { isListed, listedResources, outgrows } from './authorize.ts'
import type { Capability } from './capability.ts'
import type { RightsChange } from './change.ts'
import type { Credential } from './credential.ts'
import type { KeyId, ResourceId, Revision, SubjectId } from './names.ts'
import { compilePolicy } from './policy.ts'
import { parseTuple } from './tuple.ts'
import { foldRights, type World } from './world.ts'

const ada = 'user:ada' as SubjectId
const den = 'team:den' as ResourceId
const fold = (on: World, ...changes: RightsChange[]) =>
  foldRights(on, changes, (on.revision + 1) as Revision)
const asks: RightsChange = {
  kind: 'put-request',
  subject: ada,
  resource: den,
  request: { atMs: 5, note: 'let me in' },
}
const listed: RightsChange = { kind: 'put-resource', resource: den, attributes: { listed: true } }
const token = (capability: Capability, subject?: SubjectId): Credential => ({
  kind: 'token',
  key: 'k' as KeyId,
  capability,
  ...(subject === undefined ? {} : { subject }),
})
const everywhere: Capability = { '*': ['*'] }

describe('asking', () => {
  test('[PO53] a request is found by its resource and by who asks, the last one counts', () => {
    const on = fold(world(['team:den']), asks, { ...asks, request: { atMs: 6 } })
    expect([...on.facts.requestsOn(den)]).toEqual([[ada, { atMs: 6 }]])
    expect(on.facts.request(ada, den)).toEqual({ atMs: 6 })
  })

  test('[PO53] it goes when it is removed, or with the resource', () => {
    const on = fold(world(['team:den']), asks)
    const removed = fold(on, { kind: 'remove-request', subject: ada, resource: den })
    expect(removed.facts.request(ada, den)).toBeUndefined()
    const remade = fold(on, { kind: 'remove-resource', resource: den }, listed)
    expect([...remade.facts.requestsOn(den)]).toEqual([])
  })

  test('[PO53] removing one that is not there changes nothing', () => {
    const on = world(['team:den'])
    const same = fold(on, { kind: 'remove-request', subject: ada, resource: den })
    expect(same.facts).toBe(on.facts)
  })
})

describe('listing', () => {
  test('[PO54] a listed resource is listed for who may not enter it', () => {
    const on = fold(world(['team:den', 'team:lobby']), listed)
    expect(listedResources(on, token(everywhere, ada))).toEqual([den])
    expect(isListed(on, token(everywhere, ada), den)).toBe(true)
  })

  test('[PO54] not for who may enter it, and not any more once it is not marked', () => {
    const inside = fold(world(['team:den#listener@user:ada']), listed)
    expect(listedResources(inside, token(everywhere, ada))).toEqual([])
    const unmarked = fold(world(['team:den']), listed, { ...listed, attributes: { listed: false } })
    expect(listedResources(unmarked, token(everywhere, ada))).toEqual([])
  })

  test('[PO54] in another tenant than the document’s only for who holds a role on that tenant', () => {
    const beta = 'tenant:beta' as ResourceId
    const on = fold(
      world(['team:den']),
      listed,
      { kind: 'put-resource', resource: beta, attributes: {} },
      { kind: 'relate', resource: den, relation: 'tenant', target: beta } as RightsChange,
    )
    expect(listedResources(on, token(everywhere, ada))).toEqual([])
    expect(isListed(on, token(everywhere, ada), den)).toBe(false)
    const guest = parseTuple('tenant:beta#guest@user:ada')
    const inside = fold(on, { kind: 'assign', tuple: guest })
    expect(listedResources(inside, token(everywhere, ada))).toEqual([den])
    const elsewhere = parseTuple('tenant:acme#guest@user:ada')
    expect(
      listedResources(fold(on, { kind: 'assign', tuple: elsewhere }), token(everywhere, ada)),
    ).toEqual([])
    const back = {
      kind: 'unrelate',
      resource: den,
      relation: 'tenant',
      target: beta,
    } as RightsChange
    expect(listedResources(fold(on, back), token(everywhere, ada))).toEqual([den])
  })

  test('[PO54] not beyond the token, not for visitors without identity, not for keys', () => {
    const on = fold(world(['team:den']), listed)
    const key: Credential = { kind: 'key', key: 'k' as KeyId }
    for (const credential of [token({ 'team:lobby': ['*'] }, ada), token(everywhere), key]) {
      expect(listedResources(on, credential)).toEqual([])
      expect(isListed(on, credential, den)).toBe(false)
    }
  })
})

describe('letting in', () => {
  test('[PO55] gives the role of the settings and ends the request', () => {
    const on = fold(world(['team:den']), asks)
    expect(admissionRole(on, den)).toBe('listener')
    expect(planAdmit(on, den, ada)).toEqual([
      { kind: 'assign', tuple: parseTuple('team:den#listener@user:ada') },
      { kind: 'remove-request', subject: ada, resource: den },
    ])
  })

  test('[PO55] gives nothing that is held already', () => {
    const on = fold(world(['team:den#listener@user:ada']), asks)
    expect(planAdmit(on, den, ada)).toEqual([
      { kind: 'remove-request', subject: ada, resource: den },
    ])
  })

  test('[PO218] for a time, if that is said; whoever is in for good stays so', () => {
    const on = fold(world(['team:den']), asks)
    const tuple = parseTuple('team:den#listener@user:ada')
    expect(planAdmit(on, den, ada, 9)).toContainEqual({ kind: 'assign', tuple, expiresAtMs: 9 })
    const inside = fold(world(['team:den#listener@user:ada']), asks)
    expect(planAdmit(inside, den, ada, 9)).toHaveLength(1)
  })

  test('[PO218] a role that ends is given for longer; one without an end stays as it is', () => {
    const speaks = parseTuple('team:den#speaker@user:ada')
    const longer: RightsChange = { ...asks, request: { atMs: 5, role: 'speaker', forMs: 60_000 } }
    const ending = fold(
      world(['team:den']),
      { kind: 'assign', tuple: speaks, expiresAtMs: 7 },
      longer,
    )
    const prolonged = { kind: 'assign', tuple: speaks, expiresAtMs: 9 }
    expect(planAdmit(ending, den, ada, 9)).toContainEqual(prolonged)
    const lasting = fold(world(['team:den#speaker@user:ada']), longer)
    expect(planAdmit(lasting, den, ada, 9)).toHaveLength(1)
  })

  test('[PO218] a restraint is ended', () => {
    const hushed = 'team:den#listener@user:ada'
    const on = fold(world([hushed]), { ...asks, request: { atMs: 5, role: 'listener' } })
    const restraints = [{ type: 'team', action: 'kick', gives: 'listener' }]
    const policy = compilePolicy({ ...house, settings: { ...house.settings, restraints } })
    expect(planAdmit({ ...on, policy }, den, ada)).toEqual([
      { kind: 'unassign', tuple: parseTuple(hushed) },
      { kind: 'remove-request', subject: ada, resource: den },
    ])
  })

  test.each([
    ['unknown_resource', 'team:nowhere'],
    ['no_admission', 'file:plan'],
    ['no_request', 'team:den'],
  ])('[PO55] is refused: %s', (refused, resource) => {
    const plan = planAdmit(world(['team:den', 'file:plan']), resource as ResourceId, ada)
    expect(plan).toMatchObject({ refused })
  })
})

describe('outgrowing', () => {
  const narrow = token({ 'team:den': ['subscribe'] }, ada)
  const before = world(['team:den#listener@user:ada'])
  const promote: RightsChange = { kind: 'assign', tuple: parseTuple('team:den#speaker@user:ada') }

  test('[PO56] the policy gives more than the token covers', () => {
    expect(outgrows(before, fold(before, promote), narrow, den)).toBe(true)
  })

  test('[PO56] not if the token covers it, if nothing is new, or if the key may not delegate it', () => {
    const after = fold(before, promote)
    expect(outgrows(before, after, token(everywhere, ada), den)).toBe(false)
    expect(outgrows(after, after, narrow, den)).toBe(false)
    const keys = [key('k', { mayDelegate: { 'team:den': ['subscribe'] } })]
    const bound = { before: world(['team:den'], keys), credential: narrow }
    expect(outgrows(bound.before, fold(bound.before, promote), bound.credential, den)).toBe(false)
  })
})
