// The numbers of the past over our own API: reports by the clocks of any zone, compared with the time before, and as a file.

import type { ResourceId } from '@sayso/policy'
import { SLOT_MS, type Span, StoreUnavailable } from '@sayso/store'
import * as z from 'zod'
import { deskScope } from '../../analytics/desk-figures.ts'
import type { Report, Row } from '../../analytics/report-shape.ts'
import { REPORTS, reportOf } from '../../analytics/reports.ts'
import { scopeOf } from '../../analytics/scope.ts'
import { DAY_MS, STEPS, spanBefore, type Zone, zoneNamed } from '../../analytics/zone.ts'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { noteRead } from '../../commands/note-read.ts'
import { reportLines } from '../../desk/report-lines.ts'
import { csvRow } from './csv.ts'
import type { AppRest } from './deps.ts'
import { resourceIdIn } from './names-in.ts'
import { type AppRoute, json, route } from './route.ts'
import { instant } from './shapes.ts'

const tag = 'numbers'
const needs = { who: 'person-or-key', may: 'read-analytics', orOfTenant: true } as const
const params = { report: `one of ${REPORTS.map((name) => `\`${name}\``).join(', ')}` }
/** Rows of one report by time. */
const MOST_STEPS = 1_100
/** Rows of one report that are not by time. */
const MOST_ROWS = 10_000
const LONGEST_DAYS = 3_660
const USUAL_DAYS = 30

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .transform((text) => ({ dateMs: Date.parse(`${text}T00:00:00Z`) }))
  .refine(({ dateMs }) => !Number.isNaN(dateMs), 'there is no such day')
const end = z
  .union([day, instant])
  .describe('an instant, or a day of the zone as `2027-01-31`: its beginning')

const query = z.object({
  from: end.optional().describe('included; an instant or a day of the zone. Default: 30 days ago'),
  to: end.optional().describe('not included; an instant or a day of the zone. Default: now'),
  by: z.enum(STEPS).default('day'),
  zone: z
    .string()
    .max(64)
    .default('UTC')
    .describe('whose clocks say when days and hours begin, for example `Europe/Berlin`'),
  compare: z.enum(['previous']).optional().describe('also the span of the same length before'),
  tenant: z.string().max(400).optional().describe('only of it, for example `tenant:default`'),
  channel: z
    .string()
    .max(1_024)
    .optional()
    .describe('of `messages` and `busiest-hours`: only of it, for example `chat:general`'),
})
type Query = z.output<typeof query>

const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(MOST_ROWS)
  .default(MOST_STEPS)
  .describe('rows at most; the file has them all')

const rowShape = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
)
const reportShape = z
  .object({
    report: z.enum(REPORTS),
    zone: z.string(),
    by: z.enum(STEPS),
    from: z.string(),
    to: z.string(),
    tenant: z.string().optional(),
    rows: z.array(rowShape),
    series: z.array(rowShape).optional().describe('by time, where the rows are not'),
    totals: rowShape.optional().describe('of the whole span, where that is no sum of the rows'),
    hidden: z.int().optional().describe('groups of fewer than five people that are not told'),
    more: z.int().optional().describe('rows beyond `limit`, those with the least'),
    previous: z.array(rowShape).optional(),
    previousSeries: z.array(rowShape).optional(),
    previousTotals: rowShape.optional(),
  })
  .meta({ id: 'Report', description: 'Numbers of a span. What rows hold says docs/analytics.md.' })

const readReport = route({
  method: 'GET',
  path: '/analytics/:report',
  id: 'readReport',
  tag,
  summary: 'Numbers of the past',
  about:
    'What each report has in its rows stands in docs/analytics.md. Where fewer than five people are meant, the number is `null` and `few` is true, unless the reader may `read-analytics-people`.',
  needs,
  params,
  query: query.extend({ limit }),
  answers: { 200: json('The report.', reportShape) },
  problems: ['invalid', 'not_found', 'store_unavailable'],
  run: async ({ c, deps, asker, params: { report }, query: asked }) => {
    const { name, span, zone, run } = await prepared(deps, asker, report, asked)
    const { rows, series, totals, hidden } = await run(span)
    const before = asked.compare && (await run(spanBefore(span, zone)))
    return c.json({
      report: name,
      zone: zone.name,
      by: asked.by,
      from: iso(span.from),
      to: iso(span.to),
      ...(asked.tenant !== undefined && { tenant: asked.tenant }),
      rows: rows.slice(0, asked.limit),
      ...(rows.length > asked.limit && { more: rows.length - asked.limit }),
      ...(series !== undefined && { series }),
      ...(totals !== undefined && { totals }),
      ...(hidden !== undefined && { hidden }),
      ...(before !== undefined && { previous: before.rows.slice(0, asked.limit) }),
      ...(before?.series !== undefined && { previousSeries: before.series }),
      ...(before?.totals !== undefined && { previousTotals: before.totals }),
    })
  },
})

const exportReport = route({
  method: 'GET',
  path: '/analytics/:report/export',
  id: 'exportReport',
  tag,
  summary: 'The same as a file of CSV',
  needs,
  params,
  query,
  answers: { 200: { what: 'One row for each row of the report.', type: 'text/csv' } },
  problems: ['invalid', 'not_found', 'store_unavailable'],
  run: async ({ deps, asker, params: { report }, query: asked }) => {
    const { name, span, run } = await prepared(deps, asker, report, asked)
    return new Response(csvOf(await run(span)), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}.csv"`,
        'cache-control': 'no-store',
      },
    })
  },
})

