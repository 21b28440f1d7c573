// All that conditions could say that differ from person to person on each resource: where it comes to the same whatever
// they say, nobody has to be asked one by one.

import type { PolicyType } from '../compiled.ts'
import type { Outcome } from '../condition/condition.ts'
import type { ResourceId } from '../names.ts'
import { typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import type { Supposed } from './grants.ts'
import { mixedConditions } from './reading.ts'

const OUTCOMES: readonly Outcome[] = [true, false, { error: 'supposed' }]
/** More conditions make too many cases. */
const MOST_CONDITIONS = 4

/** Every pair of suppositions about a resource in two worlds; undefined if they are too many. */
export function suppositions(
  before: World,
  after: World,
  resource: ResourceId,
): readonly (readonly [Supposed, Supposed])[] | undefined {
  const types = [before, after].map(({ policy }) => policy.types.get(typeOf(resource)))
  const [then = [], now = []] = types.map(textsOf)
  if (isSameAsked(before, after, types)) {
    const texts = [...new Set([...then, ...now])]
    if (texts.length > MOST_CONDITIONS) return undefined
    return casesOf(texts).map((supposed) => [supposed, supposed] as const)
  }
  if (then.length + now.length > MOST_CONDITIONS) return undefined
  return casesOf(then).flatMap((was) => casesOf(now).map((is) => [was, is] as const))
}

function textsOf(type: PolicyType | undefined): readonly string[] {
  return [...new Set(mixedConditions(type).map(({ text }) => text))]
}

/** True if a condition of one text says the same of the same person in both worlds. */
function isSameAsked(
  before: World,
  after: World,
  types: readonly (PolicyType | undefined)[],
): boolean {
  const declared = [before, after].map(({ policy: { document } }, n) =>
    JSON.stringify([
      document.people,
      document.tenant.key,
      document.tenant.attributes,
      types[n]?.attributes,
    ]),
  )
  const isTheSame = declared[0] === declared[1]
  const isLookedUp = types.some((type) => mixedConditions(type).some(({ reads }) => reads.lookup))
  return before.facts === after.facts && isTheSame && !isLookedUp
}

function casesOf(texts: readonly string[]): readonly Supposed[] {
  return texts.reduce<readonly Supposed[]>(
    (cases, text) =>
      cases.flatMap((each) => OUTCOMES.map((outcome) => new Map([...each, [text, outcome]]))),
    [new Map()],
  )
}
