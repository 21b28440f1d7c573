// The rules, derivations and message forms of one resource type, ready for questions.

import { closedOver, ownOr } from './compile-roles.ts'
import {
  type CompiledField,
  type CompiledMessage,
  type Derivation,
  RECEIVE,
  type RoleSelection,
  type Rule,
  type RulesOfAction,
  TENANT_TYPE,
} from './compiled.ts'
import {
  compileCondition,
  type Declarations,
  declarationsOf,
} from './condition/compile-condition.ts'
import type {
  DerivationDocument,
  FieldSchema,
  MessageSchema,
  PolicyDocument,
  ResourceTypeDocument,
  RoleRef,
  RuleDocument,
} from './document-types.ts'
import { parseInstant } from './instant.ts'
import type { Action, RelationName, RoleName } from './names.ts'

/** One type of a document, with what its parts are compiled against. */
export type TypeContext = {
  readonly document: PolicyDocument
  readonly name: string
  readonly type: ResourceTypeDocument
  readonly declarations: Declarations
}

export function typeContext(
  document: PolicyDocument,
  name: string,
  type: ResourceTypeDocument,
): TypeContext {
  return { document, name, type, declarations: declarationsOf(document, name) }
}

/** What a rule of a document says it does; undefined if it says nothing, or more than one thing. */
export function verbOf(
  rule: RuleDocument,
): { verb: Rule['verb']; words: readonly Action[] } | undefined {
  const said = (['allow', 'forbid', 'require'] as const).filter((verb) => rule[verb] !== undefined)
  const [verb, ...more] = said
  const words = verb && rule[verb]
  if (!verb || words === undefined || more.length > 0) return undefined
  return { verb, words: typeof words === 'string' ? [words] : words }
}

export function compileRules(context: TypeContext): readonly Rule[] {
  return (context.type.rules ?? []).flatMap((rule, i) => compileRule(context, rule, i) ?? [])
}

function compileRule(context: TypeContext, rule: RuleDocument, i: number): Rule | undefined {
  const said = verbOf(rule)
  if (!said) return undefined
  const { verb, words } = said
  const known = new Set(context.type.actions)
  const listed = words.includes('*') ? [...context.type.actions, ...words] : words
  const actions = new Set(
    listed.filter((word) => known.has(word) || (word === RECEIVE && verb !== 'allow')),
  )
  return {
    verb,
    actions,
    statement: `types.${context.name}.rules${rule.id === undefined ? `[${i}]` : `.${rule.id}`}`,
    ...(rule.to && { to: selection(context, rule.to) }),
    ...(rule.unless && { unless: selection(context, rule.unless) }),
    ...(rule.when !== undefined && { when: compileCondition(rule.when, context.declarations) }),
    ...(rule.message !== undefined && { message: rule.message }),
    ...boundsOf(rule),
  }
}

/** A bound that is no instant cannot come from a validated document; an *allow* with one never counts. */
function boundsOf(rule: RuleDocument): { fromMs?: number; untilMs?: number } {
  const isAllow = rule.allow !== undefined
  const fromMs = bound(rule.from, isAllow ? Number.POSITIVE_INFINITY : undefined)
  const untilMs = bound(rule.until, isAllow ? Number.NEGATIVE_INFINITY : undefined)
  return { ...(fromMs !== undefined && { fromMs }), ...(untilMs !== undefined && { untilMs }) }
}

function bound(text: string | undefined, otherwise: number | undefined): number | undefined {
  return text === undefined ? undefined : (parseInstant(text) ?? otherwise)
}

const ON_TENANT = `${TENANT_TYPE}#`

/** The role and where it is held; `tenant#lead` is held on the tenant. */
export function refParts(ref: RoleRef): { role: RoleName; isTenant: boolean } {
  return ref.startsWith(ON_TENANT)
    ? { role: ref.slice(ON_TENANT.length), isTenant: true }
    : { role: ref, isTenant: false }
}

