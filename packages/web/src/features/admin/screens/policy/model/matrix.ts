// What every role may do on a type: roles in rows, actions in columns. Pure.

import type { PolicyDocument, RuleDocument } from '@sayso/policy'

/** `moderator` for a role of the type, `tenant#admin` for one on the tenant. */
export type RowKey = string

export type MatrixRow = {
  readonly key: RowKey
  readonly role: string
  /** Held on the whole tenant, and counts on every instance. */
  readonly isTenant: boolean
  readonly title: string
  readonly glyph?: string | undefined
  readonly tone?: string | undefined
}

export type MatrixCell = {
  readonly kind: 'allowed' | 'inherited' | 'forbidden' | 'never'
  /** The row it is inherited from. */
  readonly from?: RowKey
  /** Only with a condition, or for a time. */
  readonly isConditional: boolean
  /** Positions of the rules of the type that have a say. */
  readonly rules: readonly number[]
}

/** One cell. */
export type Chosen = { readonly row: RowKey; readonly action: string }

export type Matrix = {
  readonly type: string
  readonly rows: readonly MatrixRow[]
  readonly actions: readonly string[]
  readonly cell: (row: RowKey, action: string) => MatrixCell
}

const TENANT = 'tenant#'
const NEVER: MatrixCell = { kind: 'never', isConditional: false, rules: [] }

export function matrixOf(document: PolicyDocument, type: string): Matrix {
  const rows = rowsOf(document, type)
  const actions = document.types[type]?.actions ?? []
  const rules = document.types[type]?.rules ?? []
  const closures = new Map(rows.map(({ key }) => [key, closureOf(document, type, key)]))
  const known = new Map<string, MatrixCell>()
  return {
    type,
    rows,
    actions,
    cell: (row, action) => {
      const key = `${row} ${action}`
      const old = known.get(key)
      if (old !== undefined) return old
      const closure = closures.get(row)
      const made = closure === undefined ? NEVER : cellOf(document, type, closure, action, rules)
      known.set(key, made)
      return made
    },
  }
}

/** Those on the tenant first; who takes over from others stands above them. */
export function rowsOf(document: PolicyDocument, type: string): readonly MatrixRow[] {
  const depth = (key: RowKey) => depthOf(document, type, key)
  const onTenant = Object.entries(document.tenant.roles).map(([role, one]) =>
    rowOf(role, one, true),
  )
  const own = Object.entries(document.types[type]?.roles ?? {}).map(([role, one]) =>
    rowOf(role, one, false),
  )
  const sorted = (rows: readonly MatrixRow[]) =>
    [...rows].sort((a, b) => depth(b.key) - depth(a.key))
  const grants = ({ role }: MatrixRow) =>
    type === 'tenant' ||
    closureOf(document, type, TENANT + role).some((each) => canOf(document, type, each).length > 0)
  return [...sorted(onTenant).filter(grants), ...sorted(own)]
}

function rowOf(
  role: string,
  looks: { readonly title?: string; readonly glyph?: string; readonly tone?: string },
  isTenant: boolean,
): MatrixRow {
  const { title, glyph, tone } = looks
  return { key: isTenant ? TENANT + role : role, role, isTenant, title: title ?? role, glyph, tone }
}

function cellOf(
  document: PolicyDocument,
  type: string,
  closure: readonly RowKey[],
  action: string,
  rules: readonly RuleDocument[],
): MatrixCell {
  const concerned = rules.flatMap((rule, index) =>
    concerns(rule, closure) && asksFor(rule, action) ? [{ rule, index }] : [],
  )
  const indexes = concerned.map(({ index }) => index)
  const forbidden = concerned.some(({ rule }) => rule.forbid !== undefined && isPlain(rule))
  if (forbidden) return { kind: 'forbidden', isConditional: false, rules: indexes }
  const [own] = closure
  const source = closure.find((role) => grants(canOf(document, type, role), action))
  const allows = concerned.filter(({ rule }) => rule.allow !== undefined)
  const isOpen = document.types[type]?.default === 'allow'
  const limited = concerned.some(({ rule }) => rule.allow === undefined)
  if (source !== undefined) {
    const inherited =
      source === own ? { kind: 'allowed' as const } : { kind: 'inherited' as const, from: source }
    return { ...inherited, isConditional: limited, rules: indexes }
  }
  if (allows.length > 0 || isOpen) {
    const isConditional = limited || (!isOpen && allows.every(({ rule }) => !isPlain(rule)))
    return { kind: 'allowed', isConditional, rules: indexes }
  }
  return { ...NEVER, rules: indexes }
}

