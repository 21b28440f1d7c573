// What the conditions of a policy read, as far as it decides who can be answered together.

import type { Derivation, Policy, PolicyType } from '../compiled.ts'
import type { Condition, Scope } from '../condition/condition.ts'

type Conditions = readonly Condition[]

/** The conditions of a type by how far their answers differ. */
type Readings = {
  /** By the person alone. */
  readonly person: Conditions
  /** By the resource alone: of derivations, and of rules that standing answers ask. */
  readonly derivingByResource: Conditions
  readonly standingByResource: Conditions
  /** By the person on each resource anew. */
  readonly derivesByBoth: boolean
  readonly standingByBoth: Conditions
}

const NONE: Readings = {
  person: [],
  derivingByResource: [],
  standingByResource: [],
  derivesByBoth: false,
  standingByBoth: [],
}
const known = new WeakMap<PolicyType, Readings>()

function readingsOf(type: PolicyType | undefined): Readings {
  if (!type) return NONE
  const before = known.get(type)
  if (before) return before
  const ways: readonly Derivation[] = [...type.rolesFrom.values()].flat()
  const deriving = ways.flatMap(({ when }) => when ?? [])
  const standing = type.rules.flatMap(({ when }) => (when?.isStable ? [when] : []))
  const readings = {
    person: [...deriving, ...standing].filter((when) => readingOf(when) === 'person'),
    derivingByResource: deriving.filter((when) => readingOf(when) === 'resource'),
    standingByResource: standing.filter((when) => readingOf(when) === 'resource'),
    derivesByBoth: deriving.some((when) => readingOf(when) === 'both'),
    standingByBoth: standing.filter((when) => readingOf(when) === 'both'),
  }
  known.set(type, readings)
  return readings
}

function readingOf({ reads }: Condition): 'nothing' | 'resource' | 'person' | 'both' {
  // A resource has a tenant.
  const isByResource = reads.lookup || reads.resource.length > 0 || reads.tenant.length > 0
  if (reads.subject.length === 0) return isByResource ? 'resource' : 'nothing'
  return isByResource ? 'both' : 'person'
}

/** The stable conditions of a policy whose answers differ by the person alone; each text once. */
export function personalConditions(policy: Policy): Conditions {
  const all = [...policy.types.values()].flatMap((type) => readingsOf(type).person)
  return [...new Map(all.map((when) => [when.text, when])).values()]
}

/** The conditions of derivations on resources of the type whose answers differ by the resource alone. */
export function derivingConditionsOfResource(type: PolicyType | undefined): Conditions {
  return readingsOf(type).derivingByResource
}

/** The conditions of rules that standing answers ask and whose answers differ by the resource alone. */
export function standingConditionsOfResource(type: PolicyType | undefined): Conditions {
  return readingsOf(type).standingByResource
}

/** True if which roles are derived on resources of the type differs by the person on each resource anew. */
export function derivesByPerson(type: PolicyType | undefined): boolean {
  return readingsOf(type).derivesByBoth
}

/** The conditions of rules that standing answers ask and whose answers differ by the person on each resource anew. */
export function mixedConditions(type: PolicyType | undefined): Conditions {
  return readingsOf(type).standingByBoth
}

/** True, false or error: a *forbid* that cannot be answered holds, an *allow* does not. */
export function saidOf(condition: Condition, scope: Scope): 't' | 'f' | 'e' {
  const outcome = condition.evaluate(scope)
  if (outcome === true) return 't'
  return outcome === false ? 'f' : 'e'
}

/** Equal texts: whatever the facts, the same roles follow from them. */
export function derivationText({ document }: Policy): string {
  const types = Object.entries(document.types).map(([name, { relations, roles, attributes }]) => [
    name,
    relations,
    attributes,
    Object.entries(roles).map(([role, { from, except_direct }]) => [role, from, except_direct]),
  ])
  return JSON.stringify([document.tenant.key, document.people, document.tenant.attributes, types])
}
