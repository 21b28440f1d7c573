// Who watches what is allowed on channels, while one piece of work that never waits runs: nobody, unless a setting says so.

import type { Decision } from '@sayso/policy'
import type { RefusedQuestion } from './failure.ts'

export type Witness = (question: RefusedQuestion, decision: Decision) => void

let present: Witness | undefined

/** Runs work under the eyes of a witness. INVARIANT: the work is synchronous, so nobody else's is seen. */
export function witnessing<T>(witness: Witness, work: () => T): T {
  const before = present
  present = witness
  try {
    return work()
  } finally {
    present = before
  }
}

/** Shows what was allowed to whoever watches. */
export function seen(question: () => RefusedQuestion, decision: Decision): void {
  present?.(question(), decision)
}
