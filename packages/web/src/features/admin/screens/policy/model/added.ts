// A change that another screen asks the draft to make: said in the address, made once. Pure.

import type { PolicyDocument } from '@sayso/policy'
import type { PolicyEdit } from '@sayso/policy/editing'
import { wished } from './edits.ts'
import { closureOf, type RowKey } from './matrix.ts'

/**
 * `allow` and `take`: a cell of the matrix. `spare`: the role is taken out of whom a rule concerns.
 */
export type Added =
  | { readonly kind: 'allow' | 'take'; readonly row: RowKey; readonly action: string }
  | { readonly kind: 'spare'; readonly row: RowKey; readonly rule: string }

const KINDS = ['allow', 'take', 'spare'] as const

/** As it stands in the address: `allow/moderator/pin`. Names have no slash. */
export function addedText(added: Added): string {
  return [added.kind, added.row, added.kind === 'spare' ? added.rule : added.action].join('/')
}

export function addedIn(text: string | undefined): Added | undefined {
  const [said, row, last, more] = text?.split('/') ?? []
  const kind = KINDS.find((each) => each === said)
  if (kind === undefined || row === undefined || last === undefined || more !== undefined)
    return undefined
  return kind === 'spare' ? { kind, row, rule: last } : { kind, row, action: last }
}

/** Empty: it is so already, or cannot be made by an edit of that one place. */
export function addedEdits(
  document: PolicyDocument,
  type: string,
  added: Added,
): readonly PolicyEdit[] {
  if (added.kind === 'spare') return spared(document, type, added)
  const { kind, row, action } = added
  const at = { type, row, action }
  const made = wished(document, at, kind === 'allow' ? 'allow' : 'none')
  if (made.kind === 'edits') return made.edits
  // What comes from another role stays there: only this one loses it.
  const forbidden = kind === 'take' ? wished(document, at, 'forbid') : made
  return forbidden.kind === 'edits' ? forbidden.edits : []
}

function spared(
  document: PolicyDocument,
  type: string,
  { row, rule: name }: Extract<Added, { kind: 'spare' }>,
): readonly PolicyEdit[] {
  const rules = document.types[type]?.rules ?? []
  const index = rules.findIndex(({ id }, at) => (id ?? String(at)) === name)
  const rule = rules[index]
  if (rule === undefined) return []
  const unless = rule.unless ?? []
  if (closureOf(document, type, row).some((each) => unless.includes(each))) return []
  return [{ path: ['types', type, 'rules', index, 'unless'], value: [...unless, row] }]
}
