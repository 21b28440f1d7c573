// Attributes as Permit writes them and as facts hold them: what has a meaning of its own here is kept apart.

import {
  type Attributes,
  type AttributeTypes,
  type AttributeValue,
  checkAttributes,
} from '@sayso/policy'
import { PermitTrouble } from '../trouble.ts'

/** Set by the system on everything. */
const RESERVED = ['id', 'anonymous', 'type', 'key']
/** What a person has besides attributes: Permit's own fields, and what signing in knows. */
export const PERSON_FIELDS = ['email', 'first_name', 'last_name', 'name', 'picture', 'verified']
/** A tenant's name and description. */
export const TENANT_FIELDS = ['title', 'about']

export type Split = {
  /** What facts hold. */
  readonly held: Attributes
  /** What a note holds; undefined if nothing. */
  readonly hidden: Attributes | undefined
}

/** Takes attributes apart by where they are kept. */
export function splitAttributes(
  attributes: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): Split {
  const isHidden = ([name]: readonly [string, unknown]) =>
    RESERVED.includes(name) || fields.includes(name)
  const entries = Object.entries(attributes) as (readonly [string, AttributeValue])[]
  const hidden = entries.filter(isHidden)
  return {
    held: Object.fromEntries(entries.filter((entry) => !isHidden(entry))),
    hidden: hidden.length === 0 ? undefined : Object.fromEntries(hidden),
  }
}

/** The attributes as they were written. */
export function joinAttributes(
  held: Attributes,
  hidden: Attributes | undefined,
  fields: readonly string[],
): Attributes {
  const shown = Object.entries(held).filter(([name]) => !fields.includes(name))
  return { ...Object.fromEntries(shown), ...hidden }
}

/**
 * Checks attributes against what is declared; what is not declared is taken, as Permit does.
 *
 * @throws {PermitTrouble} `MISMATCH_ATTRIBUTES_TYPES`
 */
export function requireAttributes(types: AttributeTypes | undefined, attributes: Attributes): void {
  const declared = Object.entries(attributes).filter(([name]) => Object.hasOwn(types ?? {}, name))
  const [problem] = [
    ...checkAttributes(undefined, attributes),
    ...checkAttributes(types, Object.fromEntries(declared)),
  ]
  if (problem === undefined) return
  throw new PermitTrouble('MISMATCH_ATTRIBUTES_TYPES', `${problem.message}; ${problem.remedy}`)
}
