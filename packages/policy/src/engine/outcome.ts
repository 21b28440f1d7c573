// Conditions with a memory: answers that depend on the attributes of one thing alone are kept for as long as those stand.

import type { Condition, Outcome, Scope } from '../condition/condition.ts'
import type { Attributes } from '../names.ts'

const NO_ATTRIBUTES: Attributes = {}
/** What no attribute can say, or what cannot be known beforehand. */
const NOT_KEPT = new Set(['*', 'id', 'key', 'type', 'anonymous'])

export class KeptCondition {
  readonly condition: Condition
  /** Whose attributes alone it reads, if that is so. */
  readonly by: 'person' | 'resource' | undefined
  readonly #answers = new WeakMap<Attributes, Outcome>()

  constructor(condition: Condition) {
    this.condition = condition
    this.by = keptBy(condition)
  }

  /** The answer kept for these attributes; undefined if it has to be asked. */
  known(about: Attributes | undefined): Outcome | undefined {
    return this.by === undefined ? undefined : this.#answers.get(about ?? NO_ATTRIBUTES)
  }

  /** Asks, and keeps the answer if it can be kept. */
  ask(about: Attributes | undefined, scope: Scope): Outcome {
    const outcome = this.condition.evaluate(scope)
    if (this.by !== undefined) this.#answers.set(about ?? NO_ATTRIBUTES, outcome)
    return outcome
  }
}

function keptBy({ isStable, reads }: Condition): 'person' | 'resource' | undefined {
  if (!isStable || reads.lookup || reads.tenant.length > 0) return undefined
  const { subject, resource } = reads
  if (subject.some((name) => NOT_KEPT.has(name)) || resource.some((name) => NOT_KEPT.has(name))) {
    return undefined
  }
  if (subject.length === 0) return 'resource'
  return resource.length === 0 ? 'person' : undefined
}
