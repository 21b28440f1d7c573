// Takes back one single token, by its id.

import { type KeyId, type RightsChange, revocationsOf, type World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import { CLOCK_LEEWAY_MS, MAX_TOKEN_MS } from '../auth/token-claims.ts'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireKeys } from './key-terms.ts'
import { outlived, requireRevocable } from './revoke-tokens.ts'

/** Kept for so long after the end of the token, whatever a clock does meanwhile; milliseconds. */
const KEPT_AFTER_MS = 3_600_000

export type RevokeToken = {
  /** The key that signed it, or that it counts as signed by. */
  readonly key: KeyId
  /** Its `jti`. */
  readonly id: string
  /** When it ends by itself; absent: not known, so as late as any token lives. Milliseconds. */
  readonly endsAtMs?: number
  readonly reason?: string
}

export type RevokedToken = { readonly committed: Committed; readonly endsAtMs: number }

/**
 * When this returns, who was connected by the token is cut off, and it opens nothing any more, also after a restart. An hour
 * after the token would have ended the revocation is forgotten.
 *
 * @throws {Failure} `denied`, `key_unknown`, `key_not_revocable`, `conflict`: it has ended by itself, `busy`, `store_unavailable`
 */
export async function revokeToken(
  context: Context,
  asker: Asker,
  { key, id, reason, ...input }: RevokeToken,
): Promise<RevokedToken> {
  let endsAtMs = 0
  const committed = await decideAndCommit(context, (world) => {
    requireKeys(world, asker)
    requireRevocable(world, key)
    const nowMs = context.now()
    endsAtMs = Math.max(input.endsAtMs ?? lastEnd(nowMs), known(world, key, id))
    if (endsAtMs <= nowMs)
      throw new Failure('conflict', 'the token has ended by itself', {
        remedy: 'nothing is left to do',
      })
    const target = { type: 'tokenId', value: id } as const
    const untilMs = endsAtMs + KEPT_AFTER_MS
    const change: RightsChange = {
      kind: 'revoke-tokens',
      revocation: { key, target, issuedBeforeMs: endsAtMs, untilMs },
    }
    return {
      entries: [
        {
          kind: 'rights',
          changes: [change, ...outlived(world, nowMs)],
          cause: { command: 'revoke-token', by: actorOf(asker) },
        },
      ],
      audit: {
        command: 'revoke-token',
        ...auditBy(asker),
        target: `token:${id}`,
        ...(reason !== undefined && { reason }),
        details: { key, endsAtMs },
      },
    }
  })
  return { committed, endsAtMs }
}

function lastEnd(nowMs: number): number {
  return nowMs + MAX_TOKEN_MS + CLOCK_LEEWAY_MS
}

/** INVARIANT: a revocation that is known is never shortened by a later one. */
function known(world: World, key: KeyId, id: string): number {
  // As old as could be, so that every revocation of this id means it.
  const token = { key, id, issuedAtMs: Number.NEGATIVE_INFINITY, resources: [] }
  return Math.max(0, ...revocationsOf(world, token).map(({ issuedBeforeMs }) => issuedBeforeMs))
}
