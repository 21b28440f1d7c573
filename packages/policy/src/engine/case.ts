// One subject on one resource: the roles that count there, and what roles and rules make of an action.

import type { Outcome, Scope } from '../condition/condition.ts'
import type { About, Reason } from '../decision.ts'
import type { NameSet } from '../facts/name-sets.ts'
import { formProblem } from '../message-schema.ts'
import type { ResourceId, SubjectId } from '../names.ts'
import { FactScope, scopeOf } from '../scope.ts'
import type { World } from '../world.ts'
import type { KeptCondition } from './outcome.ts'
import { isMeant } from './settled.ts'
import { type ActionRow, hasBit, type RuleRow, type TypeTable, type View } from './type-table.ts'
import { Walk } from './walk.ts'
import { wayTo } from './way-to.ts'

/** Roles on the resource and on its tenant, as far as they are known already. */
type Holding = {
  readonly held?: NameSet | undefined
  readonly heldOnTenant?: NameSet | undefined
}

export class Case {
  readonly walk: Walk
  readonly table: TypeTable
  readonly place: number
  /** Where the tenant of the resource is; -1 if nothing is known of it. */
  readonly tenantPlace: number
  /** The roles on the resource and those on the tenant. */
  readonly held: NameSet
  readonly heldOnTenant: NameSet
  readonly here: View
  readonly tenant: View
  readonly #resource: ResourceId
  readonly #about: About | undefined
  readonly #isStanding: boolean
  /** A rule that a standing question leaves open could still turn a yes. */
  #isLeftOpen = false
  #scope: Scope | undefined

  constructor(
    walk: Walk,
    table: TypeTable,
    place: number,
    resource: ResourceId,
    about: About | undefined,
    tenantPlace: number = walk.engine.tenantPlaceOf(walk.version, place),
    { held = walk.held(place), heldOnTenant = walk.held(tenantPlace) }: Holding = {},
  ) {
    this.walk = walk
    this.table = table
    this.place = place
    this.tenantPlace = tenantPlace
    this.held = held
    this.heldOnTenant = heldOnTenant
    this.here = table.here(this.held)
    this.tenant = table.tenant(this.heldOnTenant)
    this.#resource = resource
    this.#about = about
    this.#isStanding = about === undefined
  }

