// The parts of a type as requests write them: actions, attributes, roles, relations, put into a draft.

import type { AttributeType, PolicyDocument } from '@sayso/policy'
import * as z from 'zod'
import { key, object, title, words } from '../body.ts'
import { duplicate, invalid, PermitTrouble } from '../trouble.ts'
import { resourceKey, resourceRoleKey, tenantRoleKey } from './change.ts'
import type { Draft, Note, SchemaDraft } from './draft.ts'
import { removeAction, removeRelation, removeRole, unnote } from './removals.ts'
import { isBuiltIn, type SchemaView } from './views.ts'
import { ATTRIBUTE_TYPES, actionOf, declaredType, type PermitAttributeType } from './words.ts'

export const settings = z.object({ no_direct_roles_on_object: z.boolean().optional() })
export const derivation = z.object({
  role: z.string().min(1),
  on_resource: z.string().min(1),
  linked_by_relation: z.string().min(1),
  when: settings.nullish(),
})
export const grantedTo = z
  .object({ users_with_role: z.array(derivation).nullish(), when: settings.nullish() })
  .nullish()
export const action = z.object({ name: title.nullish(), description: words, attributes: object })
export const attributeType = z.enum(ATTRIBUTE_TYPES)
export const attribute = z.object({ type: attributeType, description: words })
export const role = z.object({
  name: title.nullish(),
  description: words,
  permissions: z.array(z.string().min(1)).nullish(),
  attributes: object,
  extends: z.array(z.string().min(1)).nullish(),
  granted_to: grantedTo,
})
/** The maps of a resource as it is made, replaced or changed. */
export const maps = {
  actions: z.record(key, action.nullish()),
  attributes: z.record(key, attribute).nullish(),
  roles: z.record(key, role).nullish(),
  relations: z.record(key, z.string().min(1)).nullish(),
}

export type ActionBody = z.output<typeof action>
export type RoleBody = z.output<typeof role>
type Type = Draft<PolicyDocument>['types'][string]

/** The type in the draft. */
export function typeIn(draft: SchemaDraft, type: string): Type {
  const own = Object.hasOwn(draft.document.types, type) ? draft.document.types[type] : undefined
  if (!own || isBuiltIn(type) || type === 'tenant') {
    throw invalid(`\`${type}\` is built in and stays as it is`)
  }
  return own
}

/** Takes over what is given of name, description and attributes; null takes away. */
export function describe(
  note: Note,
  said: {
    readonly name?: string | null | undefined
    readonly description?: string | null | undefined
    readonly attributes?: Readonly<Record<string, unknown>> | null | undefined
  },
): void {
  if (typeof said.name === 'string') note.name = said.name
  if (said.description !== undefined) note.description = said.description
  if (said.attributes !== undefined) note.attributes = said.attributes
}

export function putAction(draft: SchemaDraft, type: string, name: string, body: ActionBody): void {
  const own = typeIn(draft, type)
  if (!own.actions.includes(name)) own.actions.push(name)
  describe(draft.notingPart(type, 'actions', name), body)
}

/** Actions as a map: what is not in it goes. */
export function setActions(
  draft: SchemaDraft,
  type: string,
  actions: Readonly<Record<string, ActionBody | null | undefined>>,
): void {
  for (const name of [...typeIn(draft, type).actions]) {
    if (!Object.hasOwn(actions, name)) removeAction(draft, type, name)
  }
  for (const [name, body] of Object.entries(actions)) putAction(draft, type, name, body ?? {})
}

type Declared = Record<string, AttributeType>

function declaredIn({ document }: SchemaDraft, type: string): Declared {
  if (type === '__user') {
    document.people ??= {}
    document.people.attributes ??= {}
    return document.people.attributes
  }
  const owner = type === '__tenant' ? document.tenant : document.types[type]
  if (!owner) throw invalid(`\`${type}\` declares no attributes`)
  owner.attributes ??= {}
  return owner.attributes
}

function attributeNote(draft: SchemaDraft, type: string, name: string) {
  if (type === '__user') return draft.noting(`people/${name}`)
  if (type === '__tenant') return draft.noting(`tenant/${name}`)
  return draft.notingPart(type, 'attributes', name)
}

export function putAttribute(
  draft: SchemaDraft,
  type: string,
  name: string,
  body: {
    readonly type?: PermitAttributeType | undefined
    readonly description?: string | null | undefined
  },
): void {
  const declared = declaredIn(draft, type)
  const note = attributeNote(draft, type, name)
  describe(note, body)
  if (body.type === undefined) return
  declared[name] = declaredType(body.type, declared[name])
  note.type = body.type
}

/** The last attribute takes the declaration along: an empty one would refuse every attribute. */
export function removeAttribute(draft: SchemaDraft, type: string, name: string): void {
  const declared = declaredIn(draft, type)
  delete declared[name]
  if (type === '__user') {
    delete draft.document.people?.fields?.[name]
    draft.forget(`people/${name}`)
  } else if (type === '__tenant') draft.forget(`tenant/${name}`)
  else unnote(draft, type, 'attributes', name)
  dropEmptyAttributes(draft, type)
}

export function dropEmptyAttributes({ document }: SchemaDraft, type: string): void {
  const isEmpty = (owner: { attributes?: object } | undefined) =>
    owner?.attributes !== undefined && Object.keys(owner.attributes).length === 0
  if (type === '__user') {
    if (isEmpty(document.people)) delete document.people
    return
  }
  const owner = type === '__tenant' ? document.tenant : document.types[type]
  if (isEmpty(owner)) delete owner?.attributes
}

