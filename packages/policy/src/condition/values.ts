// Equality, membership and keys of values as conditions know them, without the conversions of JavaScript: a list is no
// key, `1` is not `"1"`, and what objects inherit is not in them.

/** A list or an object. */
export function isCompound(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Equal by content; numbers by value, whatever their kind. Values of different kinds are not equal. */
export function isSame(one: unknown, two: unknown): boolean {
  if (typeof one === 'bigint' && typeof two === 'number') return isSame(two, one)
  if (typeof one === 'number' && typeof two === 'bigint') {
    return Number.isInteger(one) && BigInt(one) === two
  }
  if (!isCompound(one) || !isCompound(two)) return one === two
  if (Array.isArray(one) || Array.isArray(two)) {
    if (!Array.isArray(one) || !Array.isArray(two) || one.length !== two.length) return false
    return one.every((item, i) => isSame(item, two[i]))
  }
  const [own, others] = [Object.entries(one), new Map(Object.entries(two))]
  return (
    own.length === others.size &&
    own.every(([key, value]) => others.has(key) && isSame(value, others.get(key)))
  )
}

/**
 * Is it an item of the list, or a key of the object?
 *
 * @throws where that cannot be asked
 */
export function isIn(item: unknown, where: unknown): boolean {
  if (Array.isArray(where)) return where.some((one) => isSame(one, item))
  if (!isCompound(where)) throw new Error('only lists and objects have something in them')
  if (isCompound(item) || item === null) throw new Error('only a text can be a key')
  return typeof item === 'string' && Object.hasOwn(where, item)
}

/** @throws if an object is asked for what is no key */
export function checkKey(owner: unknown, key: unknown): void {
  if (!isCompound(owner) || Array.isArray(owner) || typeof key === 'string') return
  throw new Error('only a text can be a key')
}
