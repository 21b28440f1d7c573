// Lines of the audit log that an erasure blotted out: their own hash says nothing of what is left of them, so a later line of
// the chain does.

import { createHash, type Hash } from 'node:crypto'
import type { AuditLine } from '../store.ts'
import { canonicalJson } from './plain.ts'

/** The command of the line that proves which lines an erasure left, and how. */
export const ERASE_COMMAND = 'erase-person'

/** What is left of a line, for the digest. */
export function lineText(line: AuditLine): string {
  return `${canonicalJson(line)}\n`
}

/** Compares erased lines with the lines that prove them. Give it every line of the log, oldest first. */
export class ErasedCheck {
  readonly #open = new Map<string, { first: number; lines: number; readonly hash: Hash }>()
  #count = 0

  /** Lines that were blotted out, so far. */
  get count(): number {
    return this.#count
  }

  take(line: AuditLine): void {
    if (line.erased !== undefined) {
      const of = this.#open.get(line.erased) ?? {
        first: line.number,
        lines: 0,
        hash: createHash('sha256'),
      }
      of.lines += 1
      of.hash.update(lineText(line))
      this.#open.set(line.erased, of)
      this.#count += 1
    }
    if (line.command !== ERASE_COMMAND) return
    const { erasure, lines, digest } = (line.details ?? {}) as Readonly<Record<string, unknown>>
    const of = this.#open.get(String(erasure))
    if (of !== undefined && of.lines === lines && of.hash.copy().digest('hex') === digest)
      this.#open.delete(String(erasure))
  }

  /** The first line that says it was erased, and no later line proves it; undefined if there is none. */
  unproven(): number | undefined {
    const firsts = [...this.#open.values()].map(({ first }) => first)
    return firsts.length === 0 ? undefined : Math.min(...firsts)
  }
}
