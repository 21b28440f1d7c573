// Facts as plain arrays, folded from the first change each time. Nothing is indexed, nothing is shared.

import type { RightsChange } from '../src/change.ts'
import type { AttributeTypes, PolicyDocument } from '../src/document-types.ts'
import type { Attributes } from '../src/names.ts'

export type Grant = {
  readonly resource: string
  readonly role: string
  readonly subject: string
  readonly notBeforeMs?: number | undefined
  readonly expiresAtMs?: number | undefined
}
type Relation = { readonly resource: string; readonly relation: string; readonly target: string }
type Known = { readonly id: string; readonly attributes: Attributes }

export type State = {
  readonly document: PolicyDocument
  readonly grants: readonly Grant[]
  readonly relations: readonly Relation[]
  readonly resources: readonly Known[]
  readonly people: readonly Known[]
  readonly timeMs: number
}

const nothing: State = {
  document: { version: 1, tenant: { key: 'none', roles: {} }, types: {} },
  grants: [],
  relations: [],
  resources: [],
  people: [],
  timeMs: 0,
}

export function stateOf(changes: readonly RightsChange[]): State {
  return changes.reduce(fold, nothing)
}

export function fold(state: State, change: RightsChange): State {
  switch (change.kind) {
    case 'put-policy':
      return { ...state, document: change.document }
    case 'assign': {
      const { notBeforeMs, expiresAtMs } = change
      const grant = { ...change.tuple, notBeforeMs, expiresAtMs }
      return { ...state, grants: [...without(state.grants, change.tuple), grant] }
    }
    case 'unassign':
      return { ...state, grants: without(state.grants, change.tuple) }
    case 'relate': {
      const { resource, relation, target } = change
      // Nothing is in two tenants: the later one counts.
      const others = state.relations.filter(
        (one) => !isSame(one, change) && !(relation === 'tenant' && saysTenant(one, resource)),
      )
      return { ...state, relations: [...others, { resource, relation, target }] }
    }
    case 'unrelate':
      return { ...state, relations: state.relations.filter((one) => !isSame(one, change)) }
    case 'put-person':
      return { ...state, people: put(state.people, change.subject, change.attributes) }
    case 'remove-person':
      return { ...state, people: state.people.filter(({ id }) => id !== change.subject) }
    case 'put-resource':
      return { ...state, resources: put(state.resources, change.resource, change.attributes) }
    case 'remove-resource': {
      const gone = [change.resource, ...membersOf(state, change.resource)]
      return {
        ...state,
        resources: state.resources.filter(({ id }) => !gone.includes(id)),
        grants: state.grants.filter(({ resource }) => !gone.includes(resource)),
        relations: state.relations.filter(
          (one) => !gone.includes(one.resource) && !gone.includes(one.target),
        ),
      }
    }
    case 'pass-time':
      return { ...state, timeMs: Math.max(state.timeMs, change.atMs) }
    default:
      return state
  }
}

function without(grants: readonly Grant[], tuple: Grant): readonly Grant[] {
  return grants.filter(
    (grant) =>
      grant.resource !== tuple.resource ||
      grant.role !== tuple.role ||
      grant.subject !== tuple.subject,
  )
}

function isSame(one: Relation, other: Relation): boolean {
  return (
    one.resource === other.resource &&
    one.relation === other.relation &&
    one.target === other.target
  )
}

const saysTenant = (one: Relation, resource: string) =>
  one.relation === 'tenant' && one.resource === resource

/** What is said to be in a tenant; a tenant is in no other. */
function membersOf(state: State, tenant: string): readonly string[] {
  if (typeOf(tenant) !== 'tenant') return []
  return state.relations
    .filter(({ relation, target }) => relation === 'tenant' && target === tenant)
    .map(({ resource }) => resource)
    .filter((resource) => typeOf(resource) !== 'tenant')
}

function put(list: readonly Known[], id: string, attributes: Attributes): readonly Known[] {
  return [...list.filter((known) => known.id !== id), { id, attributes }]
}

export const typeOf = (resource: string) => resource.slice(0, resource.indexOf(':'))
export const keyOf = (resource: string) => resource.slice(resource.indexOf(':') + 1)

/** The tenant of the document, which is always there. */
const mainOf = (state: State) => `tenant:${state.document.tenant.key}`

/** A tenant is its own; what says nothing is in that of the document. */
export function tenantOf(state: State, resource: string): string {
  if (typeOf(resource) === 'tenant') return resource
  const said = state.relations.find((one) => saysTenant(one, resource))?.target
  return said !== undefined && typeOf(said) === 'tenant' ? said : mainOf(state)
}

export function isThere(state: State, resource: string): boolean {
  return resource === mainOf(state) || state.resources.some(({ id }) => id === resource)
}

/** Own words of a document only. */
export function own<V>(
  record: Readonly<Record<string, V>> | undefined,
  key: string,
): V | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}

const attributesOf = (list: readonly Known[], id: string) =>
  list.find((known) => known.id === id)?.attributes

/** JSON has one kind of number, the expression language two: what is declared `int` and is whole becomes one. */
function typed(attributes: Attributes | undefined, types: AttributeTypes | undefined) {
  return Object.fromEntries(
    Object.entries(attributes ?? {}).map(([name, value]) => [
      name,
      own(types, name) === 'int' && Number.isSafeInteger(value) ? BigInt(value as number) : value,
    ]),
  )
}

/** What conditions see of a person; anybody may be asked about, registered or not. */
export function seenSubject(state: State, subject: string, over?: Attributes) {
  const isAnonymous = subject === 'anonymous:'
  const attributes = { ...attributesOf(state.people, subject), ...over }
  return {
    ...typed(attributes, state.document.people?.attributes),
    id: isAnonymous ? '' : keyOf(subject),
    anonymous: isAnonymous,
  }
}

export function seenResource(state: State, resource: string, over?: Attributes) {
  const type = typeOf(resource)
  const { tenant, types } = state.document
  const declared = type === 'tenant' ? tenant.attributes : own(types, type)?.attributes
  return {
    ...typed({ ...attributesOf(state.resources, resource), ...over }, declared),
    id: resource,
    type,
    key: keyOf(resource),
  }
}

export function seenTenant(state: State, id: string, over?: Attributes) {
  const declared = state.document.tenant.attributes
  const attributes = { ...attributesOf(state.resources, id), ...over }
  return { ...typed(attributes, declared), id, key: keyOf(id) }
}

/** What `lookup` finds: only who is registered, only what exists. */
export function found(state: State, id: string) {
  if (id.startsWith('user:')) {
    return attributesOf(state.people, id) && seenSubject(state, id)
  }
  return isThere(state, id) ? seenResource(state, id) : undefined
}
