// What one person or set holds on one resource: the roles that count, and what is known about their assignments.

import type { Grant } from '../change.ts'
import type { RoleName } from '../names.ts'
import type { NameSet, NameSets } from './name-sets.ts'

export type Cell = {
  /** The assigned roles that are not pending. */
  readonly roles: NameSet
  /** Assignments of which more is known than that they hold, pending ones too; sorted by role. */
  readonly grants: readonly (readonly [RoleName, Grant])[]
  /** The earliest start or end among them; `Infinity` if there is none. */
  readonly dueMs: number
}

const NO_GRANTS: Cell['grants'] = []

/** Makes cells; those that say nothing but roles are one object per set of roles. */
export class Cells {
  readonly #sets: NameSets
  readonly #plain: Cell[] = []

  constructor(sets: NameSets) {
    this.#sets = sets
  }

  /** With a role assigned, or assigned again; the very same cell if that changes nothing. */
  assigned(cell: Cell | undefined, role: RoleName, grant: Grant): Cell {
    const isPending = grant.notBeforeMs !== undefined
    const roles = cell?.roles ?? this.#sets.empty
    const next = isPending ? this.#sets.minus(roles, role) : this.#sets.plus(roles, role)
    if (cell && next === roles && sameGrant(grantIn(cell, role), grant)) return cell
    const others = (cell?.grants ?? NO_GRANTS).filter(([name]) => name !== role)
    if (isEmpty(grant)) return this.#make(next, others)
    const grants = [...others, [role, grant] as const]
    return this.#make(
      next,
      grants.sort(([a], [b]) => (a < b ? -1 : 1)),
    )
  }

  /** Without a role; the very same cell if it was not there, undefined if nothing is left. */
  unassigned(cell: Cell | undefined, role: RoleName): Cell | undefined {
    if (cell === undefined || grantIn(cell, role) === undefined) return cell
    const roles = this.#sets.minus(cell.roles, role)
    const grants = cell.grants.filter(([name]) => name !== role)
    if (roles.names.length === 0 && grants.length === 0) return undefined
    return this.#make(roles, grants)
  }

  #make(roles: NameSet, grants: Cell['grants']): Cell {
    if (grants.length > 0) return { roles, grants, dueMs: dueOf(grants) }
    const known = this.#plain[roles.id]
    if (known) return known
    const cell = { roles, grants: NO_GRANTS, dueMs: Number.POSITIVE_INFINITY }
    this.#plain[roles.id] = cell
    return cell
  }
}

/** What is known about an assignment, a pending one too; undefined if there is none. */
export function grantIn(cell: Cell | undefined, role: RoleName): Grant | undefined {
  const known = cell?.grants.find(([name]) => name === role)
  if (known) return known[1]
  return cell?.roles.names.includes(role) ? {} : undefined
}

function sameGrant(a: Grant | undefined, b: Grant): boolean {
  return (
    a !== undefined &&
    a.notBeforeMs === b.notBeforeMs &&
    a.expiresAtMs === b.expiresAtMs &&
    a.by === b.by &&
    a.reason === b.reason
  )
}

function isEmpty(grant: Grant): boolean {
  return sameGrant(grant, {})
}

function dueOf(grants: Cell['grants']): number {
  return grants.reduce(
    (due, [, { notBeforeMs, expiresAtMs }]) =>
      Math.min(due, notBeforeMs ?? due, expiresAtMs ?? due),
    Number.POSITIVE_INFINITY,
  )
}
