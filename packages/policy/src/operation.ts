// The operations a capability can name, and sets of them as bits: a set is one number, an intersection one `&`.

/** The words of the wire; the policy uses the same where they coincide with its actions. */
export const OPERATIONS = [
  'subscribe',
  'publish',
  'presence',
  'history',
  'stats',
  'channel-metadata',
  'push-subscribe',
  'push-admin',
  'privileged-headers',
  'object-subscribe',
  'object-publish',
  'annotation-subscribe',
  'annotation-publish',
  'message-update-own',
  'message-update-any',
  'message-delete-own',
  'message-delete-any',
] as const

export type Operation = (typeof OPERATIONS)[number]

/** A set of operations. Bit i stands for `OPERATIONS[i]`. */
export type OperationSet = number

export const NO_OPERATIONS: OperationSet = 0
/** One bit more than the operations have, so that `*` stays `*` and does not become a list. */
const STAR: OperationSet = 1 << OPERATIONS.length
const EVERY: OperationSet = STAR | (STAR - 1)

const BITS: ReadonlyMap<string, OperationSet> = new Map([
  ['*', EVERY],
  ...OPERATIONS.map((operation, i): [string, OperationSet] => [operation, 1 << i]),
])

export function isOperation(word: string): word is Operation {
  return word !== '*' && BITS.has(word)
}

/** The set of one word, `*` included; no word of ours is the empty set. */
export function operationSet(word: string): OperationSet {
  return BITS.get(word) ?? NO_OPERATIONS
}

/** A set as capabilities write it: `['*']`, or its operations in alphabetical order. */
export function operationWords(set: OperationSet): readonly string[] {
  return (set & STAR) === 0 ? [...operationsIn(set)].sort() : ['*']
}

/** The operations of a set in the order of `OPERATIONS`. */
export function operationsIn(set: OperationSet): readonly Operation[] {
  return OPERATIONS.filter((_, i) => (set & (1 << i)) !== 0)
}
