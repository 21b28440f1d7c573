// What the conditions of a policy read, as far as it decides who can be answered together.

import type { Derivation, Policy, PolicyType } from '../compiled.ts'
import type { Condition } from '../condition/condition.ts'

/**
 * How far the answer of a condition differs: by the resource alone or not at all, by the person alone, or by the person
 * on each resource anew.
 */
function readingOf({ reads }: Condition): 'resource' | 'person' | 'both' {
  if (reads.subject.length === 0) return 'resource'
  return reads.lookup || reads.resource.length > 0 ? 'both' : 'person'
}

/** The stable conditions of a policy that differ by the person alone; each text once. */
export function personalConditions(policy: Policy): readonly Condition[] {
  const found = new Map<string, Condition>()
  for (const type of policy.types.values()) {
    for (const when of [...standingConditions(type), ...derivingConditions(type)]) {
      if (readingOf(when) === 'person') found.set(when.text, when)
    }
  }
  return [...found.values()]
}

/** The conditions of the rules of a type that standing answers ask and that differ by the resource alone. */
export function conditionsOfResource(type: PolicyType | undefined): readonly Condition[] {
  return standingConditions(type).filter(
    (when) =>
      readingOf(when) === 'resource' && (when.reads.lookup || when.reads.resource.length > 0),
  )
}

/** True if which roles are derived on resources of the type differs by the person on each resource anew. */
export function derivesByPerson(type: PolicyType | undefined): boolean {
  return derivingConditions(type).some((when) => readingOf(when) === 'both')
}

/** True if what roles come to on resources of the type differs by the person on each resource anew. */
export function decidesByPerson(type: PolicyType | undefined): boolean {
  return standingConditions(type).some((when) => readingOf(when) === 'both')
}

function standingConditions(type: PolicyType | undefined): readonly Condition[] {
  return (type?.rules ?? []).flatMap(({ when }) => (when?.isStable ? [when] : []))
}

function derivingConditions(type: PolicyType | undefined): readonly Condition[] {
  const ways: readonly Derivation[] = [...(type?.rolesFrom.values() ?? [])].flat()
  return ways.flatMap(({ when }) => when ?? [])
}

/** Equal texts: whatever the facts, the same roles follow from them. */
export function derivationText({ document }: Policy): string {
  const types = Object.entries(document.types).map(([name, { relations, roles }]) => [
    name,
    relations,
    Object.entries(roles).map(([role, { from, except_direct }]) => [role, from, except_direct]),
  ])
  return JSON.stringify([document.tenant.key, document.people, document.tenant.attributes, types])
}
