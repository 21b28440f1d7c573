// One text for one value: equal values give equal texts, whatever the order of their keys.

import type { PolicyDocument } from './document-types.ts'

/** The text that versions of a policy are told apart by: same meaning, same text. Hashing it is for others. */
export function canonicalPolicy(document: PolicyDocument): string {
  return canonicalText(document)
}

/** JSON without spaces, keys sorted by code unit, absent keys left out. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'null'
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  // INVARIANT: keys that are whole numbers come first in every object, so their order is settled as well.
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]))
}
