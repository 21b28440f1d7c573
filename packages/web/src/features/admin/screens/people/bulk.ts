// What a change of many people is, as the API takes it. Pure.

import { grantOf } from '../../model/names.ts'

/** As many as one call takes: all of them, or none. */
export const MOST_AT_ONCE = 1_000

export type Bulk = {
  readonly kind: 'give' | 'take' | 'group'
  /** Ids of people. */
  readonly people: readonly string[]
}

export type BulkSaid = {
  /** Resource or tenant; of a group: the group. */
  readonly on: string
  readonly role: string
  readonly expiresAt?: string | undefined
}

export function changesOf(bulk: Bulk, { on, role, expiresAt }: BulkSaid) {
  return bulk.people.map((id) => {
    const grant = grantOf(on, role, `user:${id}`)
    if (bulk.kind === 'take') return { unassign: grant }
    return expiresAt === undefined ? { assign: grant } : { assign: grant, expires_at: expiresAt }
  })
}

type Flip = {
  readonly subject: string
  readonly resource: string
  readonly gained: readonly string[]
  readonly lost: readonly string[]
}

/** The first few of what people gain and lose, one line each, gains before losses. */
export function linesOf(
  flips: readonly Flip[],
  say: {
    readonly gains: (flip: Flip) => string
    readonly loses: (flip: Flip) => string
  },
  most: number,
): readonly { readonly key: string; readonly isLoss: boolean; readonly text: string }[] {
  const lines = flips.flatMap((flip) => [
    ...(flip.gained.length > 0
      ? [{ key: `+${flip.subject} ${flip.resource}`, isLoss: false, text: say.gains(flip) }]
      : []),
    ...(flip.lost.length > 0
      ? [{ key: `-${flip.subject} ${flip.resource}`, isLoss: true, text: say.loses(flip) }]
      : []),
  ])
  return lines.slice(0, most)
}
