// Changes of facts as one request makes them, gathered against one world; what a request names twice counts once.

import {
  type Attributes,
  exists,
  formatRelation,
  formatTuple,
  type RelationTuple,
  type ResourceId,
  type RightsChange,
  type RoleTuple,
  type SubjectId,
  tenantOf,
  typeOf,
  type World,
} from '@sayso/policy'
import type { NewRecord } from '@sayso/store'
import type { PermitApp } from '../scope.ts'
import { notFound, PermitTrouble, Unprocessable } from '../trouble.ts'
import { PERSON_FIELDS, requireAttributes, splitAttributes, TENANT_FIELDS } from './attributes.ts'
import { instanceNamed, isInstance, roleIn, tenantIn, tenantKey, userIn } from './known.ts'
import { dropNote, type FactNote, putNote } from './notes.ts'
import { fullName } from './views.ts'

export type AssignmentBody = {
  readonly user: string
  readonly role: string
  readonly tenant?: string | null | undefined
  readonly resource_instance?: string | null | undefined
}

export type TupleBody = {
  readonly subject: string
  readonly relation: string
  readonly object: string
  readonly tenant?: string | null | undefined
}

export type UserBody = {
  readonly email?: string | null | undefined
  readonly first_name?: string | null | undefined
  readonly last_name?: string | null | undefined
  readonly attributes?: Readonly<Record<string, unknown>> | null | undefined
}

export class FactDraft {
  readonly world: World
  readonly app: PermitApp
  readonly changes: RightsChange[] = []
  readonly #records = new Map<string, NewRecord>()
  readonly #now: string
  readonly #notes: ReadonlyMap<string, FactNote>
  /** Made by this draft, with their tenants. */
  readonly #made = new Map<ResourceId, ResourceId>()
  readonly #people = new Set<SubjectId>()
  /** What this draft assigned or related, or took away. */
  readonly #set = new Map<string, boolean>()

  constructor(world: World, app: PermitApp, notes: ReadonlyMap<string, FactNote> = new Map()) {
    this.world = world
    this.app = app
    this.#now = new Date(app.context.now()).toISOString()
    this.#notes = notes
  }

  /** Those that say more than a time come first. */
  get records(): readonly NewRecord[] {
    const weight = ({ value }: NewRecord) => (value?.hidden === undefined ? 1 : 0)
    return [...this.#records.values()].sort((a, b) => weight(a) - weight(b))
  }

  /** @param before absent: it is new */
  #note(fact: string, isNew: boolean, hidden?: Attributes): void {
    const before = this.#notes.get(fact)
    const created = (isNew ? undefined : before?.created) ?? this.#now
    const note = { created, updated: this.#now, ...(hidden && { hidden }) }
    this.#records.set(fact, putNote(fact, note))
  }

  #forget(fact: string): void {
    this.#records.set(fact, dropNote(fact))
  }

