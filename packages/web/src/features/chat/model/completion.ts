// What one may be about to write: somebody after an `@`, a channel after a `#`, an emoji after a `:`, a command after a `/`.
// Pure.

import { isInFence } from './editing.ts'

export type Sign = '@' | '#' | ':' | '/'

export type Trigger = {
  readonly sign: Sign
  /** What stands after the sign, up to the caret. */
  readonly query: string
  /** Where the sign stands. */
  readonly from: number
}

const PATTERNS: readonly (readonly [Sign, RegExp])[] = [
  ['/', /^\/()([a-z-]*)$/],
  // Names have spaces: one is part of what may be meant.
  ['@', /(^|[\s(>*_~])@([\p{L}\p{N}._'’-]*(?: [\p{L}\p{N}._'’-]+)?)$/u],
  ['#', /(^|[\s(>*_~])#([\p{L}\p{N}_-]*)$/u],
  [':', /(^|[^\p{L}\p{N}:]):([a-z0-9_+-]{2,}|[\p{L}_+-]{2,})$/u],
]

/** Longer than any name that is looked for. */
const LOOK_BACK = 80

/** What is being begun at the caret; absent: nothing that could be completed. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(Math.max(0, caret - LOOK_BACK), caret)
  for (const [sign, pattern] of PATTERNS) {
    if (sign === '/' && caret > LOOK_BACK) continue
    const match = pattern.exec(before)
    if (match === null) continue
    const query = match[2] ?? ''
    const from = caret - query.length - 1
    return isInCode(text, from) ? undefined : { sign, query, from }
  }
  return undefined
}

/** `:tada:` just closed at the caret: its code and where it begins. */
export function closedCode(
  text: string,
  caret: number,
): { code: string; from: number } | undefined {
  const match = /(?:^|[^\p{L}\p{N}:]):([a-z0-9_+-]{1,40}):$/u.exec(
    text.slice(Math.max(0, caret - 44), caret),
  )
  const code = match?.[1]
  if (code === undefined) return undefined
  const from = caret - code.length - 2
  return isInCode(text, from) ? undefined : { code, from }
}

/** In code everything is meant as it is written. */
function isInCode(text: string, at: number): boolean {
  if (isInFence(text, at)) return true
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  return (line.split('`').length - 1) % 2 === 1
}

/** How well a name fits what was typed: 0 best; absent: not at all. */
export function fit(name: string, query: string): number | undefined {
  const known = folded(name)
  const wanted = folded(query)
  if (wanted === '') return 2
  if (known.startsWith(wanted)) return 0
  if (known.split(/[\s._-]+/).some((word) => word.startsWith(wanted))) return 1
  return wanted.length > 1 && known.includes(wanted) ? 2 : undefined
}

/** Without case and accents: `Renée` is found by `rene`. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()
}

/** The best of a list by what their names are; those that fit alike stay in their order. */
export function best<T>(
  list: readonly T[],
  query: string,
  nameOf: (one: T) => string,
  limit: number,
): readonly T[] {
  return list
    .flatMap((one) => {
      const rank = fit(nameOf(one), query)
      return rank === undefined ? [] : [{ one, rank }]
    })
    .sort((one, other) => one.rank - other.rank)
    .slice(0, limit)
    .map(({ one }) => one)
}
