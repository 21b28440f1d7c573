// Tokens that were taken back before their end: by whom they are for, by a label, by a channel they name, or by their id.

import type { Revocation, RevocationTarget } from './change.ts'
import type { KeyId } from './names.ts'
import { PersistentMap } from './persistent-map.ts'

/** What of a token a revocation goes by. */
export type TokenFacts = {
  readonly key: KeyId
  readonly issuedAtMs: number
  readonly clientId?: string
  readonly revocationKey?: string
  /** Its own name, if it has one. */
  readonly id?: string
  /** The resources of its capability as it spells them. */
  readonly resources: readonly string[]
}

/** Revocations by key, target and whether they leave time; each such slot holds one. */
export type Revocations = PersistentMap<Revocation>

/** The part of a world that tells of revocations. */
type Revoking = { readonly revocations: Revocations }

export const NO_REVOCATIONS: Revocations = PersistentMap.empty()

/** What names a revocation: a later one of the same key and target takes its place, but one with time never one without. */
function revocationSlot({ key, target, appliesAtMs }: Revocation): string {
  return slot(key, target, appliesAtMs !== undefined)
}

function slot(key: KeyId, { type, value }: RevocationTarget, leavesTime: boolean): string {
  return JSON.stringify([key, type, value, leavesTime ? 'later' : 'now'])
}

/** Folds one change. */
export function withRevocation(
  revocations: Revocations,
  change: { readonly kind: 'revoke-tokens' | 'forget-revocation'; readonly revocation: Revocation },
): Revocations {
  const name = revocationSlot(change.revocation)
  return change.kind === 'revoke-tokens'
    ? revocations.with(name, change.revocation)
    : revocations.without(name)
}

/** The revocations that mean a token, those that still leave it time included. */
export function revocationsOf(world: Revoking, token: TokenFacts): readonly Revocation[] {
  if (world.revocations.size === 0) return []
  const targets: RevocationTarget[] = token.resources.map((value) => ({ type: 'channel', value }))
  if (token.clientId !== undefined) targets.push({ type: 'clientId', value: token.clientId })
  if (token.revocationKey !== undefined)
    targets.push({ type: 'revocationKey', value: token.revocationKey })
  if (token.id !== undefined) targets.push({ type: 'tokenId', value: token.id })
  return targets
    .flatMap((target) => [
      world.revocations.get(slot(token.key, target, false)) ?? [],
      world.revocations.get(slot(token.key, target, true)) ?? [],
    ])
    .flat()
    .filter(({ issuedBeforeMs }) => token.issuedAtMs < issuedBeforeMs)
}

/**
 * When a token is dead by revocation: an instant that may have passed, `-Infinity` for at once, undefined for never.
 */
export function revokedAtMs(world: Revoking, token: TokenFacts): number | undefined {
  const instants = revocationsOf(world, token).map(
    ({ appliesAtMs }) => appliesAtMs ?? Number.NEGATIVE_INFINITY,
  )
  return instants.length === 0 ? undefined : Math.min(...instants)
}
