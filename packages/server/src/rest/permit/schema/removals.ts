// What goes along when a part of the schema is taken away: everything in the document that speaks of it, and the facts.

import type { PolicyDocument, ResourceId, RightsChange, World } from '@sayso/policy'
import { typeOf } from '@sayso/policy'
import type { Draft, SchemaDraft } from './draft.ts'

type Document = Draft<PolicyDocument>
type Rule = NonNullable<Document['types'][string]['rules']>[number]

/** Takes a type away, with its instances. */
export function removeType(draft: SchemaDraft, type: string): void {
  const { document, world } = draft
  delete document.types[type]
  draft.forget(`type/${type}`)
  for (const role of Object.values(document.tenant.roles)) {
    if (role.can) role.can = withoutKey(role.can, type)
  }
  for (const other of Object.keys(document.types)) {
    for (const [relation, targets] of Object.entries(document.types[other]?.relations ?? {})) {
      if (!targets.includes(type)) continue
      if (targets.length === 1) removeRelation(draft, other, relation)
      else dropTarget(draft, other, relation, type)
    }
  }
  removeFromSettings(document, type)
  for (const [resource] of world.facts.resourcesOfType(type)) {
    draft.changes.push({ kind: 'remove-resource', resource })
  }
}

function withoutKey<V>(record: Record<string, V>, key: string): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}

function removeFromSettings({ settings, seed }: Document, type: string): void {
  if (seed?.resources) {
    for (const resource of Object.keys(seed.resources)) {
      if (typeOf(resource as ResourceId) === type) delete seed.resources[resource]
    }
  }
  if (!settings) return
  const isElsewhere = ({ on }: { on: ResourceId }) => typeOf(on) !== type
  if (settings.home !== undefined && typeOf(settings.home) === type) delete settings.home
  const isOther = (each: { type: string }) => each.type !== type
  retain(settings.sign_in, isElsewhere)
  retain(settings.owner, isElsewhere)
  retain(settings.promotions, isOther)
  for (const { also } of settings.promotions ?? []) retain(also, isElsewhere)
  retain(settings.admissions, isOther)
  retain(settings.restraints, isOther)
}

/** Takes a relation away, with what is derived along it and the tuples of it. */
export function removeRelation(draft: SchemaDraft, type: string, relation: string): void {
  const own = draft.document.types[type]
  if (!own?.relations) return
  delete own.relations[relation]
  if (Object.keys(own.relations).length === 0) delete own.relations
  for (const role of Object.values(own.roles)) {
    if (!role.from) continue
    role.from = role.from.filter(({ via }) => via !== relation)
    if (role.from.length === 0) delete role.from
  }
  unnote(draft, type, 'relations', relation)
  draft.changes.push(...tuplesOf(draft.world, type, relation))
}

/** A relation loses one of several types it may point to. */
function dropTarget(draft: SchemaDraft, type: string, relation: string, target: string): void {
  const own = draft.document.types[type]
  if (!own?.relations) return
  const left = (own.relations[relation] ?? []).filter((each) => each !== target)
  own.relations[relation] = left
  const knows = (role: string) =>
    left.some((each) => draft.document.types[each]?.roles[role] !== undefined)
  for (const role of Object.values(own.roles)) {
    if (!role.from) continue
    role.from = role.from.filter((from) => from.via !== relation || knows(from.role))
    if (role.from.length === 0) delete role.from
  }
}

export function* tuplesOf(world: World, type: string, relation: string): Generator<RightsChange> {
  for (const [resource] of world.facts.resourcesOfType(type)) {
    for (const target of world.facts.targetsOf(resource, relation)) {
      yield { kind: 'unrelate', resource, relation, target }
    }
  }
}

/** Takes an action away, wherever it is allowed, forbidden or asked for. */
export function removeAction(draft: SchemaDraft, type: string, action: string): void {
  const { document } = draft
  const own = document.types[type]
  if (!own) return
  own.actions = own.actions.filter((each) => each !== action)
  for (const role of Object.values(own.roles)) {
    if (role.can) role.can = role.can.filter((each) => each !== action)
  }
  for (const role of Object.values(document.tenant.roles)) {
    const can = role.can?.[type]
    if (role.can && can) role.can[type] = can.filter((each) => each !== action)
  }
  if (own.rules) own.rules = own.rules.flatMap((rule) => withoutAction(rule, action))
  retain(document.settings?.restraints, (e) => e.type !== type || e.action !== action)
  unnote(draft, type, 'actions', action)
  const note = draft.note(`type/${type}`)
  for (const group of Object.values(note?.groups ?? {})) {
    group.actions = group.actions.filter((each) => each !== action)
  }
}

