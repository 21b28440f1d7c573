import { describe, expect, test } from 'vitest'
import { affected } from './affected.ts'
import type { Revocation } from './change.ts'
import type { KeyId, Revision } from './names.ts'
import { revokedAtMs, type TokenFacts } from './revocation.ts'
import { emptyWorld, foldRights } from './world.ts'

const key = 'k1' as KeyId
const token: TokenFacts = {
  key,
  issuedAtMs: 100,
  clientId: 'ann',
  revocationKey: 'group',
  id: 't1',
  resources: ['team:*', 'news'],
}

function revocation(changes: Partial<Revocation> = {}): Revocation {
  return { key, target: { type: 'clientId', value: 'ann' }, issuedBeforeMs: 101, ...changes }
}

function worldOf(...revocations: readonly Revocation[]) {
  const changes = revocations.map((each) => ({ kind: 'revoke-tokens', revocation: each }) as const)
  return foldRights(emptyWorld, changes, 1 as Revision)
}

const AT_ONCE = Number.NEGATIVE_INFINITY

describe('revocations', () => {
  test.each<[string, Partial<Revocation>, boolean]>([
    ['its clientId', {}, true],
    ['its revocation key', { target: { type: 'revocationKey', value: 'group' } }, true],
    ['its id', { target: { type: 'tokenId', value: 't1' } }, true],
    ['another id', { target: { type: 'tokenId', value: 't2' } }, false],
    [
      'a clientId that is spelled like its id',
      { target: { type: 'clientId', value: 't1' } },
      false,
    ],
    ['a resource it names', { target: { type: 'channel', value: 'team:*' } }, true],
    ['a channel it only covers', { target: { type: 'channel', value: 'team:red' } }, false],
    ['another clientId', { target: { type: 'clientId', value: 'bob' } }, false],
    [
      'a clientId that is spelled like its revocation key',
      { target: { type: 'clientId', value: 'group' } },
      false,
    ],
    ['another key', { key: 'k2' as KeyId }, false],
    ['an instant at which it was issued', { issuedBeforeMs: 100 }, false],
  ])('[PO190] a token and a revocation by %s', (_what, changes, isMeant) => {
    expect(revokedAtMs(worldOf(revocation(changes)), token)).toBe(isMeant ? AT_ONCE : undefined)
  })

  test('[PO190] a token without marks is meant by none of them', () => {
    const plain = { key, issuedAtMs: 0, resources: [] }
    const world = worldOf(
      revocation(),
      revocation({ target: { type: 'revocationKey', value: 'undefined' } }),
    )
    expect(revokedAtMs(world, plain)).toBeUndefined()
  })

  test('[PO191] the earliest instant counts', () => {
    const later = revocation({ appliesAtMs: 900 })
    const sooner = revocation({ target: { type: 'channel', value: 'news' }, appliesAtMs: 500 })
    expect(revokedAtMs(worldOf(later), token)).toBe(900)
    expect(revokedAtMs(worldOf(later, sooner), token)).toBe(500)
    expect(revokedAtMs(worldOf(later, sooner, revocation()), token)).toBe(AT_ONCE)
  })

  test('[PO192] one takes the place of its own kind only', () => {
    const narrower = revocation({ issuedBeforeMs: 50 })
    expect(revokedAtMs(worldOf(revocation(), narrower), token)).toBeUndefined()
    const leavesTime = revocation({ appliesAtMs: 900 })
    expect(revokedAtMs(worldOf(revocation(), leavesTime), token)).toBe(AT_ONCE)
  })

  test('[PO193] it moves nobody’s decisions, and can be forgotten', () => {
    const world = worldOf(revocation())
    const change = { kind: 'forget-revocation', revocation: revocation() } as const
    const after = foldRights(world, [change], 2 as Revision)
    expect(revokedAtMs(after, token)).toBeUndefined()
    expect(affected(world, after, [change])).toMatchObject({ keys: 'none' })
  })
})
