// Edits of the document that the matrix and the forms make. Each is made to the text, so that comments stay. Pure.

import type { PolicyDocument, RuleDocument } from '@sayso/policy'
import type { PolicyEdit } from '@sayso/policy/editing'
import { asked, canOf, closureOf, extendsOf, grants, isPlain, type RowKey } from './matrix.ts'

export type Wish = 'allow' | 'forbid' | 'none'

export type Wished =
  | { readonly kind: 'edits'; readonly edits: readonly PolicyEdit[] }
  /** It is given by another role, of which this one takes over all. */
  | { readonly kind: 'inherited'; readonly from: RowKey }
  /** A rule says so, which concerns others as well. */
  | { readonly kind: 'ruled'; readonly rule: number }

/** What has to be edited so that a role may, may not, or is not given an action. */
export function wished(
  document: PolicyDocument,
  at: { readonly type: string; readonly row: RowKey; readonly action: string },
  wish: Wish,
): Wished {
  const { type, row, action } = at
  const closure = closureOf(document, type, row)
  const source = closure.find((role) => grants(canOf(document, type, role), action))
  const own = source === row
  if (wish === 'forbid') return { kind: 'edits', edits: forbid(document, at) }
  const lifted = lift(document, at)
  if (lifted.kind !== 'edits') return lifted
  if (wish === 'allow') {
    const given = source === undefined ? give(document, at) : []
    return { kind: 'edits', edits: [...lifted.edits, ...given] }
  }
  const inherited = closure.slice(1).find((role) => grants(canOf(document, type, role), action))
  if (inherited !== undefined) return { kind: 'inherited', from: inherited }
  return { kind: 'edits', edits: [...lifted.edits, ...(own ? take(document, at) : [])] }
}

type At = { readonly type: string; readonly row: RowKey; readonly action: string }

function canPath({ type, row }: At): readonly string[] {
  const [, onTenant] = row.split('tenant#')
  return onTenant === undefined
    ? ['types', type, 'roles', row, 'can']
    : ['tenant', 'roles', onTenant, 'can', type]
}

function give(document: PolicyDocument, at: At): readonly PolicyEdit[] {
  const can = canOf(document, at.type, at.row)
  const path = canPath(at)
  if (can.length === 0) return [{ path, value: [at.action] }]
  return [{ path: [...path, can.length], value: at.action }]
}

function take(document: PolicyDocument, at: At): readonly PolicyEdit[] {
  const can = canOf(document, at.type, at.row)
  const path = canPath(at)
  if (can.includes('*')) {
    const all = document.types[at.type]?.actions ?? []
    return [{ path, value: all.filter((action) => action !== at.action) }]
  }
  if (can.length === 1) return [{ path, value: [] }]
  return [{ path: [...path, can.indexOf(at.action)], value: undefined }]
}

/**
 * Who takes over from the role, and who may by a role on the tenant, stay as they are. A role that gives nothing is held to
 * take away, so nobody is spared.
 */
function sparedBy(document: PolicyDocument, { type, row, action }: At): readonly RowKey[] {
  const gives = closureOf(document, type, row).some(
    (role) => canOf(document, type, role).length > 0,
  )
  if (!gives) return []
  const above = Object.keys(document.types[type]?.roles ?? {}).filter((role) =>
    extendsOf(document, type, role).includes(row),
  )
  const onTenant = Object.keys(document.tenant.roles)
    .map((role) => `tenant#${role}`)
    .filter(
      (role) =>
        role !== row &&
        closureOf(document, type, role).some((each) => grants(canOf(document, type, each), action)),
    )
  return [...above, ...onTenant]
}

function forbid(document: PolicyDocument, at: At): readonly PolicyEdit[] {
  const rules = document.types[at.type]?.rules ?? []
  const path = ['types', at.type, 'rules']
  const unless = sparedBy(document, at)
  const index = rules.findIndex(
    (rule) => isOnlyFor(rule, at.row) && sameNames(rule.unless ?? [], unless),
  )
  const known = rules[index]
  if (known !== undefined) {
    if (grants(asked(known), at.action)) return []
    return [{ path: [...path, index, 'forbid'], value: [...asked(known), at.action] }]
  }
  const rule: RuleDocument = {
    id: freeId(rules, `no-${at.row.replace('#', '-')}`),
    forbid: [at.action],
    to: [at.row],
    ...(unless.length === 0 ? {} : { unless }),
  }
  if (rules.length === 0) return [{ path, value: [rule] }]
  return [{ path: [...path, rules.length], value: rule }]
}

/** Takes back what forbids it to this role alone. */
function lift(document: PolicyDocument, at: At): Wished {
  const rules = document.types[at.type]?.rules ?? []
  const closure = closureOf(document, at.type, at.row)
  const concerned = rules.flatMap((rule, index) => {
    const isSpared = rule.unless?.some((role) => closure.includes(role)) === true
    const isMeant = rule.to === undefined || rule.to.some((role) => closure.includes(role))
    const isPlainForbid = rule.forbid !== undefined && isPlain(rule)
    return isPlainForbid && isMeant && !isSpared && grants(asked(rule), at.action)
      ? [{ rule, index }]
      : []
  })
  const foreign = concerned.find(({ rule }) => !isOnlyFor(rule, at.row))
  if (foreign !== undefined) return { kind: 'ruled', rule: foreign.index }
  // From the last, so that positions before it stay.
  const edits = concerned.toReversed().map(({ rule, index }): PolicyEdit => {
    const path = ['types', at.type, 'rules', index]
    const all = asked(rule).includes('*') ? (document.types[at.type]?.actions ?? []) : asked(rule)
    const left = all.filter((action) => action !== at.action)
    return left.length === 0
      ? { path, value: undefined }
      : { path: [...path, 'forbid'], value: left }
  })
  return { kind: 'edits', edits }
}

function isOnlyFor(rule: RuleDocument, row: RowKey): boolean {
  return rule.forbid !== undefined && isPlain(rule) && rule.to?.length === 1 && rule.to[0] === row
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name))
}

export function freeId(rules: readonly RuleDocument[], wanted: string): string {
  const taken = new Set(rules.map(({ id }) => id))
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? wanted : `${wanted}-${count}`
    if (!taken.has(id)) return id
  }
}

/** The next state by pressing the same key again. */
export function nextWish(kind: 'allowed' | 'inherited' | 'forbidden' | 'never'): Wish {
  if (kind === 'forbidden') return 'none'
  return kind === 'never' ? 'allow' : 'forbid'
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

export function isName(text: string): boolean {
  return NAME.test(text)
}

/** `Guest speaker` is `guest-speaker`. */
export function nameFrom(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64)
}
