// What conditions are asked over: the people, resources and tenant of a world, as they see them.

import type { Scope } from './condition/condition.ts'
import { resourceValue, subjectValue, tenantValue } from './condition/scope.ts'
import type { About } from './decision.ts'
import type { Version } from './facts/version.ts'
import type { Attributes, ResourceId, SubjectId } from './names.ts'
import type { World } from './world.ts'

const NO_ATTRIBUTES: Attributes = {}

/** The scope of a condition asked for a subject on a resource; of people and resources without facts only the name. */
export function scopeOf(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  about?: About,
): Scope {
  const { facts, policy } = world
  return {
    subject: kept(subjects, subject, facts.person(subject), subjectValue),
    resource: kept(resources, resource, facts.resource(resource), resourceValue),
    tenant: kept(tenants, policy.tenant, facts.resource(policy.tenant), tenantValue),
    ...(about?.message !== undefined && { message: about.message }),
    ...(about?.context !== undefined && { context: about.context }),
    lookup: (id) => lookUp(world, id),
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
      (at ? at.walk.version.attributes('resources', at.place) : this.#world.facts.resource(name)) ??
        NO_ATTRIBUTES,
    )
    return this.#resource
  }

  get tenant(): Attributes {
    const { facts, policy } = this.#world
    return tenantValue(policy.tenant, facts.resource(policy.tenant) ?? NO_ATTRIBUTES)
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