function withoutAction(rule: Rule, action: string): Rule[] {
  for (const verb of ['allow', 'forbid', 'require'] as const) {
    const said = rule[verb]
    if (said === undefined) continue
    if (said === action) return []
    if (typeof said === 'string' || !said.includes(action)) return [rule]
    const left = said.filter((each) => each !== action)
    return left.length === 0 ? [] : [{ ...rule, [verb]: left }]
  }
  return [rule]
}

/** Takes a role of a type away, with what is derived from it and whoever holds it. */
export function removeRole(draft: SchemaDraft, type: string, role: string): void {
  const { document, world } = draft
  const own = document.types[type]
  if (!own) return
  delete own.roles[role]
  withoutParent(own.roles, role)
  if (own.rules) own.rules = own.rules.flatMap((rule) => withoutRef(rule, role))
  for (const other of Object.values(document.types)) {
    dropDerivations(document, other, role, (via) => other.relations?.[via]?.includes(type) === true)
  }
  removeRoleSettings(document, role, (on) => typeOf(on) === type)
  const { settings } = document
  const isOther = (each: { type: string; gives: string }) =>
    each.type !== type || each.gives !== role
  retain(
    settings?.promotions,
    (each) => isOther(each) && (each.type !== type || each.replaces !== role),
  )
  retain(settings?.admissions, isOther)
  retain(settings?.restraints, isOther)
  unnote(draft, type, 'roles', role)
  for (const [resource] of world.facts.resourcesOfType(type)) {
    draft.changes.push(...holdersOf(world, resource, role))
  }
}

/** Takes a role on tenants away, with whoever holds it. */
export function removeTenantRole(
  draft: SchemaDraft,
  role: string,
  tenants: Iterable<ResourceId>,
): void {
  const { document, world } = draft
  delete document.tenant.roles[role]
  withoutParent(document.tenant.roles, role)
  for (const type of Object.values(document.types)) {
    if (type.rules) type.rules = type.rules.flatMap((rule) => withoutRef(rule, `tenant#${role}`))
    dropDerivations(
      document,
      type,
      role,
      (via) => type.relations?.[via]?.includes('tenant') === true,
    )
  }
  removeRoleSettings(document, role, (on) => typeOf(on) === 'tenant')
  draft.forget(`role/${role}`)
  for (const tenant of tenants) draft.changes.push(...holdersOf(world, tenant, role))
}

function* holdersOf(world: World, resource: ResourceId, role: string): Generator<RightsChange> {
  for (const [subject, roles] of world.facts.holdersOn(resource)) {
    if (!roles.includes(role)) continue
    yield { kind: 'unassign', tuple: { resource, role, subject } }
  }
}

function withoutParent(roles: Record<string, { extends?: string[] }>, parent: string): void {
  for (const role of Object.values(roles)) {
    if (!role.extends) continue
    role.extends = role.extends.filter((each) => each !== parent)
    if (role.extends.length === 0) delete role.extends
  }
}

/** A rule that was for this role alone is for nobody: it goes. */
function withoutRef(rule: Rule, ref: string): Rule[] {
  const next = { ...rule }
  if (next.to) {
    next.to = next.to.filter((each) => each !== ref)
    if (next.to.length === 0) return []
  }
  if (next.unless) {
    next.unless = next.unless.filter((each) => each !== ref)
    if (next.unless.length === 0) delete next.unless
  }
  return [next]
}

/** Derivations from a role that no other type the relation points to knows as well. */
function dropDerivations(
  document: Document,
  type: Document['types'][string],
  role: string,
  isVia: (relation: string) => boolean,
): void {
  const isKnown = (via: string) =>
    (type.relations?.[via] ?? []).some((target) =>
      Object.hasOwn(
        target === 'tenant' ? document.tenant.roles : (document.types[target]?.roles ?? {}),
        role,
      ),
    )
  for (const each of Object.values(type.roles)) {
    if (!each.from) continue
    each.from = each.from.filter(
      (from) => from.role !== role || !isVia(from.via) || isKnown(from.via),
    )
    if (each.from.length === 0) delete each.from
  }
}

function removeRoleSettings(
  { settings }: Document,
  role: string,
  isThere: (on: ResourceId) => boolean,
): void {
  if (!settings) return
  const isOther = (each: { role: string; on: ResourceId }) =>
    each.role !== role || !isThere(each.on)
  retain(settings.sign_in, isOther)
  retain(settings.owner, isOther)
  for (const { also } of settings.promotions ?? []) retain(also, isOther)
}

export function unnote(
  draft: SchemaDraft,
  type: string,
  part: 'actions' | 'attributes' | 'roles' | 'relations' | 'groups',
  name: string,
): void {
  const notes = draft.note(`type/${type}`)?.[part]
  if (notes) delete (notes as Record<string, unknown>)[name]
}

/** Keeps of a list, where it is, what passes. */
function retain<T>(list: T[] | undefined, isKept: (item: T) => boolean): void {
  if (list) list.splice(0, list.length, ...list.filter(isKept))
}
