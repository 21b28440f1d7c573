// What counts as plain data: the only kind of nested value that is let in from outside.

/** Levels of objects and arrays that a nested value may have. */
export const maxDepth = 32

/** Tells whether a value is an object made of members only, neither an array nor an instance of anything. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * Tells whether a value survives JSON unchanged: no bytes, no NaN, no instances, at most `maxDepth` levels, and no
 * `__proto__` member. (`constructor` and `prototype` are let in: people do write such headers, and nothing here merges.)
 */
export function isPlainJson(value: unknown, levels: number = maxDepth): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (levels === 0) return false
  if (Array.isArray(value)) return value.every((item) => isPlainJson(item, levels - 1))
  if (!isPlainObject(value)) return false
  return Object.keys(value).every(
    (key) => key !== '__proto__' && isPlainJson(value[key], levels - 1),
  )
}

/** Drops members that are null or undefined; gives the same object back if there are none. Anything else passes. */
export function withoutNulls<T>(value: T): T {
  if (!isPlainObject(value)) return value
  // Most values have nothing to drop, and this runs for every message of every frame.
  if (!Object.values(value).some(isNothing)) return value
  const kept = Object.entries(value).filter(([, member]) => !isNothing(member))
  return Object.fromEntries(kept) as T
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined
}
