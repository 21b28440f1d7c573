// Payloads as they survive every backend: JSON values plus bytes, copied so that nobody can change them afterwards.

/**
 * A deep copy of JSON-like data in which `Uint8Array` is allowed. `undefined` members are dropped, `undefined` and
 * non-finite numbers in lists become null, as in JSON.
 *
 * @throws {TypeError} for values that no wire carries: functions, bigints, dates, class instances
 */
function plainCopy(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null
  if (value instanceof Uint8Array) return bytesCopy(value)
  if (Array.isArray(value)) {
    return value.map((item) => (item === undefined ? null : plainCopy(item)))
  }
  if (!isPlainObject(value)) {
    throw new TypeError(`a message cannot hold a ${typeof value} that is neither JSON nor bytes`)
  }
  return plainRecord(value)
}

/** {@link plainCopy} for an object. A member called `__proto__` stays a member. */
export function plainRecord(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, plainCopy(member)]),
  )
}

export function bytesCopy(value: Uint8Array): Uint8Array {
  return new Uint8Array(value)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  // Objects from another realm (a worker, a test runner's context) have another Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** JSON with the members of every object in one order, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}
