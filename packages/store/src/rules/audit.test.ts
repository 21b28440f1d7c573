// What verifyAudit sees that somebody did to a chain.

import { describe, expect, test } from 'vitest'
import type { AuditLine } from '../store.ts'
import { nextAuditLine, verifyAudit } from './audit.ts'

function chain(length: number): AuditLine[] {
  const lines: AuditLine[] = []
  for (let at = 1; at <= length; at += 1) {
    const line = { command: 'mute', actor: 'user:ada', target: `user:${at}` }
    lines.push(nextAuditLine(lines.at(-1), line, { revision: at, atMs: at }))
  }
  return lines
}

const swap = (lines: AuditLine[], at: number, change: Partial<AuditLine>) =>
  lines.map((line, index) => (index === at ? { ...line, ...change } : line))

describe('verifyAudit', () => {
  test('[ST38] accepts a whole chain in any order, and an empty one', () => {
    expect(verifyAudit(chain(5).reverse())).toEqual({ intact: true, lines: 5 })
    expect(verifyAudit([])).toEqual({ intact: true, lines: 0 })
  })

  test('[ST38] finds a changed line', () => {
    expect(verifyAudit(swap(chain(5), 2, { actor: 'user:eve' }))).toEqual({
      intact: false,
      number: 3,
      problem: 'changed',
    })
  })

  test('[ST38] finds a line that was changed and hashed anew', () => {
    const lines = chain(5)
    const forged = nextAuditLine(
      lines[1],
      { command: 'mute', actor: 'user:eve', target: 'user:3' },
      { revision: 3, atMs: 3 },
    )
    expect(verifyAudit(swap(lines, 2, forged))).toEqual({
      intact: false,
      number: 4,
      problem: 'unchained',
    })
  })

  test('[ST38] finds a line that was taken out, and a beginning that is none', () => {
    const lines = chain(5)
    expect(verifyAudit(lines.filter(({ number }) => number !== 3))).toEqual({
      intact: false,
      number: 4,
      problem: 'missing',
    })
    const [, , third] = lines
    expect(verifyAudit(third ? [{ ...third, number: 1 }] : [])).toEqual({
      intact: false,
      number: 1,
      problem: 'unchained',
    })
  })
})
