// How soon the desk answered, by the steps of a span: nobody's conversation, and nobody by name.

import { type ResourceId, tenantsOf, type World } from '@sayso/policy'
import { SLOT_MS } from '@sayso/store'
import type { Asker } from '../commands/asker.ts'
import { requirePlace } from '../commands/require-place.ts'
import { tenantsWhere } from '../commands/require-tenants.ts'
import { deskOf } from '../desk/desk-type.ts'
import { type Figures, reportOf, type Times } from '../desk/report.ts'
import type { ReportLine } from '../desk/report-lines.ts'
import type { Asked, Report, Row } from './report-shape.ts'
import type { Scope } from './scope.ts'
import { boundsOf } from './zone.ts'

/**
 * Numbers of the desk take the right to its reports besides.
 *
 * @throws {Failure} `denied`
 */
export function deskScope(world: World, asker: Asker, scope: Scope): Scope {
  const may = tenantsWhere(world, asker, 'read-desk-reports')
  if (may === 'all') return scope
  const meant = may.filter((tenant) => scope.tenants === 'all' || scope.tenants.has(tenant))
  const [first] = scope.tenants === 'all' ? [] : scope.tenants
  if (meant.length === 0) requirePlace(world, asker, 'read-desk-reports', first)
  return { ...scope, tenants: new Set(meant) }
}

/** A row for each step, and the whole span: `totals`. Empty where there is no desk. */
export async function deskFigures(asked: Asked): Promise<Report> {
  const { world, scope, span, step, zone, deskLines } = asked
  if (deskOf(world) === undefined) return { rows: [] }
  const starts = boundsOf(span, step, zone).map((slot) => slot * SLOT_MS)
  const tenants = scope.tenants === 'all' ? tenantsOf(world) : scope.tenants
  const lines: ReportLine[] = []
  for (const tenant of tenants)
    lines.push(...(await deskLines(keyOf(tenant), starts[0] ?? 0, starts.at(-1) ?? 0)))
  const { totals, series } = reportOf(lines, starts)
  const iso = (ms: number | undefined) => new Date(ms ?? 0).toISOString()
  const rows = series.map((figures, index) => ({
    at: iso(starts[index]),
    to: iso(starts[index + 1]),
    ...rowOf(figures),
  }))
  return { rows, totals: rowOf(totals) }
}

function rowOf({ opened, answered, missed, closed, rating, ...times }: Figures): Row {
  return {
    opened,
    answered,
    missed,
    closed,
    ...timesOf('answer', times.firstAnswer),
    ...timesOf('wait', times.wait),
    ...timesOf('resolution', times.resolution),
    rating,
  }
}

/** `answerMs` is the median, `answerP90Ms` what nine of ten do not exceed. */
function timesOf(name: string, times: Times | null): Row {
  return { [`${name}Ms`]: times?.median ?? null, [`${name}P90Ms`]: times?.p90 ?? null }
}

function keyOf(tenant: ResourceId): string {
  return tenant.slice(tenant.indexOf(':') + 1)
}
