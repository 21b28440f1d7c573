// Who is of a channel, by their strongest role there, worked out once for each state of rights: lists are long, pages short.

import {
  type ResourceId,
  type RoleName,
  rolesHeld,
  type SubjectId,
  tenantOf,
  typeOf,
  type World,
} from '@sayso/policy'
import type { RoleView } from '@sayso/protocol'
import { isVisitor } from '../desk/visitors/visitor.ts'
import { ofTenants } from './of-tenants.ts'
import { nameOf, rolesOf } from './roles.ts'

export type Member = {
  readonly subject: SubjectId
  readonly name: string
  /** True for whoever holds a role there, or one of the place that counts there. */
  readonly isIn: boolean
  /** Place of the strongest role among those of everybody; nobody's comes last. */
  readonly rank: number
}

export type Members = {
  /** Strongest role first, then by name. */
  readonly all: readonly Member[]
  /** What the ranks of those who are in stand for. */
  readonly ranks: readonly (RoleView | undefined)[]
  readonly counts: RankCounts
}

/** How many hold what as their strongest role; ranks of nobody are left out. */
export type RankCounts = readonly { readonly role?: RoleView; readonly people: number }[]

type Kind = {
  readonly role: RoleView | undefined
  readonly isIn: boolean
  readonly strength: number
}

const known = new WeakMap<World, Map<ResourceId, Members>>()
const byName = new Intl.Collator()

/** Everybody of the resource's tenant, and who else holds a role on it, as the resource sees them. */
export function membersOf(world: World, resource: ResourceId): Members {
  const here = known.get(world) ?? new Map<ResourceId, Members>()
  known.set(world, here)
  const found = here.get(resource) ?? gathered(world, resource)
  here.set(resource, found)
  return found
}

function gathered(world: World, resource: ResourceId): Members {
  const tenant = tenantOf(world, resource)
  const isOfPlace = ofTenants(world, new Set([tenant]))
  const kinds = new Map<string, Kind>()
  const everybody: { subject: SubjectId; name: string; kind: Kind }[] = []
  for (const [subject, attributes] of world.facts.people()) {
    // People who hold the same roles are alike: the roles are looked at once for all of them.
    const held = [rolesHeld(world, subject, resource), rolesHeld(world, subject, tenant)]
    // A visitor is of their conversations only.
    if (held[0]?.length === 0 && (isVisitor(attributes) || !isOfPlace(subject))) continue
    const key = held.map((roles) => roles.join(' ')).join('|')
    const kind = kinds.get(key) ?? kindOf(world, subject, resource, held[0] ?? [])
    kinds.set(key, kind)
    everybody.push({ subject, name: nameOf(world, subject), kind })
  }
  const order = orderOf([...kinds.values()])
  const all = everybody
    .map(({ subject, name, kind }) => ({
      subject,
      name,
      isIn: kind.isIn,
      rank: order.indexOf(roleKey(kind)),
    }))
    .sort(
      (a, b) =>
        a.rank - b.rank || byName.compare(a.name, b.name) || (a.subject < b.subject ? -1 : 1),
    )
  const ranks = ranksOf([...kinds.values()], order)
  return { all, ranks, counts: countedBy(ranks, all) }
}

function kindOf(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  here: readonly RoleName[],
): Kind {
  const role = rolesOf(world, subject, resource)[0]
  const strength = role === undefined ? -1 : strengthOf(world, resource, role)
  const isOpen = world.policy.document.types[typeOf(resource)]?.default === 'allow'
  return { role, isIn: isOpen || here.length > 0 || strength > 0, strength }
}

function strengthOf(world: World, resource: ResourceId, { role, on }: RoleView): number {
  const type = world.policy.types.get(typeOf(resource))
  const roles = on === resource ? type?.roles : type?.tenantRoles
  return roles?.get(role)?.size ?? 0
}

/** The roles that are somebody's strongest, by how much they allow. */
function orderOf(kinds: readonly Kind[]): readonly string[] {
  const strengths = new Map<string, number>()
  for (const kind of kinds) {
    if (kind.isIn) strengths.set(roleKey(kind), kind.strength)
  }
  const order = [...strengths].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return [...order.map(([key]) => key), '']
}

/** Whoever is not in has no place among the roles. */
function roleKey({ role, isIn }: Kind): string {
  return role === undefined || !isIn ? '' : `${role.on}#${role.role}`
}

function ranksOf(kinds: readonly Kind[], order: readonly string[]): Members['ranks'] {
  return order.map((key) => {
    const role = kinds.find((kind) => kind.isIn && roleKey(kind) === key)?.role
    return role === undefined ? undefined : bare(role)
  })
}

/** How many of some who are in stand at each rank, in its order. */
export function countedBy(ranks: Members['ranks'], some: readonly Member[]): RankCounts {
  const people = ranks.map(() => 0)
  for (const { rank, isIn } of some) if (isIn) people[rank] = (people[rank] ?? 0) + 1
  return ranks.flatMap((role, rank) => {
    const count = people[rank] ?? 0
    return count === 0 ? [] : [{ ...(role === undefined ? {} : { role }), people: count }]
  })
}

/** The end of one person's role is not that of others'. */
function bare({ untilMs: _end, ...role }: RoleView): RoleView {
  return role
}
