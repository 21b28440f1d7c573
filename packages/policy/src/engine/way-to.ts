// One shortest way from a person to a role they hold: from an assignment, through sets and along relations.

import type { Step } from '../decision.ts'
import { grantIn } from '../facts/cell.ts'
import type { ResourceId, RoleName, SubjectId, SubjectSet } from '../names.ts'
import type { DerivationRow } from './type-table.ts'
import type { Walk } from './walk.ts'

/** A role on a place that is to be accounted for, and the steps from it to the role asked for. */
type Open = { readonly place: number; readonly role: RoleName; readonly after: readonly Step[] }

/** The steps to a role on a place, from the person on; none if they do not hold it. */
export function wayTo(walk: Walk, place: number, role: RoleName): readonly Step[] {
  const start: Open = { place, role, after: [] }
  const own = assigned(walk, start)
  if (own) return [own]
  // Most ways are short: nothing is remembered before it is known to be needed.
  const next = [...throughSets(walk, start), ...derived(walk, start)]
  for (const each of next) {
    const first = assigned(walk, each)
    if (first) return [first, ...each.after]
  }
  return longWay(walk, next)
}

function longWay(walk: Walk, open: Open[]): readonly Step[] {
  const seen = new Set<string>()
  // Grows while it is walked: breadth first, so that the first way found is a shortest one.
  for (const each of open) {
    const name = `${each.place} ${each.role}`
    if (seen.has(name)) continue
    seen.add(name)
    const own = assigned(walk, each)
    if (own) return [own, ...each.after]
    open.push(...throughSets(walk, each), ...derived(walk, each))
  }
  return []
}

function assigned(walk: Walk, { place, role }: Open): Step | undefined {
  if (!walk.direct(place).names.includes(role)) return undefined
  return assignment(walk, walk.subject, 'roles', walk.person, place, role)
}

function assignment(
  { version }: Walk,
  subject: SubjectId | SubjectSet,
  kind: 'roles' | 'setRoles',
  holder: number,
  place: number,
  role: RoleName,
): Step {
  const resource = version.tables.places.name(place)
  const grant = grantIn(version.edge(kind, holder, place), role) ?? {}
  return { kind: 'assigned', tuple: { resource, role, subject }, grant }
}

function* throughSets(walk: Walk, { place, role, after }: Open): Generator<Open> {
  const { sets, setPlaces, setRoles } = walk.version.tables
  for (const { end, value } of walk.version.edgesOfB('setRoles', place)) {
    if (!value.roles.names.includes(role)) continue
    const set = sets.name(end)
    const given = assignment(walk, set, 'setRoles', end, place, role)
    yield {
      place: setPlaces[end] ?? -1,
      role: setRoles[end] ?? '',
      after: [{ kind: 'member', set }, given, ...after],
    }
  }
}

function* derived(walk: Walk, { place, role, after }: Open): Generator<Open> {
  const { places } = walk.version.tables
  const table = walk.engine.typeAt(place)
  if (!table?.derives) return
  const ways = table.waysTo(role)
  for (const { end, value } of walk.version.edgesOfA('relations', place)) {
    if (!table.steps(value, walk.engine.targetTypeAt(end))) continue
    const target = places.name(end)
    for (const way of ways) {
      const leads = value.names.includes(way.via) && isMeant(walk, way, end)
      if (!leads || !walk.derives(way, place)) continue
      yield {
        place: end,
        role: way.role,
        after: [derivedStep(places.name(place), target, way), ...after],
      }
    }
  }
}

function isMeant(walk: Walk, { targets }: DerivationRow, target: number): boolean {
  const type = walk.engine.targetTypeAt(target)
  return type >= 0 && targets.has(walk.version.tables.types.name(type))
}

function derivedStep(on: ResourceId, target: ResourceId, way: DerivationRow): Step {
  return {
    kind: 'derived',
    role: way.gives,
    on,
    from: { role: way.role, on: target },
    relation: { resource: on, relation: way.via, target },
    statement: way.statement,
  }
}
