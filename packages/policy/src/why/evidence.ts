// Which stored facts a path rests on: take all others away and a granted question is still granted.

import type { Rule } from '../compiled.ts'
import type { Question, Step } from '../decision.ts'
import { scopeOf } from '../scope.ts'
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

  addPath({ steps, asked }: Path): void {
    for (const step of steps) {
      if (step.kind === 'assigned') this.facts.add(formatTuple(step.tuple))
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
    const ids = {
      subject: this.#question.subject,
      resource: asked.resource,
      tenant: this.#world.policy.tenant,
    }
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
    const scope = scopeOf(this.#world, this.#question.subject, resource, this.#question)
    const lookup = (id: string) => {
      ids.add(id)
      return scope.lookup(id)
    }
    condition.evaluate({ ...scope, lookup })
    return ids
  }
}
