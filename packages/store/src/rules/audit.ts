// The audit chain: each line carries the hash of the one before, so that nothing can be changed or left out unseen.

import { createHash } from 'node:crypto'
import type { Revision } from '@sayso/policy'
import type { AuditLine, NewAuditLine } from '../store.ts'
import { canonicalJson } from './plain.ts'
import type { Place } from './position.ts'

/** Stands in for the hash before the first line. */
export const FIRST_PREVIOUS = '0'.repeat(64)

/** The line that follows `previous` in the chain. */
export function nextAuditLine(
  previous: Pick<AuditLine, 'number' | 'hash' | 'atMs'> | undefined,
  line: NewAuditLine,
  place: Pick<Place, 'revision' | 'atMs'>,
): AuditLine {
  const unsigned = {
    ...line,
    number: (previous?.number ?? 0) + 1,
    revision: place.revision as Revision,
    atMs: Math.max(place.atMs, previous?.atMs ?? 0),
    previousHash: previous?.hash ?? FIRST_PREVIOUS,
  }
  return { ...unsigned, hash: hashOf(unsigned) }
}

export function hashOf(line: Omit<AuditLine, 'hash'>): string {
  return createHash('sha256')
    .update(line.previousHash + canonicalJson(line))
    .digest('hex')
}

/** `number` is the first line that does not follow from the one before. */
export type AuditVerdict =
  /** `erased`: of how many lines an erasure took away what they said; absent: of none. */
  | { readonly intact: true; readonly lines: number; readonly erased?: number }
  | {
      readonly intact: false
      readonly number: number
      readonly problem: 'changed' | 'unchained' | 'missing'
    }

/**
 * Checks a run of audit lines, in any order: every hash, every link, no number left out.
 *
 * Of a line that somebody was erased from only the links are checked here; `ErasedCheck` checks the rest.
 * A run that does not begin at line 1 is checked from its second line on against its first; that the newest lines
 * were not cut off can only be seen by comparing with a hash noted elsewhere.
 */
export function verifyAudit(lines: readonly AuditLine[]): AuditVerdict {
  const run = [...lines].sort((a, b) => a.number - b.number)
  let previous: AuditLine | undefined
  for (const line of run) {
    const { hash, ...unsigned } = line
    const problem = linkProblem(previous, line)
    if (problem !== undefined) return { intact: false, number: line.number, problem }
    if (line.erased === undefined && hashOf(unsigned) !== hash)
      return { intact: false, number: line.number, problem: 'changed' }
    previous = line
  }
  return { intact: true, lines: run.length }
}

function linkProblem(previous: AuditLine | undefined, line: AuditLine) {
  if (previous !== undefined && line.number !== previous.number + 1) return 'missing'
  const expected = previous?.hash ?? (line.number === 1 ? FIRST_PREVIOUS : line.previousHash)
  return line.previousHash === expected ? undefined : 'unchained'
}
