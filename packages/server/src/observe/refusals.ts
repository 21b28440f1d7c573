// What was refused lately, so that the id on a refusal opens its explanation. Bounded; the oldest are forgotten first.

import type { Decision, SubjectId } from '@sayso/policy'
import { Failure, type RefusedQuestion } from '../commands/failure.ts'

/** Refusals remembered per app. */
const MAX_REFUSALS = 10_000

export type Refusal = {
  readonly id: string
  readonly atMs: number
  readonly question: RefusedQuestion
  /** As it was decided then, at the revision it names. */
  readonly decision: Decision
}

export class Refusals {
  readonly #now: () => number
  readonly #byId = new Map<string, Refusal>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Remembers a refusal by the policy; any other failure is nothing to explain. */
  note(error: unknown): void {
    if (!(error instanceof Failure)) return
    const { explanation: id, question, decision } = error
    if (id === undefined || question === undefined || decision === undefined) return
    this.#byId.set(id, { id, atMs: this.#now(), question, decision })
    if (this.#byId.size <= MAX_REFUSALS) return
    for (const oldest of this.#byId.keys()) {
      this.#byId.delete(oldest)
      return
    }
  }

  /** Forgets what somebody was refused. */
  forget(subject: SubjectId): void {
    for (const [id, { question }] of this.#byId) {
      const { credential } = question
      if (credential.kind === 'token' && credential.subject === subject) this.#byId.delete(id)
    }
  }

  get(id: string): Refusal | undefined {
    return this.#byId.get(id)
  }

  /** The latest first. */
  latest(limit: number): readonly Refusal[] {
    return [...this.#byId.values()].slice(-limit).reverse()
  }

  /** Runs work whose refusal is to be explained. */
  noting<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      this.note(error)
      throw error
    }
  }
}
