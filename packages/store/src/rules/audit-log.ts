// The whole audit log, page by page: nobody needs it all in memory to read or to check it.

import { setImmediate } from 'node:timers/promises'
import type { AuditLine, AuditQuery, Store } from '../store.ts'
import { type AuditVerdict, FIRST_PREVIOUS, hashOf } from './audit.ts'
import { ErasedCheck } from './erased-lines.ts'

// A page is read at one go: small enough that nobody waits for it.
const PAGE = 250

/** Pages of the lines that `query` asks for, newest first; other things run between them. */
export async function* auditPages(
  store: Pick<Store, 'audit'>,
  query: Omit<AuditQuery, 'limit'> = {},
): AsyncGenerator<readonly AuditLine[]> {
  for (let { beforeNumber } = query; ; ) {
    const from = beforeNumber === undefined ? {} : { beforeNumber }
    const lines = await store.audit({ ...query, ...from, limit: PAGE })
    if (lines.length > 0) yield lines
    if (lines.length < PAGE) return
    beforeNumber = lines.at(-1)?.number
    await setImmediate()
  }
}

/** `last` is the newest line: a copy kept elsewhere shows later whether lines were cut off. */
export type WholeAuditVerdict = AuditVerdict & {
  /** The first line that was looked at, if it is not that of the log. */
  readonly from?: number
  readonly last?: Pick<AuditLine, 'number' | 'hash'>
}

/**
 * Checks the log from its first line to the newest there is at the call: every hash, every link, no number left out.
 * Reads it in pages, and lets other things run between them.
 *
 * @param part only so many of the newest lines, from which on the chain is held together by the line before them. Lines that
 * an erasure blotted out are proven by the whole log alone.
 */
export async function verifyAuditLog(
  store: Pick<Store, 'audit'>,
  part = Number.POSITIVE_INFINITY,
): Promise<WholeAuditVerdict> {
  const [newest] = await store.audit({ limit: 1 })
  if (newest === undefined) return { intact: true, lines: 0 }
  const first = Math.max(1, newest.number - part + 1)
  const before = await lineBefore(store, first)
  if (before === undefined) return { intact: false, number: first - 1, problem: 'missing' }
  let previous = before
  const erased = new ErasedCheck()
  while (previous.number < newest.number) {
    const last = previous.number
    const beforeNumber = Math.min(last + PAGE, newest.number) + 1
    const page = await store.audit({ limit: PAGE, beforeNumber })
    const lines = page.filter(({ number }) => number > last).reverse()
    if (lines.length === 0) return { intact: false, number: last + 1, problem: 'missing' }
    for (const line of lines) {
      const problem = problemOf(previous, line)
      if (problem !== undefined) return { intact: false, number: line.number, problem }
      erased.take(line)
      previous = line
    }
    await setImmediate()
  }
  const unproven = first === 1 ? erased.unproven() : undefined
  if (unproven !== undefined) return { intact: false, number: unproven, problem: 'changed' }
  const { number, hash } = newest
  const count = erased.count === 0 ? {} : { erased: erased.count }
  const from = first === 1 ? {} : { from: first }
  return { intact: true, lines: number - first + 1, ...from, ...count, last: { number, hash } }
}

/** What the line of that number has to follow; undefined if it is not there. */
async function lineBefore(
  store: Pick<Store, 'audit'>,
  first: number,
): Promise<Pick<AuditLine, 'number' | 'hash'> | undefined> {
  if (first === 1) return { number: 0, hash: FIRST_PREVIOUS }
  const [line] = await store.audit({ limit: 1, beforeNumber: first })
  return line?.number === first - 1 ? line : undefined
}

function problemOf(previous: Pick<AuditLine, 'number' | 'hash'>, line: AuditLine) {
  const { hash, ...unsigned } = line
  if (line.number !== previous.number + 1) return 'missing'
  if (line.previousHash !== previous.hash) return 'unchained'
  return line.erased !== undefined || hashOf(unsigned) === hash ? undefined : 'changed'
}