export function setAttributes(
  draft: SchemaDraft,
  type: string,
  attributes: Readonly<Record<string, z.output<typeof attribute>>>,
): void {
  for (const name of Object.keys(declaredIn(draft, type))) {
    if (!Object.hasOwn(attributes, name)) removeAttribute(draft, type, name)
  }
  for (const [name, body] of Object.entries(attributes)) putAttribute(draft, type, name, body)
  dropEmptyAttributes(draft, type)
}

export function putRelation(
  view: SchemaView,
  draft: SchemaDraft,
  type: string,
  name: string,
  subject: string,
): void {
  const own = typeIn(draft, type)
  if (name === 'tenant') throw invalid('`tenant` joins resources to their tenant and is built in')
  const target = subject === '__tenant' ? 'tenant' : resourceKey(view, subject, false)
  own.relations ??= {}
  const before = own.relations[name] ?? []
  own.relations[name] = before.includes(target) ? before : [target]
  draft.notingPart(type, 'relations', name)
}

export function setRelations(
  view: SchemaView,
  draft: SchemaDraft,
  type: string,
  relations: Readonly<Record<string, string>>,
): void {
  for (const name of Object.keys(typeIn(draft, type).relations ?? {})) {
    if (!Object.hasOwn(relations, name)) removeRelation(draft, type, name)
  }
  for (const [name, subject] of Object.entries(relations))
    putRelation(view, draft, type, name, subject)
}

/** Makes a role or changes what is given of it. */
export function putRole(
  view: SchemaView,
  draft: SchemaDraft,
  type: string,
  name: string,
  body: RoleBody,
): void {
  const own = typeIn(draft, type)
  const before = Object.hasOwn(own.roles, name) ? own.roles[name] : undefined
  const held = before ?? {}
  own.roles[name] = held
  if (typeof body.name === 'string') {
    if (body.name === name) delete held.title
    else held.title = body.name
  }
  if (body.permissions) {
    held.can = [...new Set(body.permissions.map((each) => actionOf(draft.document, type, each)))]
  } else if (!before) held.can = []
  if (body.extends) {
    held.extends = body.extends.map((each) => resourceRoleKey(view, type, each))
    if (held.extends.length === 0) delete held.extends
  }
  describe(draft.notingPart(type, 'roles', name), {
    description: body.description,
    attributes: body.attributes,
  })
  if (body.granted_to !== undefined) setDerivations(view, draft, type, name, body.granted_to)
}

export function setRoles(
  view: SchemaView,
  draft: SchemaDraft,
  type: string,
  roles: Readonly<Record<string, RoleBody>>,
): void {
  const own = typeIn(draft, type)
  for (const name of Object.keys(own.roles)) {
    if (!Object.hasOwn(roles, name)) removeRole(draft, type, name)
  }
  // All are there before one names another.
  for (const name of Object.keys(roles)) own.roles[name] ??= { can: [] }
  for (const [name, body] of Object.entries(roles)) putRole(view, draft, type, name, body)
}

function setDerivations(
  view: SchemaView,
  draft: SchemaDraft,
  type: string,
  name: string,
  granted: z.output<typeof grantedTo>,
): void {
  const held = typeIn(draft, type).roles[name]
  if (!held) return
  delete held.from
  delete held.except_direct
  for (const each of granted?.users_with_role ?? []) addDerivation(view, draft, type, name, each)
  if (granted?.when?.no_direct_roles_on_object) held.except_direct = true
}

/** Adds a way to come to a role. @throws {PermitTrouble} */
export function addDerivation(
  view: SchemaView,
  draft: SchemaDraft,
  type: string,
  name: string,
  body: z.output<typeof derivation>,
): number {
  const own = typeIn(draft, type)
  const held = own.roles[name]
  const { role: from, target, via } = derivationOf(view, type, body)
  const targets = own.relations?.[via] ?? []
  if (!targets.includes(target)) {
    throw new PermitTrouble(
      'MISMATCH_RELATION_TYPE',
      `the relation \`${via}\` of \`${type}\` does not lead to \`${body.on_resource}\``,
    )
  }
  if (!held) throw invalid(`there is no role \`${name}\``)
  if (held.from?.some((each) => each.role === from && each.via === via)) {
    throw duplicate('role derivation', `${from} on ${target} by ${via}`)
  }
  const isExcept = body.when?.no_direct_roles_on_object === true
  held.from = [...(held.from ?? []), { role: from, via, ...(isExcept && { except_direct: true }) }]
  return held.from.length - 1
}

/** The keys behind a derivation, whether it is there or not. @throws {PermitTrouble} `NOT_FOUND` */
export function derivationOf(
  view: SchemaView,
  type: string,
  body: z.output<typeof derivation>,
): { readonly role: string; readonly target: string; readonly via: string } {
  const on = resourceKey(view, body.on_resource)
  const relations = Object.keys(view.document.types[type]?.relations ?? {})
  const via = relations.includes(body.linked_by_relation)
    ? body.linked_by_relation
    : relations.find((each) => view.id('relation', `${type}:${each}`) === body.linked_by_relation)
  if (via === undefined) {
    throw new PermitTrouble('NOT_FOUND', `there is no relation \`${body.linked_by_relation}\``)
  }
  if (on === '__tenant') return { role: tenantRoleKey(view, body.role), target: 'tenant', via }
  return { role: resourceRoleKey(view, on, body.role), target: on, via }
}
