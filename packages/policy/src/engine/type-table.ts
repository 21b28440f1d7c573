// A compiled type as tables over sets of roles: what they allow, which rules speak of them, what follows from them.

import {
  type Derivation,
  type PolicyType,
  RECEIVE,
  type RoleActions,
  type RoleSelection,
  type Rule,
} from '../compiled.ts'
import type { Interner } from '../facts/interner.ts'
import type { NameSet, NameSets } from '../facts/name-sets.ts'
import type { Tables } from '../facts/tables.ts'
import type { Action, RoleName } from '../names.ts'
import { KeptCondition } from './outcome.ts'

/** A set of small numbers as bits. */
type Bits = Uint32Array

/** What a set of roles, held on a resource or on the tenant, means for a type. */
export type View = {
  /** By the number of the action. */
  readonly allows: Bits
  /** By the number of the action: the first of the roles, by name, that allows it. */
  readonly grants: readonly (Granting | undefined)[]
  /** The rules, by number, whose `to` and whose `unless` name one of the roles. */
  readonly to: Bits
  readonly unless: Bits
}

/** A role that allows an action, and the roles it has that from. */
type Granting = { readonly role: RoleName; readonly via: readonly RoleName[] }

export type RuleRow = Rule & {
  readonly asks?: KeptCondition
  readonly number: number
  /** It reads the single message or the context, so that a standing question leaves it open. */
  readonly isOpen: boolean
}

export type ActionRow = {
  readonly number: number
  readonly allow: readonly RuleRow[]
  readonly forbid: readonly RuleRow[]
  readonly require: readonly RuleRow[]
  /** When rules about the action start and end; sorted. */
  readonly instants: readonly number[]
  /** The type declares the messages that the action writes. */
  readonly hasForm: boolean
}

/** What roles on a target give on what points to it. */
export type Step = {
  /** Whatever else is so. */
  readonly always: NameSet
  /** If their `when`, or the absence of other roles, says so. */
  readonly maybe: readonly DerivationRow[]
}
export type DerivationRow = Derivation & {
  readonly asks?: KeptCondition
  /** The role it gives, alone. */
  readonly adds: NameSet
}
/** Steps by the number of the roles on the target. */
type Steps = { readonly ways: readonly DerivationRow[]; readonly byRoles: (Step | undefined)[] }

/** More than types there will ever be. */
const MOST_TYPES = 2 ** 20

const NO_WAYS: readonly DerivationRow[] = []

const WRITES = /^(?:publish|message-update-.*)$/

export class TypeTable {
  readonly type: PolicyType
  /** Its place among the types of the policy. */
  readonly number: number
  readonly actions: ReadonlyMap<Action, ActionRow>
  readonly rules: readonly RuleRow[]
  /** The rules over who gets which message. */
  readonly receive: ActionRow
  /** Nothing but roles decides. */
  readonly isPlain: boolean
  /** Some role is derived. */
  readonly derives: boolean
  readonly #sets: NameSets
  readonly #types: Interner<string>
  readonly #here: (View | undefined)[] = []
  readonly #tenant: (View | undefined)[] = []
  /** By relations and target type, then by the roles on the target. */
  readonly #steps = new Map<number, Steps | null>()
  readonly #ways: readonly DerivationRow[]
  readonly #waysTo: ReadonlyMap<RoleName, readonly DerivationRow[]>
  readonly #lists = new Map<string, readonly Action[]>()

