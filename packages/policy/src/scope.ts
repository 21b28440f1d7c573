// What conditions are asked over: the people, resources and tenant of a world, as they see them.

import type { Scope } from './condition/condition.ts'
import { resourceValue, subjectValue, tenantValue } from './condition/scope.ts'
import type { About, Question, Supposed } from './decision.ts'
import type { Version } from './facts/version.ts'
import type { Attributes, ResourceId, SubjectId } from './names.ts'
import { tenantAsked, tenantOf } from './tenant.ts'
import type { World } from './world.ts'

const NO_ATTRIBUTES: Attributes = {}

/** What a question says besides the facts: attributes, and for which resource and tenant. */
export type Premise = {
  readonly resource: ResourceId
  readonly tenant: ResourceId
  readonly supposed: Supposed
}

/** The premise of a question; undefined if it has none. */
export function premiseOf(world: World, question: Question): Premise | undefined {
  const { resource, supposed } = question
  return supposed && { resource, tenant: tenantAsked(world, question), supposed }
}

/** What is asked about besides the facts, with the context that is supposed. */
export function aboutOf(question: Question): About {
  const { message, context, supposed } = question
  if (!supposed?.context) return question
  return { ...(message !== undefined && { message }), context: { ...context, ...supposed.context } }
}

/** The scope of a condition asked for a subject on a resource; of people and resources without facts only the name. */
export function scopeOf(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  about?: About,
  premise?: Premise,
): Scope {
  const { facts } = world
  const tenant = tenantOf(world, resource)
  const scope = {
    subject: kept(subjects, subject, facts.person(subject), subjectValue),
    resource: kept(resources, resource, facts.resource(resource), resourceValue),
    tenant: kept(tenants, tenant, facts.resource(tenant), tenantValue),
    ...(about?.message !== undefined && { message: about.message }),
    ...(about?.context !== undefined && { context: about.context }),
    lookup: (id: string) => lookUp(world, id),
  }
  return premise ? { ...scope, ...supposedOn(world, subject, resource, premise) } : scope
}

/** What is supposed of a resource or tenant is supposed of the one asked about, wherever that is read. */
function supposedOn(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  premise: Premise,
): Pick<Scope, 'subject' | 'resource' | 'tenant'> {
  const { facts } = world
  const { supposed } = premise
  const isAsked = resource === premise.resource
  const tenant = isAsked ? premise.tenant : tenantOf(world, resource)
  return {
    subject: subjectValue(subject, { ...facts.person(subject), ...supposed.subject }),
    resource: resourceValue(resource, {
      ...facts.resource(resource),
      ...(isAsked && supposed.resource),
    }),
    tenant: tenantValue(tenant, {
      ...facts.resource(tenant),
      ...(tenant === premise.tenant && supposed.tenant),
    }),
  }
}

type Kept = WeakMap<Attributes, { readonly of: string; readonly value: Attributes }>
const subjects: Kept = new WeakMap()
const resources: Kept = new WeakMap()
const tenants: Kept = new WeakMap()

/** What was made of the same attributes before; different things may have the same ones. */
function kept<N extends string>(
  before: Kept,
  name: N,
  attributes: Attributes | undefined,
  make: (name: N, attributes: Attributes) => Attributes,
): Attributes {
  if (attributes === undefined) return make(name, NO_ATTRIBUTES)
  const known = before.get(attributes)
  if (known?.of === name) return known.value
  const value = make(name, attributes)
  before.set(attributes, { of: name, value })
  return value
}

/** Where a subject's and a resource's attributes are kept, for whoever has looked that up already. */
type Numbers = {
  readonly walk: { readonly version: Version; readonly person: number }
  readonly place: number
  readonly tenantPlace: number
  readonly tenantName: ResourceId
}

/** The same, made as it is read, since most conditions read one thing. Getters: it cannot be spread. */
export class FactScope implements Scope {
  readonly message: About['message'] | undefined
  readonly context: About['context'] | undefined
  readonly #world: World
  readonly #names: readonly [SubjectId, ResourceId]
  readonly #numbers: Numbers
  #subject: Attributes | undefined
  #resource: Attributes | undefined

  constructor(
    world: World,
    subject: SubjectId,
    resource: ResourceId,
    about: About | undefined,
    numbers: Numbers,
  ) {
    this.#world = world
    this.#names = [subject, resource]
    this.#numbers = numbers
    this.message = about?.message
    this.context = about?.context
  }

  get subject(): Attributes {
    const { version, person } = this.#numbers.walk
    const [name] = this.#names
    this.#subject ??= subjectValue(name, version.attributes('people', person) ?? NO_ATTRIBUTES)
    return this.#subject
  }

  get resource(): Attributes {
    const at = this.#numbers
    const [, name] = this.#names
    this.#resource ??= resourceValue(
      name,
      at.walk.version.attributes('resources', at.place) ?? NO_ATTRIBUTES,
    )
    return this.#resource
  }

  get tenant(): Attributes {
    const { walk, tenantPlace, tenantName } = this.#numbers
    return tenantValue(
      tenantName,
      walk.version.attributes('resources', tenantPlace) ?? NO_ATTRIBUTES,
    )
  }

  lookup(id: string): Attributes | undefined {
    return lookUp(this.#world, id)
  }
}

function lookUp({ policy, facts }: World, id: string): Attributes | undefined {
  return (
    facts.person(id as SubjectId) ??
    facts.resource(id as ResourceId) ??
    (id === policy.tenant ? NO_ATTRIBUTES : undefined)
  )
}
