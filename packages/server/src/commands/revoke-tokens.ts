// Takes tokens of one key back before their end: for a clientId, a revocation key, or a channel they name.

import {
  type KeyId,
  type Revocation,
  type RevocationTarget,
  type RightsChange,
  revocationsOf,
  type World,
} from '@sayso/policy'
import type { Context } from '../context.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'

/** Time to bring another token, where it is left; a little more than half a minute, as clients count from before. */
const MARGIN_MS = 30_500
/** How far back tokens can be meant. */
const MOST_BACK_MS = 3_600_000
/** No token lives longer; what was taken back before that is dead by itself. */
const OUTLIVED_MS = 90_000_000
/** Outlived revocations that one command sweeps out. */
const MOST_SWEPT = 100

export type RevokeTokens = {
  readonly key: KeyId
  readonly targets: readonly RevocationTarget[]
  /** Absent: now; milliseconds. */
  readonly issuedBeforeMs?: number
  /** True: clients get half a minute to bring another token. */
  readonly leavesTime: boolean
  /** Where the request comes from, for the audit log. */
  readonly address?: string
}

export type TokensRevoked = { readonly issuedBeforeMs: number; readonly appliesAtMs: number }

/**
 * Revokes for every target. When this returns, who held such a token is cut off (or asked for another), here and
 * after a restart.
 *
 * @throws {Failure} `invalid`, `key_not_revocable`, `key_unknown`, `busy`, `store_unavailable`
 */
export async function revokeTokens(context: Context, input: RevokeTokens): Promise<TokensRevoked> {
  const nowMs = context.now()
  const issuedBeforeMs = input.issuedBeforeMs ?? nowMs
  if (issuedBeforeMs > nowMs)
    throw new Failure('invalid', '`issuedBefore` is in the future', { remedy: 'leave it out' })
  if (issuedBeforeMs < nowMs - MOST_BACK_MS)
    throw new Failure('invalid', '`issuedBefore` is more than an hour ago')
  const appliesAtMs = input.leavesTime ? nowMs + MARGIN_MS : nowMs
  if (input.targets.length === 0) return { issuedBeforeMs, appliesAtMs }
  await decideAndCommit(context, (world) => {
    requireRevocable(world, input.key)
    const changes = [
      ...input.targets.flatMap((target) => planned(world, input, target, issuedBeforeMs, nowMs)),
      ...outlived(world, nowMs),
    ]
    const actor = `key:${input.key}` as const
    return {
      entries: [{ kind: 'rights', changes, cause: { command: 'revoke-tokens', by: actor } }],
      audit: {
        command: 'revoke-tokens',
        actor,
        ...(input.address !== undefined && { address: input.address }),
        target: input.targets.map(({ type, value }) => `${type}:${value}`).join(' '),
        details: { issuedBeforeMs, appliesAtMs },
      },
    }
  })
  return { issuedBeforeMs, appliesAtMs }
}

/** @throws {Failure} `key_unknown`, `key_not_revocable` */
export function requireRevocable(world: World, key: KeyId): void {
  const record = world.keys.get(key)
  if (record === undefined) throw new Failure('key_unknown', 'the key is gone')
  if (record.revocableTokens === false)
    throw new Failure('key_not_revocable', 'tokens of this key cannot be taken back')
}

/** INVARIANT: nothing that is revoked comes back by a later revocation that means less or leaves time. */
function planned(
  world: World,
  { key, leavesTime }: RevokeTokens,
  target: RevocationTarget,
  issuedBeforeMs: number,
  nowMs: number,
): RightsChange[] {
  const known = held(world, key, target)
  const revoke = (revocation: Omit<Revocation, 'key' | 'target'>): RightsChange => ({
    kind: 'revoke-tokens',
    revocation: { key, target, ...revocation },
  })
  const due = known.filter(({ appliesAtMs }) => appliesAtMs === undefined || appliesAtMs <= nowMs)
  const atOnce = Math.max(
    ...due.map((each) => each.issuedBeforeMs),
    leavesTime ? 0 : issuedBeforeMs,
  )
  const changes = atOnce > 0 ? [revoke({ issuedBeforeMs: atOnce })] : []
  if (!leavesTime) return changes
  const waiting = known.filter((each) => (each.appliesAtMs ?? 0) > nowMs)
  const latest = Math.max(...waiting.map((each) => each.issuedBeforeMs), issuedBeforeMs)
  const soonest = Math.min(...waiting.map((each) => each.appliesAtMs ?? nowMs), nowMs + MARGIN_MS)
  return [...changes, revoke({ issuedBeforeMs: latest, appliesAtMs: soonest })]
}

function held(world: World, key: KeyId, { type, value }: RevocationTarget): Revocation[] {
  const token = { key, issuedAtMs: 0, resources: type === 'channel' ? [value] : [] }
  return [...revocationsOf(world, type === 'channel' ? token : { ...token, [type]: value })]
}

/** Forgets revocations that no living token can be meant by; a few at a time. */
export function outlived(world: World, nowMs: number): RightsChange[] {
  const swept: RightsChange[] = []
  for (const [, revocation] of world.revocations.entries()) {
    if (swept.length >= MOST_SWEPT) break
    if (revocation.issuedBeforeMs < nowMs - OUTLIVED_MS)
      swept.push({ kind: 'forget-revocation', revocation })
  }
  return swept
}