function selection({ document, type }: TypeContext, refs: readonly RoleRef[]): RoleSelection {
  const parts = refs.map(refParts)
  const named = (isTenant: boolean) =>
    parts.filter((part) => part.isTenant === isTenant).map(({ role }) => role)
  return {
    here: closedOver(type.roles, named(false)),
    tenant: closedOver(document.tenant.roles, named(true)),
  }
}

/** Rules by action, for those that some rule speaks of. */
export function byAction(rules: readonly Rule[]): ReadonlyMap<Action, RulesOfAction> {
  const actions = new Set(rules.flatMap((rule) => [...rule.actions]))
  return new Map(
    [...actions].map((action) => {
      const about = rules.filter((rule) => rule.actions.has(action))
      const of = (verb: Rule['verb']) => about.filter((rule) => rule.verb === verb)
      return [action, { allow: of('allow'), forbid: of('forbid'), require: of('require') }]
    }),
  )
}

/** When rules start and end; sorted, each once. */
export function instantsOf(rules: readonly Rule[]): readonly number[] {
  const instants = rules.flatMap(({ fromMs, untilMs }) => [fromMs ?? [], untilMs ?? []].flat())
  return [...new Set(instants.filter(Number.isFinite))].sort((a, b) => a - b)
}

export function compileRelations(
  type: ResourceTypeDocument,
): ReadonlyMap<RelationName, ReadonlySet<string>> {
  return new Map(
    Object.entries(type.relations ?? {}).map(([name, types]) => [name, new Set(types)]),
  )
}

export function compileDerivations(
  context: TypeContext,
): ReadonlyMap<RoleName, readonly Derivation[]> {
  return new Map(
    Object.entries(context.type.roles).flatMap(([gives, role]) => {
      const from = (role.from ?? []).map((derivation, i) => {
        const statement = `types.${context.name}.roles.${gives}.from[${i}]`
        const exceptDirect = (role.except_direct ?? false) || (derivation.except_direct ?? false)
        return compileDerivation(context, derivation, { gives, exceptDirect, statement })
      })
      return from.length > 0 ? [[gives, from] as const] : []
    }),
  )
}

function compileDerivation(
  { document, type, declarations }: TypeContext,
  { role, via, when }: DerivationDocument,
  rest: Pick<Derivation, 'gives' | 'exceptDirect' | 'statement'>,
): Derivation {
  const targets = (ownOr(type.relations, via) ?? []).filter((target) => {
    const roles: Readonly<Record<RoleName, unknown>> | undefined =
      target === TENANT_TYPE ? document.tenant.roles : ownOr(document.types, target)?.roles
    return ownOr(roles, role) !== undefined
  })
  return {
    ...rest,
    role,
    via,
    targets: new Set(targets),
    ...(when !== undefined && { when: compileCondition(when, declarations) }),
  }
}

/** Derivations by relation and then by the role on the target. */
export function byEdge(
  rolesFrom: ReadonlyMap<RoleName, readonly Derivation[]>,
): ReadonlyMap<RelationName, ReadonlyMap<RoleName, readonly Derivation[]>> {
  const edges = new Map<RelationName, Map<RoleName, Derivation[]>>()
  for (const derivation of [...rolesFrom.values()].flat()) {
    const roles = edges.get(derivation.via) ?? new Map<RoleName, Derivation[]>()
    roles.set(derivation.role, [...(roles.get(derivation.role) ?? []), derivation])
    edges.set(derivation.via, roles)
  }
  return edges
}

export function compileMessages(
  messages: Readonly<Record<string, MessageSchema>>,
): ReadonlyMap<string, CompiledMessage> {
  return new Map(Object.entries(messages).map(([name, schema]) => [name, compileMessage(schema)]))
}

/** Makes the form of a message ready for `checkMessage`. */
export function compileMessage(schema: MessageSchema): CompiledMessage {
  return {
    fields: new Map(
      Object.entries(schema.fields).map(([name, field]) => [name, compileField(field)]),
    ),
  }
}

function compileField(field: FieldSchema): CompiledField {
  if (typeof field === 'string') return { type: field, isOptional: false }
  const { optional = false, one_of: oneOf, ...rest } = field
  return { ...rest, isOptional: optional, ...(oneOf && { oneOf }) }
}
