// Answers of conditions that read nothing but attributes of one thing, remembered for as long as those attributes stand.

import type { Condition, Outcome, Scope } from '../condition/condition.ts'
import type { Attributes } from '../names.ts'

const NO_ATTRIBUTES: Attributes = {}
/** What no attribute can say, or what cannot be known beforehand. */
const NOT_KEPT = new Set(['*', 'id', 'key', 'type', 'anonymous'])

type Kept = { readonly by: 'person' | 'resource'; readonly answers: WeakMap<Attributes, Outcome> }
const kept = new WeakMap<Condition, Kept | null>()

/** The answer of a stable condition about a person and a resource with these attributes. */
export function stableOutcome(
  condition: Condition,
  person: Attributes | undefined,
  resource: Attributes | undefined,
  scope: () => Scope,
): Outcome {
  let known = kept.get(condition)
  if (known === undefined) {
    const by = keptBy(condition)
    known = by === undefined ? null : { by, answers: new WeakMap() }
    kept.set(condition, known)
  }
  if (known === null) return condition.evaluate(scope())
  const attributes = (known.by === 'person' ? person : resource) ?? NO_ATTRIBUTES
  const before = known.answers.get(attributes)
  if (before !== undefined) return before
  const outcome = condition.evaluate(scope())
  known.answers.set(attributes, outcome)
  return outcome
}

/** Whose attributes alone it reads, if that is so. */
function keptBy({ isStable, reads }: Condition): Kept['by'] | undefined {
  if (!isStable || reads.lookup || reads.tenant.length > 0) return undefined
  const [person, resource] = [reads.subject, reads.resource]
  if ([...person, ...resource].some((name) => NOT_KEPT.has(name))) return undefined
  if (person.length === 0) return 'resource'
  return resource.length === 0 ? 'person' : undefined
}
