// `context.author == subject.id` and the like: the commonest conditions, answered without the library where that is sure to
// come to the same.

import type { Attributes } from '../names.ts'
import type { Node } from './syntax.ts'

type Values = { readonly [R in Rooted]?: Attributes | undefined }
type Rooted = 'subject' | 'resource' | 'tenant' | 'context'
type Side = (values: Values) => unknown

const ROOTS: ReadonlySet<string> = new Set<Rooted>(['subject', 'resource', 'tenant', 'context'])

/**
 * Compares two texts as an expression does that says nothing else; undefined if it says more.
 *
 * What it makes gives undefined where a side is missing or no text: what those come to is for the library to say.
 */
export function plainEquality(node: Node): ((values: Values) => boolean | undefined) | undefined {
  if (node.op !== '==' && node.op !== '!=') return undefined
  const [left, right] = (node.args as readonly Node[]).map(sideOf)
  if (!left || !right) return undefined
  const isEqual = node.op === '=='
  return (values) => {
    const one = left(values)
    if (typeof one !== 'string') return undefined
    const two = right(values)
    return typeof two === 'string' ? (one === two) === isEqual : undefined
  }
}

/** A text, or an attribute of one of the variables. */
function sideOf({ op, args }: Node): Side | undefined {
  if (op === 'value') return typeof args === 'string' ? () => args : undefined
  if (op !== '.') return undefined
  const [of, name] = args as readonly [Node, string]
  if (of.op !== 'id' || !ROOTS.has(String(of.args))) return undefined
  const root = of.args as Rooted
  return (values) => {
    const attributes = values[root]
    return attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined
  }
}
