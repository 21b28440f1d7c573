// Which stored facts a path rests on: take all others away and a granted question is still granted.

import type { RoleTuple } from '../change.ts'
import { type Rule, TENANT_RELATION, TENANT_TYPE } from '../compiled.ts'
import type { Question, Step } from '../decision.ts'
import type { ResourceId } from '../names.ts'
import { aboutOf, premiseOf, scopeOf } from '../scope.ts'
import { tenantAsked, tenantOf } from '../tenant.ts'
import { formatRelation, formatTuple, typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import { type Asked, activeRules, type Path, wayToAny } from './path.ts'

/**
 * The facts of a path as texts, each once: the resource, role assignments, relations, and attributes as
 * `channel:lobby.slow` (`.*` if all of them were read).
 *
 * Beside what led to the answer these are the facts that kept rules away from it.
 */
export function evidenceFacts(world: World, question: Question, path: Path): readonly string[] {
  const { resource } = question
  const evidence = new Evidence(world, question)
  if (world.facts.resource(resource)) evidence.facts.add(resource)
  if (question.inTenant !== undefined) evidence.addTenantAsked(question.inTenant)
  evidence.addPath(path)
  const type = world.policy.types.get(typeOf(resource))
  for (const verb of ['forbid', 'require'] as const) {
    for (const rule of activeRules(world, type, question, verb)) evidence.addKeptAway(rule)
  }
  return [...evidence.facts]
}

/** What conditions see of a name is no fact. */
const NAMES = {
  subject: ['id', 'anonymous'],
  resource: ['id', 'type', 'key'],
  tenant: ['id', 'key'],
} as const

class Evidence {
  readonly facts = new Set<string>()
  readonly #world: World
  readonly #question: Question

  constructor(world: World, question: Question) {
    this.#world = world
    this.#question = question
  }

  /** It was said in which tenant: that the resource is in it, or that the tenant exists. */
  addTenantAsked(tenant: ResourceId): void {
    if (this.#world.facts.resource(tenant)) this.facts.add(tenant)
    this.#addTenant(this.#question.resource)
  }

  addPath({ steps, asked }: Path): void {
    for (const step of steps) {
      if (step.kind === 'assigned') this.#addAssigned(step.tuple)
      if (step.kind === 'derived') this.#addDerived(step)
    }
    for (const one of asked) this.#addReads(one)
  }

  /** A rule that did not deny: whom it concerns must read what it read, whom it spares must hold what spares them. */
  addKeptAway({ to, unless, when }: Rule): void {
    if (to && !wayToAny(this.#world, this.#question, to)) return
    const spared = unless && wayToAny(this.#world, this.#question, unless)
    if (spared) this.addPath(spared)
    else if (when) this.#addReads({ condition: when, resource: this.#question.resource })
  }

  /** A role on the tenant counts because the resource is in it. */
  #addAssigned(tuple: RoleTuple): void {
    this.facts.add(formatTuple(tuple))
    if (typeOf(tuple.resource) === TENANT_TYPE) this.#addTenant(this.#question.resource)
  }

  #addTenant(resource: ResourceId): void {
    const target = this.#world.facts.tenantOf(resource)
    if (target === undefined || target === resource) return
    this.facts.add(formatRelation({ resource, relation: TENANT_RELATION, target }))
  }

  /** With a relation comes what keeps other roles from being derived along it. */
  #addDerived({ on, relation }: Extract<Step, { kind: 'derived' }>): void {
    this.facts.add(formatRelation(relation))
    const { subject } = this.#question
    const [role] = this.#world.facts.rolesOf(subject, on)
    const ways = this.#world.policy.types.get(typeOf(on))?.derives.get(relation.relation)
    for (const { when, exceptDirect } of [...(ways?.values() ?? [])].flat()) {
      if (when) this.#addReads({ condition: when, resource: on })
      if (exceptDirect && role !== undefined) {
        this.facts.add(formatTuple({ resource: on, role, subject }))
      }
    }
  }

  #addReads(asked: Asked): void {
    const { reads } = asked.condition
    const { subject, resource } = this.#question
    const isAsked = asked.resource === resource
    const tenant = isAsked
      ? tenantAsked(this.#world, this.#question)
      : tenantOf(this.#world, asked.resource)
    const ids = { subject, resource: asked.resource, tenant }
    if (reads.tenant.length > 0) this.#addTenant(asked.resource)
    for (const kind of ['subject', 'resource', 'tenant'] as const) {
      const own: readonly string[] = NAMES[kind]
      const read = reads[kind].filter((name) => !own.includes(name))
      for (const name of read) this.facts.add(`${ids[kind]}.${name}`)
    }
    if (reads.lookup) for (const id of this.#lookedUp(asked)) this.facts.add(`${id}.*`)
  }

  /** Asks once more, for what it looks up. */
  #lookedUp({ condition, resource }: Asked): ReadonlySet<string> {
    const ids = new Set<string>()
    const scope = scopeOf(
      this.#world,
      this.#question.subject,
      resource,
      aboutOf(this.#question),
      premiseOf(this.#world, this.#question),
    )
    const lookup = (id: string) => {
      ids.add(id)
      return scope.lookup(id)
    }
    condition.evaluate({ ...scope, lookup })
    return ids
  }
}