export const analyticsRoutes: readonly AppRoute[] = [readReport, exportReport]

async function prepared({ context }: AppRest, asker: Asker, report: string, asked: Query) {
  const name = REPORTS.find((each) => each === report)
  if (name === undefined)
    throw new Failure('resource_unknown', `there is no report \`${report}\``, {
      remedy: `ask for one of ${REPORTS.join(', ')}`,
    })
  const zone = zoneNamed(asked.zone)
  if (zone === undefined) {
    throw new Failure('invalid', `there is no zone \`${asked.zone}\``, {
      remedy: 'write one like `Europe/Berlin`',
    })
  }
  const { world } = context.standing
  const tenant = asked.tenant === undefined ? undefined : resourceIdIn(asked.tenant)
  const found = scopeOf(world, asker, tenant as ResourceId | undefined)
  const scope = name === 'desk' ? deskScope(world, asker, found) : found
  const span = spanOf(asked, zone, context.now())
  requireShort(span, asked.by)
  const { analytics } = context
  if (analytics === undefined)
    throw new Failure('store_unavailable', 'no numbers are kept of this app')
  if (name === 'moderation' && scope.showsPeople)
    await noteRead(context, asker, 'read.analytics', `analytics/${name}`)
  // What was refused a moment ago is to be in it.
  if (name === 'denials' && context.decisions.log !== undefined)
    await readable(context.decisions.log.stats())
  const { by: step, channel } = asked
  const deskLines = (of: string, from: number, to: number) =>
    reportLines(context.store, context.desk.book.live(), { tenant: of, from, to })
  const run = (over: Span): Promise<Report> =>
    readable(
      reportOf(name, { analytics, world, scope, span: over, step, zone, channel, deskLines }),
    )
  return { name, span, zone, run }
}

function spanOf({ from, to }: Query, zone: Zone, nowMs: number): Span {
  const slotOf = (at: NonNullable<Query['from']>, round: (value: number) => number) =>
    typeof at === 'number' ? round(at / SLOT_MS) : zone.startOf(at.dateMs)
  const end = to === undefined ? Math.ceil(nowMs / SLOT_MS) : slotOf(to, Math.ceil)
  const usual = Math.floor((end * SLOT_MS - USUAL_DAYS * DAY_MS) / SLOT_MS)
  return { from: from === undefined ? usual : slotOf(from, Math.floor), to: end }
}

const STEP_SLOTS: Readonly<Record<Query['by'], number>> = {
  hour: 4,
  day: 96,
  week: 672,
  month: 2_688,
}

/** @throws {Failure} `invalid` */
function requireShort({ from, to }: Span, by: Query['by']): void {
  if (from >= to) throw new Failure('invalid', 'the span ends before it begins')
  const slots = to - from
  if (slots * SLOT_MS > LONGEST_DAYS * DAY_MS || from < 0)
    throw new Failure('invalid', `the span has more than ${LONGEST_DAYS} days`)
  if (slots / STEP_SLOTS[by] > MOST_STEPS) {
    throw new Failure('invalid', `that would be more than ${MOST_STEPS} rows`, {
      remedy: 'ask for a shorter span, or by larger steps',
    })
  }
}

/** @throws {Failure} `store_unavailable` */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    throw new Failure('store_unavailable', 'the numbers cannot be read now', {
      remedy: 'run `sayso doctor` on the data folder',
    })
  }
}

function csvOf({ rows, hidden }: Report): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (name) => name !== 'few',
  )
  const cells = (row: Row) =>
    columns.map((name) => (row[name] === null ? (row.few ? 'fewer than 5' : undefined) : row[name]))
  const isUntold = hidden !== undefined && !rows.some(({ few }) => few === true)
  const rest = isUntold ? csvRow(['fewer than 5', `${hidden} not told`]) : ''
  return csvRow(columns) + rows.map((row) => csvRow(cells(row))).join('') + rest
}

function iso(slot: number): string {
  return new Date(slot * SLOT_MS).toISOString()
}
