// A condition taken apart into rules: what asks of roles on the tenant goes beside the expression, to `to` and `unless`.

import { invalid } from '../trouble.ts'
import { type Condition, textOf } from './expression.ts'

/** One rule's worth: holders of one of `to`, of none of `unless`, where all of `when` holds. */
export type Clause = {
  /** Absent: everybody. */
  readonly to?: readonly string[]
  readonly unless: readonly string[]
  readonly when: readonly string[]
}

/** Rules of one condition at most. */
const MOST_CLAUSES = 16

const EVERYBODY: Clause = { unless: [], when: [] }

/**
 * The clauses of which one must hold.
 *
 * @throws {PermitTrouble} `INVALID_INPUT` for what rules cannot say: two roles at once, or too many alternatives
 */
export function clausesOf(condition: Condition): readonly Clause[] {
  const clauses = split(condition, false)
  if (clauses.length <= MOST_CLAUSES) return clauses
  throw invalid(
    `conditions on roles have ${clauses.length} alternatives, more than ${MOST_CLAUSES}`,
  )
}

/** Clauses that hold where one of each side does. */
export function bothOf(one: readonly Clause[], other: readonly Clause[]): readonly Clause[] {
  const both = one.flatMap((left) => other.map((right) => merged(left, right)))
  if (both.length <= MOST_CLAUSES * 2) return both
  throw invalid(`the rule would have ${both.length} alternatives; use simpler conditions`)
}

function split(condition: Condition, isNot: boolean): readonly Clause[] {
  if (!asksRoles(condition)) return plain(condition, isNot)
  switch (condition.kind) {
    case 'cel':
      return plain(condition, isNot)
    case 'roles':
      return [
        isNot ? { ...EVERYBODY, unless: condition.roles } : { ...EVERYBODY, to: condition.roles },
      ]
    case 'not':
      return split(condition.part, !isNot)
    case 'all':
    case 'any': {
      const isAll = (condition.kind === 'all') !== isNot
      const parts = condition.parts.map((part) => split(part, isNot))
      if (isAll) return parts.reduce(bothOf, [EVERYBODY])
      return joined(parts.flat())
    }
  }
}

function plain(condition: Condition, isNot: boolean): readonly Clause[] {
  const text = textOf(condition)
  if (text === 'true' && !isNot) return [EVERYBODY]
  return [{ ...EVERYBODY, when: [isNot ? `!(${text})` : text] }]
}

/** Alternatives that are nothing but roles are one: whoever holds any of them. */
function joined(clauses: readonly Clause[]): readonly Clause[] {
  const isRolesOnly = ({ to, unless, when }: Clause) =>
    to !== undefined && unless.length + when.length === 0
  const roles = clauses.filter(isRolesOnly).flatMap(({ to = [] }) => to)
  const others = clauses.filter((clause) => !isRolesOnly(clause))
  return roles.length === 0 ? others : [{ ...EVERYBODY, to: [...new Set(roles)] }, ...others]
}

function merged(left: Clause, right: Clause): Clause {
  if (left.to && right.to) {
    throw invalid('a rule cannot ask for two roles at once; make a role that stands for both')
  }
  const to = left.to ?? right.to
  return {
    ...(to && { to }),
    unless: [...new Set([...left.unless, ...right.unless])],
    when: [...new Set([...left.when, ...right.when])],
  }
}

function asksRoles(condition: Condition): boolean {
  switch (condition.kind) {
    case 'cel':
      return false
    case 'roles':
      return true
    case 'not':
      return asksRoles(condition.part)
    default:
      return condition.parts.some(asksRoles)
  }
}