  constructor(type: PolicyType, number: number, { roleSets, types }: Tables) {
    this.type = type
    this.number = number
    this.#sets = roleSets
    this.#types = types
    this.rules = type.rules.map((rule, number) => {
      const isOpen = rule.when !== undefined && !rule.when.isStable
      return { ...rule, number, isOpen, ...(rule.when && { asks: new KeptCondition(rule.when) }) }
    })
    this.#waysTo = new Map(
      [...type.rolesFrom].map(([role, ways]) => {
        const adds = roleSets.of([role])
        const rows = ways.map((way) => {
          return { ...way, adds, ...(way.when && { asks: new KeptCondition(way.when) }) }
        })
        return [role, rows]
      }),
    )
    this.#ways = [...this.#waysTo.values()].flat()
    this.derives = type.derives.size > 0
    this.isPlain = type.rules.length === 0 && type.default === 'deny' && type.messages === undefined
    this.receive = this.#rowOf(RECEIVE, -1)
    this.actions = new Map(
      type.actions.map((action, number) => [action, this.#rowOf(action, number)]),
    )
  }

  here(roles: NameSet): View {
    const known = this.#here[roles.id]
    if (known) return known
    const view = this.#viewOf(roles, this.type.roles, 'here')
    this.#here[roles.id] = view
    return view
  }

  tenant(roles: NameSet): View {
    const known = this.#tenant[roles.id]
    if (known) return known
    const view = this.#viewOf(roles, this.type.tenantRoles, 'tenant')
    this.#tenant[roles.id] = view
    return view
  }

  /** What follows along some relations from a type of target; undefined if nothing ever. */
  steps(relations: NameSet, targetType: number): Steps | undefined {
    if (targetType < 0) return undefined
    const key = relations.id * MOST_TYPES + targetType
    const known = this.#steps.get(key)
    if (known !== undefined) return known ?? undefined
    const ways = this.#waysAlong(relations, this.#types.name(targetType))
    const steps = ways.length > 0 ? { ways, byRoles: [] } : null
    this.#steps.set(key, steps)
    return steps ?? undefined
  }

  /** What roles on a target give. */
  step({ ways, byRoles }: Steps, roles: NameSet): Step {
    const known = byRoles[roles.id]
    if (known) return known
    const held = ways.filter(({ role }) => roles.names.includes(role))
    const isSure = (way: Derivation) => way.when === undefined && !way.exceptDirect
    const always = this.#sets.of(held.filter(isSure).map(({ gives }) => gives))
    const maybe = held.filter((way) => !isSure(way) && !always.names.includes(way.gives))
    byRoles[roles.id] = { always, maybe }
    return { always, maybe }
  }

  /** The ways to a role, whatever the relation. */
  waysTo(role: RoleName): readonly DerivationRow[] {
    return this.#waysTo.get(role) ?? NO_WAYS
  }

  #waysAlong(relations: NameSet, targetType: string): readonly DerivationRow[] {
    return this.#ways.filter(
      ({ via, targets }) => relations.names.includes(via) && targets.has(targetType),
    )
  }

  /** The actions of some bits, in the order of the document. */
  list(bits: Bits): readonly Action[] {
    const key = bits.join()
    const known = this.#lists.get(key)
    if (known) return known
    const list = this.type.actions.filter((_, number) => hasBit(bits, number))
    // At most as many lists as sets of roles can make; with rules there may be more, so they are not kept for ever.
    if (this.#lists.size > 10_000) this.#lists.clear()
    this.#lists.set(key, list)
    return list
  }

  noActions(): Bits {
    return emptyBits(this.type.actions.length)
  }

  #rowOf(action: Action, number: number): ActionRow {
    const of = (verb: Rule['verb']) =>
      this.rules.filter((rule) => rule.verb === verb && rule.actions.has(action))
    const instants = this.rules
      .filter((rule) => rule.actions.has(action))
      .flatMap(({ fromMs, untilMs }) => [fromMs ?? [], untilMs ?? []].flat())
      .sort((a, b) => a - b)
    return {
      number,
      allow: of('allow'),
      forbid: of('forbid'),
      require: of('require'),
      instants,
      hasForm: this.type.messages !== undefined && WRITES.test(action),
    }
  }

  #viewOf(
    { names }: NameSet,
    known: ReadonlyMap<RoleName, RoleActions>,
    place: keyof RoleSelection,
  ): View {
    const { actions, rules } = this.type
    const grants = actions.map((action) => {
      const role = names.find((name) => known.get(name)?.has(action))
      return role === undefined ? undefined : { role, via: known.get(role)?.get(action) ?? [] }
    })
    const speaksOf = (selection: RoleSelection | undefined) =>
      selection !== undefined && names.some((role) => selection[place].has(role))
    return {
      allows: bitsOf(grants, (granting) => granting !== undefined),
      grants,
      to: bitsOf(rules, (rule) => speaksOf(rule.to)),
      unless: bitsOf(rules, (rule) => speaksOf(rule.unless)),
    }
  }
}

function emptyBits(length: number): Bits {
  return new Uint32Array((length + 31) >>> 5)
}

function bitsOf<T>(all: readonly T[], isIn: (one: T) => boolean): Bits {
  const bits = emptyBits(all.length)
  all.forEach((one, i) => {
    if (isIn(one)) setBit(bits, i)
  })
  return bits
}

export function setBit(bits: Bits, i: number): void {
  bits[i >>> 5] = (bits[i >>> 5] ?? 0) | (1 << (i & 31))
}

export function hasBit(bits: Bits, i: number): boolean {
  return ((bits[i >>> 5] ?? 0) & (1 << (i & 31))) !== 0
}
