// Types, their parts and tenant roles as Permit's objects. What the document says is shown from there, the rest from notes.

import type { PolicyDocument, ResourceTypeDocument } from '@sayso/policy'
import type { IdKind } from '../ids.ts'
import { beginning, type PermitApp } from '../scope.ts'
import type { Note, Schema, TypeNote } from './draft.ts'
import { shownType } from './words.ts'

/** Resources that are there without being made; attributes of people and tenants hang on them. */
export const BUILT_IN = { __user: 'User', __tenant: 'Tenant' } as const
export type BuiltIn = keyof typeof BUILT_IN

export function isBuiltIn(type: string): type is BuiltIn {
  return Object.hasOwn(BUILT_IN, type)
}

/** The types of a document that are Permit's resources: all but the one that stands for tenants. */
export function resourceKeys(document: PolicyDocument): readonly string[] {
  return Object.keys(document.types).filter((type) => type !== 'tenant')
}

export function typeOfDocument(
  document: PolicyDocument,
  key: string,
): ResourceTypeDocument | undefined {
  const type = key === '__tenant' ? 'tenant' : key
  if (key === 'tenant' || key === '__user') return undefined
  return Object.hasOwn(document.types, type) ? document.types[type] : undefined
}

export function attributesOf(document: PolicyDocument, key: string) {
  if (key === '__user') return document.people?.attributes ?? {}
  if (key === '__tenant') return document.tenant.attributes ?? {}
  return typeOfDocument(document, key)?.attributes ?? {}
}

/** The schema as one app shows it. */
export class SchemaView {
  readonly schema: Schema
  readonly app: PermitApp
  readonly #since: string

  constructor(schema: Schema, app: PermitApp) {
    this.schema = schema
    this.app = app
    this.#since = beginning(schema.world)
  }

  get document(): PolicyDocument {
    return this.schema.document
  }

  id(kind: IdKind, key: string): string {
    return this.app.ids.of(kind, key)
  }

  /** What every object carries. */
  head(kind: IdKind, key: string, note: Partial<Note> | undefined) {
    return {
      id: this.id(kind, key),
      ...this.app.names,
      created_at: note?.created ?? this.#since,
      updated_at: note?.updated ?? note?.created ?? this.#since,
    }
  }

  typeNote(type: string): TypeNote | undefined {
    return this.schema.note(`type/${type}`)
  }

