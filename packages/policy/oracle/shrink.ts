// Makes a failing story small enough to read: drops changes, then parts of the policy, while it still fails.

import type { RightsChange } from '../src/change.ts'
import type { PolicyDocument } from '../src/document-types.ts'
import type { Changes } from './check.ts'

/** @param fails says whether a story still shows the difference */
export function shrunk(changes: Changes, fails: (changes: Changes) => boolean): Changes {
  let least = changes
  for (let again = true; again; ) {
    again = false
    for (let n = least.length - 1; n >= 0; n -= 1) {
      for (const simpler of simplerAt(least, n)) {
        if (!fails(simpler)) continue
        least = simpler
        again = true
        break
      }
    }
  }
  return least
}

function* simplerAt(changes: Changes, n: number): Generator<Changes> {
  yield changes.filter((_, i) => i !== n)
  const change = changes[n]
  if (!change) return
  for (const simpler of simplerChanges(change)) {
    yield changes.map((one, i) => (i === n ? simpler : one))
  }
}

function* simplerChanges(change: RightsChange): Generator<RightsChange> {
  if (change.kind === 'put-policy') {
    for (const document of simplerValues(change.document)) {
      yield { ...change, document: document as PolicyDocument }
    }
  }
  if (change.kind === 'put-resource' || change.kind === 'put-person') {
    for (const name of Object.keys(change.attributes)) {
      const { [name]: _gone, ...attributes } = change.attributes
      yield { ...change, attributes }
    }
  }
}

const NEEDED = ['version', 'tenant', 'types', 'key', 'roles', 'actions', 'role', 'via', 'fields']

/** The same value with one field or item less, anywhere inside. */
function* simplerValues(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) yield* simplerLists(value)
  else if (typeof value === 'object' && value !== null) yield* simplerObjects(value)
}

function* simplerLists(list: readonly unknown[]): Generator<unknown> {
  for (const [n, item] of list.entries()) {
    if (list.length > 1) yield list.filter((_, i) => i !== n)
    for (const simpler of simplerValues(item)) yield list.with(n, simpler)
  }
}

function* simplerObjects(object: object): Generator<unknown> {
  for (const [name, inner] of Object.entries(object)) {
    const { [name]: _gone, ...rest } = object as Record<string, unknown>
    if (!NEEDED.includes(name)) yield rest
    for (const simpler of simplerValues(inner)) yield { ...object, [name]: simpler }
  }
}

/** A story in few lines, the way tuples are written. */
export function told(changes: Changes): string {
  return changes.map(line).join('\n')
}

function line(change: RightsChange): string {
  switch (change.kind) {
    case 'put-policy':
      return `policy ${JSON.stringify(change.document)}`
    case 'assign':
    case 'unassign': {
      const { kind, tuple, ...more } = change
      const { resource, role, subject } = tuple
      return `${kind} ${resource}#${role}@${subject} ${JSON.stringify(more)}`
    }
    case 'relate':
    case 'unrelate':
      return `${change.kind} ${change.resource}#${change.relation}@${change.target}`
    default:
      return JSON.stringify(change)
  }
}
