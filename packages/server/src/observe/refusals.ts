// Every refusal by the policy on its way out, so that the id on it opens its explanation.

import type { Decision } from '@sayso/policy'
import { Failure, type RefusedQuestion } from '../commands/failure.ts'
import { witnessing } from '../commands/witness.ts'

export type Refusal = {
  readonly id: string
  readonly question: RefusedQuestion
  /** As it was decided then, at the revision it names. */
  readonly decision: Decision
}

/** Who is told of what doors decide on channels and places. */
export type Listener = {
  refused(refusal: Refusal): void
  /** Absent: what was allowed is nobody's business. */
  readonly allowed?: ((question: RefusedQuestion, decision: Decision) => void) | undefined
}

export class Refusals {
  readonly #listener: Listener

  constructor(listener: Listener) {
    this.#listener = listener
  }

  /** Tells of a refusal by the policy; any other failure is nothing to explain. */
  note(error: unknown): void {
    if (!(error instanceof Failure)) return
    const { explanation: id, question, decision } = error
    if (id === undefined || question === undefined || decision === undefined) return
    this.#listener.refused({ id, question, decision })
  }

  /** Runs work whose refusal is to be explained. */
  noting<T>(work: () => T): T {
    const { allowed } = this.#listener
    try {
      return allowed === undefined ? work() : witnessing(allowed, work)
    } catch (error) {
      this.note(error)
      throw error
    }
  }
}
