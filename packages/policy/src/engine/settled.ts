// What roles alone settle: most answers follow from the sets of roles held, and are worked out once for each of them.

import type { NameSet } from '../facts/name-sets.ts'
import { type ActionRow, hasBit, type RuleRow, type TypeTable, type View } from './type-table.ts'

/** By the number of the action; undefined where a condition, an instant or a message has a say. */
type Verdicts = readonly (boolean | undefined)[]

export class Settled {
  readonly #table: TypeTable
  /** By the number of the roles on the tenant, then of those on the resource. */
  readonly #verdicts: (Verdicts | undefined)[][] = []

  constructor(table: TypeTable) {
    this.#table = table
  }

  /** The answer that holds whatever else is so; undefined if there is none. */
  answer({ number }: ActionRow, held: NameSet, heldOnTenant: NameSet): boolean | undefined {
    const known = this.#verdicts[heldOnTenant.id]?.[held.id]
    return (known ?? this.#verdictsOf(held, heldOnTenant))[number]
  }

  #verdictsOf(held: NameSet, heldOnTenant: NameSet): Verdicts {
    const [here, tenant] = [this.#table.here(held), this.#table.tenant(heldOnTenant)]
    const { default: fallback } = this.#table.type
    const verdicts = [...this.#table.actions.values()].map((row) =>
      verdictOf(row, here, tenant, fallback === 'allow'),
    )
    const byHere = this.#verdicts[heldOnTenant.id] ?? []
    byHere[held.id] = verdicts
    this.#verdicts[heldOnTenant.id] = byHere
    return verdicts
  }
}

function verdictOf(row: ActionRow, here: View, tenant: View, isDefault: boolean) {
  const meant = (rule: RuleRow) => isMeant(rule, here, tenant)
  const forbids = row.forbid.filter(meant)
  if (forbids.some(isSure)) return false
  // A requirement without a condition is always met.
  const mayFail = row.require.some((rule) => rule.asks !== undefined && meant(rule))
  const isOpen = forbids.length > 0 || mayFail || row.hasForm
  const byRole = hasBit(here.allows, row.number) || hasBit(tenant.allows, row.number)
  const allows = row.allow.filter(meant)
  if (byRole || isDefault || allows.some(isSure)) return isOpen ? undefined : true
  return allows.length > 0 ? undefined : false
}

/** True if a rule is about who holds some roles. */
export function isMeant(rule: RuleRow, here: View, tenant: View): boolean {
  const isNamed =
    rule.to === undefined || hasBit(here.to, rule.number) || hasBit(tenant.to, rule.number)
  return isNamed && !hasBit(here.unless, rule.number) && !hasBit(tenant.unless, rule.number)
}

/** It counts at every time and whatever the facts. */
function isSure({ asks, fromMs, untilMs }: RuleRow): boolean {
  return asks === undefined && fromMs === undefined && untilMs === undefined
}
