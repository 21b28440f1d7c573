// Any other file in YAML or JSON, read as a policy document is: bounded, checked against a schema, with line and column.

import { fieldOf, type Place, rootPlace } from './place.ts'
import type { PolicyProblem } from './problems.ts'
import type { Schema } from './schema.ts'
import { checkShape } from './shape.ts'
import { readTree, toValue } from './tree.ts'

/** Something a schema cannot say, found by whoever knows the meaning. */
export type DataProblem = {
  /** Field names from the top; as much of it as exists is pointed at. */
  readonly path: readonly string[]
  readonly message: string
  readonly remedy: string
}

/** The value, or every problem found, in the order of the file. */
export type DataReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }

/**
 * Reads a file and checks it.
 *
 * @param schema without `$ref`; what it lets through is taken to be a `T`
 * @param check  asked once the shape is right
 */
export function readData<T>(
  text: string,
  schema: Schema,
  check: (value: T) => readonly DataProblem[],
): DataReading<T> {
  const { tree, problems } = readTree(text)
  if (!tree) return { ok: false, problems: problems.list() }
  checkShape(tree, problems, schema)
  if (problems.list().length > 0) return { ok: false, problems: problems.list() }
  const value = toValue(tree) as T
  for (const { path, message, remedy } of check(value)) {
    problems.add(offsetOf(rootPlace(tree), path), path.join('.'), message, remedy)
  }
  const found = problems.list()
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, value }
}

/** Where the key of the last field stands that exists. */
function offsetOf(root: Place, path: readonly string[]): number {
  let place = root
  let offset = root.at
  for (const name of path) {
    const next = fieldOf(place, name)
    if (next === undefined) return offset
    place = next
    offset = next.keyAt
  }
  return offset
}
