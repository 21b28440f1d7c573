// Builds audiences: who is on a resource in two worlds at once, at the price of what is assigned there.

import type { Condition } from '../condition/condition.ts'
import type { ResourceId, SubjectId } from '../names.ts'
import { everybody, peopleOn } from '../reach.ts'
import { rolesHeld } from '../roles.ts'
import { scopeOf } from '../scope.ts'
import { isSubjectSet, setParts, typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import { type Audience, Grouping, groupOf, otherThan, rootAudience } from './audience.ts'
import { derivationText, derivesByPerson, personalConditions } from './reading.ts'

/** Work that stops after every small piece; the value comes when it is done. */
export type Sliced<T> = Generator<undefined, T>

/** Deeper chains of sets and relations are looked through person by person. */
const DEEPEST = 12

export class Crowd {
  readonly #before: World
  readonly #after: World
  readonly #isSameRoles: boolean
  /** The worlds whose roles have to be looked at: one if they are the same in both. */
  readonly #worlds: readonly World[]
  readonly #building = new Set<ResourceId>()
  readonly #built = new Map<ResourceId, Audience>()
  #root: Audience | undefined

  constructor(before: World, after: World) {
    this.#before = before
    this.#after = after
    this.#isSameRoles =
      before.facts === after.facts && derivationText(before.policy) === derivationText(after.policy)
    this.#worlds = this.#isSameRoles ? [before] : [before, after]
  }

  /** Everybody, grouped by roles on the tenant and by what conditions say of the person alone. */
  *root(): Sliced<Audience> {
    if (this.#root) return this.#root
    const moved = new Map<SubjectId, number>()
    const grouping = new Grouping()
    const personal = [this.#before, this.#after].flatMap((world) =>
      personalConditions(world.policy).map((condition) => ({ world, condition })),
    )
    for (const world of this.#worlds) {
      for (const subject of everybody(world)) {
        yield
        if (moved.has(subject)) continue
        const said = personal.map(({ world, condition }) => saidOf(world, subject, condition))
        const name = `${this.#rolesOnTenant(subject)} ${said.join('')}`
        moved.set(subject, grouping.add(0, name, subject))
      }
    }
    this.#root = rootAudience(moved, grouping.groups)
    return this.#root
  }

  /** Who is on a resource. Kept where other resources take their people from. */
  *on(resource: ResourceId): Sliced<Audience> {
    return this.#built.get(resource) ?? (yield* this.#build(resource))
  }

  *#build(resource: ResourceId): Sliced<Audience> {
    const root = yield* this.root()
    const { people, above } = yield* this.#neighbours(resource)
    this.#building.add(resource)
    const base = yield* this.#baseOf(resource, above)
    this.#building.delete(resource)
    if (base) return yield* this.#split(resource, root, base, people)
    const all = new Set<SubjectId>()
    for (const world of this.#worlds) {
      for (const subject of peopleOn(world, resource)) {
        all.add(subject)
        yield
      }
    }
    return yield* this.#split(resource, root, root, all)
  }

  /** The audience that all roles but the assigned ones come from; undefined if there is no such single one. */
  *#baseOf(resource: ResourceId, above: ReadonlySet<ResourceId>): Sliced<Audience | undefined> {
    const [only, ...more] = above
    const type = typeOf(resource)
    const isByPerson = this.#worlds.some(({ policy }) => derivesByPerson(policy.types.get(type)))
    if (isByPerson) return undefined
    if (only === undefined) return yield* this.root()
    if (more.length > 0 || this.#building.has(only) || this.#building.size > DEEPEST) {
      return undefined
    }
    const base = yield* this.on(only)
    this.#built.set(only, base)
    return base
  }

  *#split(
    resource: ResourceId,
    root: Audience,
    base: Audience,
    people: ReadonlySet<SubjectId>,
  ): Sliced<Audience> {
    const grouping = new Grouping()
    const moved = new Map<SubjectId, number>()
    const left = base.groups.map(({ size }) => size)
    for (const subject of people) {
      yield
      const from = groupOf(base, subject)
      const at = groupOf(root, subject)
      if (from === undefined || at === undefined) continue
      left[from] = (left[from] ?? 0) - 1
      moved.set(subject, grouping.add(at, this.#rolesOn(subject, resource), subject))
    }
    const fromBase: number[] = []
    for (const [from, group] of base.groups.entries()) {
      yield
      const one = left[from] === 0 ? undefined : otherThan(base, from, people)
      if (one === undefined) fromBase.push(-1)
      else {
        const roles = this.#rolesOn(one, resource)
        fromBase.push(grouping.add(group.root, roles, one, left[from]))
      }
    }
    return { base, fromBase, moved, groups: grouping.groups }
  }

  /** The people to whom roles on a resource are assigned, and the resources that more of its roles can come from. */
  *#neighbours(
    resource: ResourceId,
  ): Sliced<{ people: ReadonlySet<SubjectId>; above: ReadonlySet<ResourceId> }> {
    const people = new Set<SubjectId>()
    const above = new Set<ResourceId>()
    for (const world of this.#worlds) {
      for (const [who] of world.facts.holdersOn(resource)) {
        yield
        if (isSubjectSet(who)) above.add(setParts(who).resource)
        else people.add(who)
      }
      const derives = world.policy.types.get(typeOf(resource))?.derives
      if (!derives || derives.size === 0) continue
      for (const [relation, target] of world.facts.relationsOf(resource)) {
        if (derives.has(relation)) above.add(target)
      }
    }
    // The root tells people apart by their roles on the tenant already.
    const { tenant } = this.#before.policy
    if (tenant === this.#after.policy.tenant) above.delete(tenant)
    return { people, above }
  }

  #rolesOn(subject: SubjectId, resource: ResourceId): string {
    const before = namesOf(this.#before, subject, resource)
    return this.#isSameRoles
      ? `${before}|${before}`
      : `${before}|${namesOf(this.#after, subject, resource)}`
  }

  #rolesOnTenant(subject: SubjectId): string {
    const { tenant } = this.#before.policy
    return `${this.#rolesOn(subject, tenant)}|${this.#rolesOn(subject, this.#after.policy.tenant)}`
  }
}

function namesOf(world: World, subject: SubjectId, resource: ResourceId): string {
  return rolesHeld(world, subject, resource).join()
}

/** True, false or error: a *forbid* that cannot be answered holds, an *allow* does not. */
function saidOf(world: World, subject: SubjectId, condition: Condition): 't' | 'f' | 'e' {
  const outcome = condition.evaluate(scopeOf(world, subject, world.policy.tenant))
  if (outcome === true) return 't'
  return outcome === false ? 'f' : 'e'
}
