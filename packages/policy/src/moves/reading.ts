// What the conditions of a policy read, as far as it decides who can be answered together.

import type { PolicyType, Rule } from '../compiled.ts'
import type { Condition } from '../condition/condition.ts'
import type { Policy } from '../policy.ts'

/**
 * How far the answer of a condition differs from person to person: not at all, by the person alone, or by the person on
 * each resource anew.
 */
export function readingOf({ reads }: Condition): 'anybody' | 'person' | 'mixed' {
  if (reads.subject.length === 0) return 'anybody'
  return reads.lookup || reads.resource.length > 0 ? 'mixed' : 'person'
}

/** The stable conditions of a policy that differ by the person alone; each text once. */
export function personalConditions(policy: Policy): readonly Condition[] {
  const found = new Map<string, Condition>()
  for (const type of policy.types.values()) {
    for (const condition of [...standingRules(type), ...derivationsIn(type)]) {
      const { when } = condition
      if (when && readingOf(when) === 'person') found.set(when.text, when)
    }
  }
  return [...found.values()]
}

/** The rules of a type that standing answers ask. */
export function standingRules(type: PolicyType): readonly Rule[] {
  return type.rules.filter(({ when }) => !when || when.isStable)
}

export function derivationsIn(type: PolicyType) {
  return [...type.rolesFrom.values()].flat()
}

/** True if which roles are derived on resources of the type differs by the person on each resource anew. */
export function derivesByPerson(type: PolicyType | undefined): boolean {
  return type !== undefined && derivationsIn(type).some(({ when }) => isMixed(when))
}

/** True if what a role comes to on resources of the type differs by the person on each resource anew. */
export function decidesByPerson(type: PolicyType | undefined): boolean {
  return type !== undefined && standingRules(type).some(({ when }) => isMixed(when))
}

function isMixed(when: Condition | undefined): boolean {
  return when !== undefined && readingOf(when) === 'mixed'
}

/** True if standing answers on resources of the type depend on nothing but roles and the person. */
export function isPlain(type: PolicyType | undefined): boolean {
  return (
    type === undefined ||
    standingRules(type).every(
      ({ when }) => !when || (when.reads.resource.length === 0 && !when.reads.lookup),
    )
  )
}

/** Equal texts: whatever the facts, the same roles follow from them. */
export function derivationText({ document }: Policy): string {
  const types = Object.entries(document.types).map(([name, { relations, roles }]) => [
    name,
    relations,
    Object.entries(roles).map(([role, { from, except_direct }]) => [role, from, except_direct]),
  ])
  return JSON.stringify([document.tenant.key, types])
}