  #isThere(resource: ResourceId): boolean {
    return this.#made.has(resource) || exists(this.world, resource)
  }

  #tenantOf(resource: ResourceId): ResourceId {
    return this.#made.get(resource) ?? tenantOf(this.world, resource)
  }

  // People.

  isPerson(subject: SubjectId): boolean {
    return this.#people.has(subject) || this.world.facts.person(subject) !== undefined
  }

  /** @param isWhole what is not given is taken away; else it stays */
  putUser(subject: SubjectId, body: UserBody, isWhole: boolean): void {
    const before = this.world.facts.person(subject)
    const kept = before ?? {}
    const given = (name: 'email' | 'first_name' | 'last_name') => {
      const said = body[name]
      if (said === undefined) return isWhole ? null : textIn(kept, name)
      return said
    }
    const [email, first, last] = [given('email'), given('first_name'), given('last_name')]
    const split =
      body.attributes === undefined && !isWhole
        ? this.#keptAttributes(kept, subject)
        : splitAttributes(body.attributes ?? {}, PERSON_FIELDS)
    requireAttributes(this.world.policy.document.people?.attributes, split.held)
    const isNamed = body.first_name !== undefined || body.last_name !== undefined || isWhole
    const name = isNamed ? fullName(first, last) || undefined : kept.name
    const isSameEmail = textIn(kept, 'email') === email
    this.changes.push({
      kind: 'put-person',
      subject,
      attributes: {
        ...split.held,
        ...(email !== null && { email }),
        ...(first !== null && { first_name: first }),
        ...(last !== null && { last_name: last }),
        ...(name !== undefined && { name }),
        ...(kept.picture !== undefined && { picture: kept.picture }),
        // Somebody vouched for the address they had, not for another one.
        ...(kept.verified !== undefined && isSameEmail && { verified: kept.verified }),
      },
    })
    this.#people.add(subject)
    this.#note(subject, before === undefined, split.hidden)
  }

  #keptAttributes(kept: Attributes, subject: SubjectId) {
    const held = Object.entries(kept).filter(([name]) => !PERSON_FIELDS.includes(name))
    return { held: Object.fromEntries(held), hidden: this.#notes.get(subject)?.hidden }
  }

  /** With everything they hold and asked for. */
  removeUser(subject: SubjectId): void {
    const { facts } = this.world
    for (const [resource, roles] of allHeldBy(this.world, subject)) {
      for (const role of roles) this.#unassign({ resource, role, subject })
    }
    for (const resource of facts.requestedBy(subject)) {
      this.changes.push({ kind: 'remove-request', subject, resource })
    }
    this.changes.push({ kind: 'remove-person', subject })
    this.#forget(subject)
  }

  // Tenants and instances.

  putTenant(
    tenant: ResourceId,
    body: {
      readonly name?: string | null | undefined
      readonly description?: string | null | undefined
      readonly attributes?: Readonly<Record<string, unknown>> | null | undefined
    },
  ): void {
    const before = this.world.facts.resource(tenant)
    const kept = before ?? {}
    const own = Object.entries(kept).filter(([name]) => !TENANT_FIELDS.includes(name))
    const split =
      body.attributes === undefined
        ? { held: Object.fromEntries(own), hidden: this.#notes.get(tenant)?.hidden }
        : splitAttributes(body.attributes ?? {}, TENANT_FIELDS)
    requireAttributes(this.world.policy.document.tenant.attributes, split.held)
    const title = body.name === undefined ? textIn(kept, 'title') : body.name
    const about = body.description === undefined ? textIn(kept, 'about') : body.description
    this.changes.push({
      kind: 'put-resource',
      resource: tenant,
      attributes: {
        ...split.held,
        ...(title !== null && { title }),
        ...(about !== null && { about }),
      },
    })
    this.#made.set(tenant, tenant)
    this.#note(tenant, before === undefined, split.hidden)
  }

  /** @param tenant absent: it stays where it is, or is made in the document's own */
  putInstance(
    resource: ResourceId,
    attributes: Readonly<Record<string, unknown>> | null | undefined,
    tenant?: ResourceId,
  ): void {
    const before = this.world.facts.resource(resource)
    const kept = { held: before ?? {}, hidden: this.#notes.get(resource)?.hidden }
    const split = attributes === undefined ? kept : splitAttributes(attributes ?? {}, [])
    requireAttributes(this.world.policy.types.get(typeOf(resource))?.attributes, split.held)
    this.changes.push({ kind: 'put-resource', resource, attributes: split.held })
    const home = tenant ?? this.#tenantOf(resource)
    if (home !== tenantOf(this.world, resource)) {
      this.changes.push({ kind: 'relate', resource, relation: 'tenant', target: home })
    }
    this.#made.set(resource, home)
    this.#note(resource, before === undefined, split.hidden)
  }

  remove(resource: ResourceId): void {
    this.changes.push({ kind: 'remove-resource', resource })
    this.#forget(resource)
  }

  /** An instance that must be there, or is made in the tenant that is named. @throws {PermitTrouble} */
  #instance(text: string, tenant: ResourceId | undefined): ResourceId {
    const resource = instanceNamed(this.app, this.world, text)
    if (!this.#isThere(resource)) {
      if (tenant === undefined) throw notFound('resource instance', text)
      this.putInstance(resource, {}, tenant)
      return resource
    }
    if (tenant !== undefined && this.#tenantOf(resource) !== tenant) {
      throw new PermitTrouble(
        'MISMATCH_RESOURCE_INSTANCES_TENANTS',
        `\`${resource}\` is in the tenant \`${tenantKey(this.#tenantOf(resource))}\``,
      )
    }
    return resource
  }

  // Roles.

  /** @throws {PermitTrouble} `NOT_FOUND`; {Unprocessable} if nothing says where */
  assignmentOf(body: AssignmentBody): RoleTuple {
    const subject = this.#userIn(body.user)
    const tenant = this.#tenantNamed(body.tenant)
    if (typeof body.resource_instance === 'string') {
      const resource = this.#instance(body.resource_instance, tenant)
      return { subject, resource, role: roleIn(this.app, this.world, body.role, resource) }
    }
    if (tenant === undefined) {
      const msg = 'say where: `tenant` or `resource_instance`'
      throw new Unprocessable([{ loc: ['body', 'tenant'], msg, type: 'missing' }])
    }
    return { subject, resource: tenant, role: roleIn(this.app, this.world, body.role, tenant) }
  }

  #userIn(text: string): SubjectId {
    const subject = `user:${text}` as SubjectId
    return this.#people.has(subject) ? subject : userIn(this.app, this.world, text)
  }

  #tenantNamed(text: string | null | undefined): ResourceId | undefined {
    if (typeof text !== 'string') return undefined
    const tenant = `tenant:${text}` as ResourceId
    return this.#made.has(tenant) ? tenant : tenantIn(this.app, this.world, text)
  }

  isAssigned(tuple: RoleTuple): boolean {
    return this.#set.get(formatTuple(tuple)) ?? this.world.facts.grant(tuple) !== undefined
  }

  /** False if it was there. */
  assign(tuple: RoleTuple): boolean {
    if (this.isAssigned(tuple)) return false
    const text = formatTuple(tuple)
    this.changes.push({ kind: 'assign', tuple })
    this.#set.set(text, true)
    this.#note(text, true)
    return true
  }

  /** False if it was not there. */
  unassign(tuple: RoleTuple): boolean {
    if (!this.isAssigned(tuple)) return false
    this.#unassign(tuple)
    return true
  }

  #unassign(tuple: RoleTuple): void {
    const text = formatTuple(tuple)
    this.changes.push({ kind: 'unassign', tuple })
    this.#set.set(text, false)
    this.#forget(text)
  }

  // Tuples.

  /** @throws {PermitTrouble} `NOT_FOUND`, `MISMATCH_RELATION_TYPE`, `MISMATCH_RESOURCE_INSTANCES_TENANTS` */
  tupleOf(body: TupleBody, canMake: boolean): RelationTuple {
    const tenant = canMake ? this.#tenantNamed(body.tenant) : undefined
    const object = instanceNamed(this.app, this.world, body.object)
    const relation = this.#relation(body.relation, object)
    const target = this.#subjectOf(body.subject)
    const types = this.world.policy.types.get(typeOf(object))?.relations.get(relation)
    if (types?.has(typeOf(target)) !== true) {
      throw new PermitTrouble(
        'MISMATCH_RELATION_TYPE',
        `the relation \`${relation}\` of \`${typeOf(object)}\` does not lead to \`${typeOf(target)}\``,
      )
    }
    if (!canMake) return { resource: object, relation, target }
    const subject = isInstance(target) ? this.#instance(target, tenant) : target
    const home = isInstance(target) ? this.#tenantOf(subject) : undefined
    // Both ends are in one tenant: the one that is named, or that of the end that is there.
    const resource = this.#instance(object, tenant ?? (this.#isThere(object) ? home : undefined))
    return { resource, relation, target: subject }
  }

  #subjectOf(text: string): ResourceId {
    if (!text.startsWith('__tenant:')) return instanceNamed(this.app, this.world, text)
    return tenantIn(this.app, this.world, text.slice('__tenant:'.length))
  }

  #relation(text: string, object: ResourceId): string {
    const type = typeOf(object)
    const relations = [...(this.world.policy.types.get(type)?.relations.keys() ?? [])]
    const relation = relations.find(
      (each) => each === text || this.app.ids.of('relation', `${type}:${each}`) === text,
    )
    if (relation === undefined) throw notFound('relation', text)
    return relation
  }

  isRelated({ resource, relation, target }: RelationTuple): boolean {
    const text = formatRelation({ resource, relation, target })
    const known = () => this.world.facts.targetsOf(resource, relation).includes(target)
    return this.#set.get(text) ?? known()
  }

  relate(tuple: RelationTuple): boolean {
    if (this.isRelated(tuple)) return false
    const text = formatRelation(tuple)
    this.changes.push({ kind: 'relate', ...tuple })
    this.#set.set(text, true)
    this.#note(text, true)
    return true
  }

  unrelate(tuple: RelationTuple): boolean {
    if (!this.isRelated(tuple)) return false
    const text = formatRelation(tuple)
    this.changes.push({ kind: 'unrelate', ...tuple })
    this.#set.set(text, false)
    this.#forget(text)
    return true
  }
}

function textIn(attributes: Attributes, name: string): string | null {
  const value = attributes[name]
  return typeof value === 'string' ? value : null
}

/** Where roles are assigned to somebody, pending ones included. */
function allHeldBy(world: World, subject: SubjectId) {
  const pending = [...world.facts.pending()].filter(([tuple]) => tuple.subject === subject)
  return [
    ...world.facts.heldBy(subject),
    ...pending.map(([{ resource, role }]) => [resource, [role]] as const),
  ]
}
