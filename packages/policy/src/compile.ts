// From a document to a policy that answers questions. What a document means is worked out here once, not per question.

import { canonicalText } from './canonical.ts'
import { closeRoles, ownOr } from './compile-roles.ts'
import {
  byAction,
  byEdge,
  compileDerivations,
  compileMessages,
  compileRelations,
  compileRules,
  instantsOf,
  type TypeContext,
  typeContext,
} from './compile-rules.ts'
import { type Policy, type PolicyType, RECEIVE, TENANT_TYPE } from './compiled.ts'
import type { PolicyDocument } from './document-types.ts'
import type { ResourceId } from './names.ts'
import { typeOf } from './tuple.ts'

/** Compiles a validated document; an unknown word or a broken condition in one that is not grants nothing. */
export function compilePolicy(document: PolicyDocument): Policy {
  const types = new Map(
    Object.entries(document.types).map(([name, type]): [string, PolicyType] => [
      name,
      compileType(typeContext(document, name, type)),
    ]),
  )
  const governing = [...types.values()].filter((type) => type.channels !== undefined)
  const roomType = roomTypeOf(document, types, governing)
  return {
    document,
    tenant: `${TENANT_TYPE}:${document.tenant.key}` as ResourceId,
    types,
    governing,
    ...(roomType && { roomType }),
    instants: instantsOf([...types.values()].flatMap(({ rules }) => rules)),
  }
}

function compileType(context: TypeContext): PolicyType {
  const { document, name, type } = context
  const actionSet = new Set(type.actions)
  const roles = closeRoles(type.roles, (role) => role.can, actionSet)
  const onTenant = closeRoles(document.tenant.roles, (role) => ownOr(role.can, name), actionSet)
  const rules = compileRules(context)
  const rolesFrom = compileDerivations(context)
  return {
    name,
    actions: type.actions,
    actionSet,
    ...(type.channels !== undefined && { channels: splitPattern(type.channels) }),
    default: type.default ?? 'deny',
    roles,
    tenantRoles: onTenant,
    grantedBy: new Map(
      type.actions.map((action) => [
        action,
        [...roles].filter(([, allowed]) => allowed.has(action)).map(([role]) => role),
      ]),
    ),
    ...(type.attributes && { attributes: type.attributes }),
    relations: compileRelations(type),
    rolesFrom,
    derives: byEdge(rolesFrom),
    rules,
    rulesOf: byAction(rules),
    receiveRules: rules.filter((rule) => rule.actions.has(RECEIVE)),
    ...(type.messages && { messages: compileMessages(type.messages) }),
    instants: instantsOf(rules),
    fingerprint: fingerprintOf(context),
  }
}

/** Everything of the document that decisions on this type can depend on; looks are left out. */
function fingerprintOf({ document, name, type }: TypeContext): string {
  const { title: _, roles, ...decisive } = type
  const { tenant, people } = document
  return canonicalText([
    decisive,
    mapValues(roles, ({ title: _1, glyph: _2, tone: _3, ...role }) => role),
    mapValues(tenant.roles, (role) => [role.extends, ownOr(role.can, name)]),
    [document.settings?.home, tenant.key],
    // Whole numbers are told apart in conditions by what is declared, also of things looked up.
    [
      people?.attributes,
      tenant.attributes,
      mapValues(document.types, ({ attributes }) => attributes),
    ],
    // A derivation counts only for targets whose type knows the role.
    Object.values(type.relations ?? {})
      .flat()
      .map((target) => Object.keys(ownOr(document.types, target)?.roles ?? {}).sort()),
  ])
}

function mapValues<V, W>(
  record: Readonly<Record<string, V>>,
  change: (value: V) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

function splitPattern(pattern: string): { prefix: string; suffix: string } {
  const [prefix = '', suffix = ''] = pattern.split('{key}')
  return { prefix, suffix }
}

/** Rooms go where people land, or to the only type there is. With several and no home they stay ungoverned. */
function roomTypeOf(
  document: PolicyDocument,
  types: ReadonlyMap<string, PolicyType>,
  governing: readonly PolicyType[],
): PolicyType | undefined {
  const home = document.settings?.home
  const type = home === undefined ? undefined : types.get(typeOf(home))
  if (type?.channels) return type
  return governing.length === 1 ? governing[0] : undefined
}