  #part(type: string, part: 'actions' | 'roles' | 'relations', name: string): Note | undefined {
    const notes = this.typeNote(type)?.[part]
    return notes && Object.hasOwn(notes, name) ? notes[name] : undefined
  }

  attributeNote(type: string, name: string): (Note & { type?: string }) | undefined {
    if (type === '__user') return this.schema.note(`people/${name}`)
    if (type === '__tenant') return this.schema.note(`tenant/${name}`)
    const notes = this.typeNote(type)?.attributes
    return notes && Object.hasOwn(notes, name) ? notes[name] : undefined
  }

  resource(type: string) {
    const own = typeOfDocument(this.document, type)
    const note = this.typeNote(type)
    const names = Object.keys
    return {
      key: type,
      ...this.head('resource', type, note),
      name: isBuiltIn(type) ? BUILT_IN[type] : (own?.title ?? type),
      urn: note?.urn ?? null,
      description: note?.description ?? null,
      actions: mapped(own?.actions ?? [], (each) => this.#actionBlock(type, each)),
      attributes: mapped(names(attributesOf(this.document, type)), (each) => {
        const { type: kind, description, id } = this.attribute(type, each)
        return { type: kind, description, id, key: each }
      }),
      roles: mapped(names(own?.roles ?? {}), (each) => this.resourceRole(type, each)),
      relations: mapped(names(own?.relations ?? {}), (each) => {
        const { subject_resource: resource, subject_resource_id: id } = this.relation(type, each)
        return { resource, resource_id: id }
      }),
      action_groups: mapped(
        names(note?.groups ?? {}),
        (each) => this.actionGroup(type, each).actions,
      ),
    }
  }

  #actionBlock(type: string, action: string) {
    const { name, description, attributes, id, key } = this.action(type, action)
    return { name, description, attributes, id, key }
  }

  action(type: string, action: string) {
    const note = this.#part(type, 'actions', action)
    return {
      key: action,
      name: note?.name ?? action,
      description: note?.description ?? null,
      attributes: note?.attributes ?? null,
      permission_name: `${type}:${action}`,
      ...this.head('action', `${type}:${action}`, note),
      resource_id: this.id('resource', type),
    }
  }

  actionGroup(type: string, group: string) {
    const note = this.typeNote(type)?.groups?.[group]
    const known = new Set(typeOfDocument(this.document, type)?.actions)
    return {
      key: group,
      name: note?.name ?? group,
      description: note?.description ?? null,
      attributes: note?.attributes ?? null,
      actions: (note?.actions ?? []).filter((action) => known.has(action)),
      ...this.head('action_group', `${type}:${group}`, note),
      resource_id: this.id('resource', type),
    }
  }

  attribute(type: string, name: string) {
    const note = this.attributeNote(type, name)
    const declared = attributesOf(this.document, type)[name] ?? 'any'
    return {
      key: name,
      type: shownType(declared, note?.type),
      description: note?.description ?? null,
      resource_key: type,
      built_in: false,
      ...this.head('attribute', `${type}:${name}`, note),
      resource_id: this.id('resource', type),
    }
  }

  /** A relation may lead to several types here; Permit knows the first. */
  relation(type: string, relation: string) {
    const note = this.#part(type, 'relations', relation)
    const subject = typeOfDocument(this.document, type)?.relations?.[relation]?.[0] ?? ''
    const shown = subject === 'tenant' ? '__tenant' : subject
    return {
      key: relation,
      name: note?.name ?? relation,
      description: note?.description ?? null,
      subject_resource: shown,
      subject_resource_id: this.id('resource', shown),
      object_resource: type,
      object_resource_id: this.id('resource', type),
      ...this.head('relation', `${type}:${relation}`, note),
    }
  }

  resourceRole(type: string, role: string) {
    const own = typeOfDocument(this.document, type)
    const held = own?.roles[role]
    const note = this.#part(type, 'roles', role)
    const can = held?.can ?? []
    return {
      key: role,
      name: held?.title ?? role,
      description: note?.description ?? null,
      permissions: can.includes('*') ? (own?.actions ?? []) : can,
      attributes: note?.attributes ?? null,
      extends: held?.extends ?? [],
      granted_to: this.#grantedTo(type, role),
      resource: type,
      resource_id: this.id('resource', type),
      ...this.head('resource_role', `${type}#${role}`, note),
    }
  }

  #grantedTo(type: string, role: string) {
    const held = typeOfDocument(this.document, type)?.roles[role]
    if (!held?.from?.length) return null
    return {
      id: this.id('derivation', `${type}#${role}`),
      users_with_role: held.from.map((_, i) => this.derivation(type, role, i)),
      when: { no_direct_roles_on_object: held.except_direct ?? false },
    }
  }

  derivation(type: string, role: string, index: number) {
    const own = typeOfDocument(this.document, type)
    const from = own?.roles[role]?.from?.[index]
    const targets = own?.relations?.[from?.via ?? ''] ?? []
    const knows = (target: string) =>
      target === 'tenant'
        ? Object.hasOwn(this.document.tenant.roles, from?.role ?? '')
        : Object.hasOwn(this.document.types[target]?.roles ?? {}, from?.role ?? '')
    const target = targets.find(knows) ?? targets[0] ?? ''
    const on = target === 'tenant' ? '__tenant' : target
    return {
      role_id:
        target === 'tenant'
          ? this.id('role', from?.role ?? '')
          : this.id('resource_role', `${on}#${from?.role}`),
      resource_id: this.id('resource', on),
      relation_id: this.id('relation', `${type}:${from?.via}`),
      role: from?.role ?? '',
      on_resource: on,
      linked_by_relation: from?.via ?? '',
      when: { no_direct_roles_on_object: from?.except_direct ?? false },
    }
  }

  tenantRole(role: string) {
    const held = this.document.tenant.roles[role]
    const note = this.schema.note(`role/${role}`)
    return {
      key: role,
      name: held?.title ?? role,
      description: note?.description ?? null,
      permissions: permissionsOf(this.document, held?.can ?? {}),
      attributes: note?.attributes ?? null,
      extends: held?.extends ?? [],
      granted_to: null,
      ...this.head('role', role, note),
    }
  }
}

/** Every action spelled out, as `type:action`. */
export function permissionsOf(
  document: PolicyDocument,
  can: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return Object.entries(can).flatMap(([type, words]) => {
    const actions = words.includes('*') ? (document.types[type]?.actions ?? []) : words
    return actions.map((action) => `${type}:${action}`)
  })
}

function mapped<V>(names: readonly string[], view: (name: string) => V): Record<string, V> {
  return Object.fromEntries(names.map((name) => [name, view(name)]))
}