  /** A yes may still be turned by the single message or the context. */
  isConditional(row: ActionRow): boolean {
    if (!this.#isStanding) return false
    if (this.#isLeftOpen) return true
    const isSure =
      this.allowsByRole(row) ||
      this.table.type.default === 'allow' ||
      row.allow.some((rule) => !rule.isOpen && this.#allows(rule))
    return !isSure
  }

  isAllowed(row: ActionRow): boolean {
    const settled = this.walk.engine.answer(this.table, row, this.held, this.heldOnTenant)
    return settled ?? this.isAllowedUnsettled(row)
  }

  /** The same where roles alone are known not to settle it. */
  isAllowedUnsettled(row: ActionRow): boolean {
    return this.denial(row) === undefined && this.#isGranted(row)
  }

  allowsByRole({ number }: ActionRow): boolean {
    return hasBit(this.here.allows, number) || hasBit(this.tenant.allows, number)
  }

  #isGranted(row: ActionRow): boolean {
    return (
      this.allowsByRole(row) ||
      this.table.type.default === 'allow' ||
      row.allow.some((rule) => this.#allows(rule))
    )
  }

  /** What takes the action away whoever grants it. */
  denial(row: ActionRow): Reason | undefined {
    this.#isLeftOpen = row.hasForm && this.#isStanding
    for (const rule of row.forbid) {
      const outcome = this.#ask(rule, false)
      if (outcome !== false) return ruleReason('forbidden', rule, outcome)
    }
    for (const rule of row.require) {
      const outcome = this.#ask(rule, true)
      if (outcome !== true) return ruleReason('requirement', rule, outcome)
    }
    const forms = row.hasForm && !this.#isStanding ? this.table.type.messages : undefined
    const problem = forms && formProblem(forms, this.#about?.message?.after)
    return problem && { kind: 'message_invalid', ...problem }
  }

  /** What grants the action, or why nothing does. */
  grant(row: ActionRow, action: string): Reason {
    const { type } = this.table
    const byRole = this.#roleReason(row, false) ?? this.#roleReason(row, true)
    if (byRole) return byRole
    const sure = row.allow.find((rule) => !rule.isOpen && this.#allows(rule))
    const allowing = sure ?? row.allow.find((rule) => this.#allows(rule))
    if (allowing) return { kind: 'rule', rule: allowing.statement }
    if (type.default === 'allow') return { kind: 'default' }
    return { kind: 'never_granted', grantedBy: type.grantedBy.get(action) ?? [] }
  }

  /** Roles assigned to the person come first, then by name, so that the reason does not depend on history. */
  #roleReason({ number }: ActionRow, isTenant: boolean): Reason | undefined {
    const { table, walk } = this
    const view = isTenant ? this.tenant : this.here
    const any = view.grants[number]
    if (any === undefined) return undefined
    const place = isTenant ? this.tenantPlace : this.place
    const direct = walk.direct(place)
    const own = (isTenant ? table.tenant(direct) : table.here(direct)).grants[number]
    const { role, via } = own ?? any
    const on = isTenant ? this.tenantName : this.#resource
    if (own) return { kind: 'granted', role, on, via }
    return { kind: 'granted', role, on, via, through: wayTo(walk, place, role) }
  }

  get tenantName(): ResourceId {
    const { version, world } = this.walk
    return this.tenantPlace < 0 ? world.policy.tenant : version.tables.places.name(this.tenantPlace)
  }

  /** True if a rule is active and about this person. */
  concerns(rule: RuleRow): boolean {
    const { timeMs } = this.walk.world
    if (rule.fromMs !== undefined && timeMs < rule.fromMs) return false
    if (rule.untilMs !== undefined && timeMs >= rule.untilMs) return false
    return isMeant(rule, this.here, this.tenant)
  }

  /** The outcome of a rule that forbids or requires; `idle` where it has nothing to say, or not yet. */
  #ask(rule: RuleRow, idle: boolean): Outcome {
    if (!this.concerns(rule)) return idle
    if (rule.isOpen && this.#isStanding) {
      this.#isLeftOpen = true
      return idle
    }
    return rule.asks === undefined ? true : this.outcome(rule.asks)
  }

  /** Whether an allow counts; one that a standing question leaves open does. */
  #allows(rule: RuleRow): boolean {
    if (!this.concerns(rule)) return false
    if (rule.asks === undefined || (rule.isOpen && this.#isStanding)) return true
    return this.outcome(rule.asks) === true
  }

  outcome(asks: KeptCondition): Outcome {
    if (this.walk.premise) return asks.condition.evaluate(this.#scopeOnce())
    const about = this.walk.about(asks, this.place)
    return asks.known(about) ?? asks.ask(about, this.#scopeOnce())
  }

  #scopeOnce(): Scope {
    const { world, subject, premise } = this.walk
    this.#scope ??= premise
      ? scopeOf(world, subject, this.#resource, this.#about, premise)
      : new FactScope(world, subject, this.#resource, this.#about, this)
    return this.#scope
  }
}

function ruleReason(kind: 'forbidden' | 'requirement', rule: RuleRow, outcome: Outcome): Reason {
  return {
    kind,
    rule: rule.statement,
    ...(typeof outcome === 'object' && { error: outcome.error }),
    ...(rule.message !== undefined && { message: rule.message }),
  }
}

/**
 * The case of a subject on a resource of a known type, whether it exists or not; undefined if the type is unknown.
 *
 * @param about absent: a standing question, which leaves open what reads the message or the context
 */
export function caseOf(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  about?: About,
): Case | undefined {
  const walk = new Walk(world, subject)
  const place = walk.version.tables.places.find(resource)
  const table = walk.engine.typeOf(resource, place)
  return table && new Case(walk, table, place, resource, about)
}

export function existsAt(
  { version, world }: Pick<Walk, 'version' | 'world'>,
  resource: ResourceId,
  place: number,
): boolean {
  return version.attributes('resources', place) !== undefined || resource === world.policy.tenant
}