/** The role itself, then all it takes over from, nearest first. */
export function closureOf(document: PolicyDocument, type: string, key: RowKey): readonly RowKey[] {
  const found = [key]
  for (const role of found) {
    for (const next of extendsOf(document, type, role)) if (!found.includes(next)) found.push(next)
  }
  return found
}

export function extendsOf(document: PolicyDocument, type: string, key: RowKey): readonly RowKey[] {
  if (key.startsWith(TENANT)) {
    const role = document.tenant.roles[key.slice(TENANT.length)]
    return (role?.extends ?? []).map((name) => TENANT + name)
  }
  return document.types[type]?.roles[key]?.extends ?? []
}

/** Actions a role was given itself; `*` is all. */
export function canOf(document: PolicyDocument, type: string, key: RowKey): readonly string[] {
  if (key.startsWith(TENANT))
    return document.tenant.roles[key.slice(TENANT.length)]?.can?.[type] ?? []
  return document.types[type]?.roles[key]?.can ?? []
}

function depthOf(document: PolicyDocument, type: string, key: RowKey): number {
  return closureOf(document, type, key).length - 1
}

export function grants(can: readonly string[], action: string): boolean {
  return can.includes('*') || can.includes(action)
}

export function asked(rule: RuleDocument): readonly string[] {
  const said = rule.forbid ?? rule.require ?? rule.allow ?? []
  return typeof said === 'string' ? [said] : said
}

function asksFor(rule: RuleDocument, action: string): boolean {
  return grants(asked(rule), action)
}

/** Holders of a role that takes over from another count as its holders. */
function concerns(rule: RuleDocument, closure: readonly RowKey[]): boolean {
  if (rule.unless?.some((role) => closure.includes(role)) === true) return false
  return rule.to === undefined || rule.to.some((role) => closure.includes(role))
}

/** True if it always counts. */
export function isPlain(rule: RuleDocument): boolean {
  return rule.when === undefined && rule.from === undefined && rule.until === undefined
}

/** The rows in which two roles differ, or only those that fit what was typed. */
export function columnsShown(
  matrix: Matrix,
  filter: { readonly text: string; readonly compare?: readonly [RowKey, RowKey] | undefined },
  titleOf: (action: string) => string,
): readonly string[] {
  const word = filter.text.trim().toLowerCase()
  return matrix.actions.filter((action) => {
    if (filter.compare !== undefined) {
      const [one, two] = filter.compare.map((row) => wordOf(matrix.cell(row, action)))
      if (one === two) return false
    }
    return word === '' || `${action} ${titleOf(action)}`.toLowerCase().includes(word)
  })
}

/** What counts of a cell: who may, not by which way. */
function wordOf({ kind, isConditional }: MatrixCell): string {
  return `${kind === 'inherited' ? 'allowed' : kind}${isConditional ? ' if' : ''}`
}

export function isSameCell(one: MatrixCell, other: MatrixCell): boolean {
  return wordOf(one) === wordOf(other) && one.kind === other.kind
}

export type ActionGroup = 'read' | 'write' | 'moderate' | 'manage' | 'more'

const GROUPS: readonly (readonly [ActionGroup, RegExp])[] = [
  [
    'read',
    /^(subscribe|history|presence|presence-subscribe|channel-metadata|message-history|annotation-subscribe|explain|(read|view|see|list|search|export)(-.*)?)$/,
  ],
  ['moderate', /(-any$|^(promote|demote|mute|remove|ban|pin|admit|set-pace|archive|close.*)$)/],
  ['manage', /^(configure|assign.*|manage.*|edit-policy|invite|admin.*|create.*|delete)$/],
  [
    'write',
    /^(publish|attach.*|mention.*|annotation-publish|message-.*-own|report|send.*|write.*|post.*|react.*|edit.*|update.*|comment.*|message-people)$/,
  ],
]

export function groupOf(action: string): ActionGroup {
  return GROUPS.find(([, pattern]) => pattern.test(action))?.[0] ?? 'more'
}

const ORDER: readonly ActionGroup[] = ['read', 'write', 'moderate', 'manage', 'more']

/** Columns of a kind stand together, in the order the type lists them. */
export function grouped(actions: readonly string[]): readonly string[] {
  return ORDER.flatMap((group) => actions.filter((action) => groupOf(action) === group))
}
