// The changes that would turn an answer, as the API takes changes. Pure.

import { grantOf } from '../../model/names.ts'

type Tuple = { readonly resource: string; readonly role: string; readonly subject: string }
type Attributes = Readonly<Record<string, unknown>>

export type Suggested = {
  readonly kind: string
  readonly tuple?: Tuple
  readonly subject?: string
  readonly resource?: string
  readonly attributes?: Attributes
  readonly relation?: string
  readonly target?: string
}

/** One member of `POST /changes`. */
export type ChangeBody =
  | { readonly assign: string; readonly expires_at?: string; readonly reason?: string }
  | { readonly unassign: string }
  | { readonly relate: string }
  | { readonly unrelate: string }
  | { readonly person: string; readonly attributes: Attributes }
  | { readonly resource: string; readonly attributes: Attributes }

/** Undefined: it is not made as a change of facts. */
export function bodyOf(change: Suggested): ChangeBody | undefined {
  const { kind, tuple, resource, subject, attributes = {} } = change
  if (tuple !== undefined) return ofRole(kind, tuple)
  if (kind === 'relate' || kind === 'unrelate') return ofRelation(change)
  if (kind === 'put-person' && subject !== undefined) return { person: subject, attributes }
  return kind === 'put-resource' && resource !== undefined ? { resource, attributes } : undefined
}

function ofRole(kind: string, { resource, role, subject }: Tuple): ChangeBody | undefined {
  const text = grantOf(resource, role, subject)
  if (kind === 'assign') return { assign: text }
  return kind === 'unassign' ? { unassign: text } : undefined
}

function ofRelation({ kind, resource, relation, target }: Suggested): ChangeBody | undefined {
  if (resource === undefined || relation === undefined || target === undefined) return undefined
  const text = `${resource}#${relation}@${target}`
  return kind === 'relate' ? { relate: text } : { unrelate: text }
}

/** All of them, or nothing: some alone would turn nothing. */
export function bodiesOf(changes: readonly Suggested[]): readonly ChangeBody[] | undefined {
  const bodies = changes.map(bodyOf)
  return bodies.every((each) => each !== undefined) && bodies.length > 0 ? bodies : undefined
}

/** With an end on each role that is given; what else is changed has none. */
export function untilEnd(
  bodies: readonly ChangeBody[],
  expiresAt: string | undefined,
): readonly ChangeBody[] {
  return bodies.map((each) =>
    'assign' in each && expiresAt !== undefined ? { ...each, expires_at: expiresAt } : each,
  )
}
