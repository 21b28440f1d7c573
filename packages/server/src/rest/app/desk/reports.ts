// How the desk did: sums, days, and people.

import { subjectOf } from '@sayso/policy'
import { SLOT_MS } from '@sayso/store'
import * as z from 'zod'
import { boundsOf, DAY_MS, zoneNamed } from '../../../analytics/zone.ts'
import { Failure } from '../../../commands/failure.ts'
import { noteRead } from '../../../commands/note-read.ts'
import { requirePlace } from '../../../commands/require-place.ts'
import type { Context } from '../../../context.ts'
import { requireDesk } from '../../../desk/desk-type.ts'
import { namedId } from '../../../desk/event.ts'
import { nowOf } from '../../../desk/now.ts'
import { isOperator } from '../../../desk/operators-of.ts'
import { type Part, reportOf } from '../../../desk/report.ts'
import { reportLines } from '../../../desk/report-lines.ts'
import { teamTitle } from '../../../desk/teams.ts'
import { tenantResource, widgetNamed } from '../../../desk/widgets/widget.ts'
import { type AppRoute, json, route } from '../route.ts'
import { tenantAsked } from './conversations.ts'
import { isConnected } from './operators.ts'
import { id, namedShape } from './shapes.ts'

const LONGEST_DAYS = 731

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'write 2027-01-31')
const times = z
  .object({ mean: z.number(), median: z.number(), p90: z.number() })
  .nullable()
  .meta({ id: 'DeskTimes', description: 'Milliseconds; null where nothing is to be counted.' })
const figures = {
  opened: z.int(),
  answered: z.int().describe('taken by somebody'),
  closed: z.int(),
  missed: z.int().describe('closed without anybody having taken them'),
  waitMs: z.number().nullable().describe('the mean of `wait`'),
  resolutionMs: z.number().nullable().describe('the mean of `resolution`'),
  wait: times.describe('until somebody took what visitors opened'),
  firstAnswer: times.describe(
    'until the first text or file of an operator to what visitors opened',
  ),
  resolution: times.describe('until they were closed'),
  rating: z.number().nullable().describe('mean, 1 to 5'),
  ratings: z.int(),
}
const reportShape = z
  .object({
    totals: z.object(figures),
    series: z.array(z.object({ at: z.string().describe('when the day begins'), ...figures })),
    operators: z.array(namedShape.extend(figures)).describe('of those they closed, or have now'),
    teams: z.array(namedShape.extend(figures)),
    widgets: z.array(namedShape.extend(figures)),
  })
  .meta({ id: 'DeskReport' })

const nowShape = z
  .object({
    atMs: z.number(),
    waiting: z.int(),
    waitingSinceMs: z.number().optional().describe('of whoever waits longest'),
    longestWaitMs: z.number().nullable(),
    open: z.int(),
    snoozed: z.int(),
    operators: z.object({
      available: z.int().describe('connected, and with or without room'),
      withRoom: z.int().describe('available ones who can take one more'),
      busy: z.int(),
      away: z.int(),
      offline: z.int().describe('not connected, whatever they said'),
    }),
  })
  .meta({ id: 'DeskNow' })

export const reportRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/desk/reports',
    id: 'readDeskReport',
    tag: 'desk',
    summary: 'How the desk did, by day, operator, team and widget',
    about: 'A conversation counts on the day it was opened, by the clocks of the zone.',
    needs: { who: 'signed-in', asks: '`read-desk-reports` in the tenant' },
    query: z.object({
      tenant: id.optional().describe('key; absent: the place itself'),
      from: day.describe('included'),
      to: day.describe('not included'),
      zone: z.string().max(64).default('UTC'),
    }),
    answers: { 200: json('The report.', reportShape) },
    problems: ['desk_not_set_up'],
    run: async ({ c, deps: { context }, asker, query }) => {
      const { world } = context.standing
      requireDesk(world)
      const tenant = tenantAsked(world, asker, query.tenant)
      context.refusals.noting(() =>
        requirePlace(world, asker, 'read-desk-reports', tenantResource(tenant)),
      )
      const starts = daysOf(query)
      await noteRead(context, asker, 'read.analytics', `desk/${tenant}`)
      const span = { tenant, from: starts[0] ?? 0, to: starts.at(-1) ?? 0 }
      const lines = await reportLines(context.store, context.desk.book.live(), span)
      const { totals, series, ...parts } = reportOf(lines, starts)
      return c.json({
        totals,
        series: series.map(({ atMs, ...rest }) => ({ at: new Date(atMs).toISOString(), ...rest })),
        operators: parts.operators.map((part) => ({ ...part, ...namedId(world, part.id) })),
        teams: parts.teams.map((part) => ({ ...part, name: teamTitle(world, part.id) })),
        widgets: await withWidgetNames(context, parts.widgets),
      })
    },
  }),
  route({
    method: 'GET',
    path: '/desk/now',
    id: 'readDeskNow',
    tag: 'desk',
    summary: 'How the desk stands at this moment',
    about: 'Numbers of the whole tenant, whatever one may read of it.',
    needs: {
      who: 'signed-in',
      asks: 'that you are an operator of the tenant, or `read-desk-reports` there',
    },
    query: z.object({ tenant: id.optional().describe('key; absent: the place itself') }),
    answers: { 200: json('The numbers.', nowShape) },
    problems: ['desk_not_set_up'],
    run: async ({ c, deps, asker, query }) => {
      const { context, hub } = deps
      const { world } = context.standing
      requireDesk(world)
      const tenant = tenantAsked(world, asker, query.tenant)
      const me = subjectOf(asker.credential)
      if (me === undefined || !isOperator(world, tenant, me))
        context.refusals.noting(() =>
          requirePlace(world, asker, 'read-desk-reports', tenantResource(tenant)),
        )
      return c.json(await nowOf(context, tenant, (subject) => isConnected(hub, subject)))
    },
  }),
]

async function withWidgetNames({ store }: Context, parts: readonly Part[]) {
  return Promise.all(
    parts.map(async (part) => ({ ...part, name: (await widgetNamed(store, part.id))?.name ?? '' })),
  )
}

/** Where the days begin, and where the last one ends. @throws {Failure} `invalid` */
function daysOf(asked: { from: string; to: string; zone: string }): readonly number[] {
  const zone = zoneNamed(asked.zone)
  if (zone === undefined)
    throw new Failure('invalid', `there is no zone \`${asked.zone}\``, {
      remedy: 'write one like `Europe/Berlin`',
    })
  const [from, to] = [asked.from, asked.to].map((each) => Date.parse(`${each}T00:00:00Z`))
  const days = ((to ?? Number.NaN) - (from ?? Number.NaN)) / DAY_MS
  if (!(days >= 1 && days <= LONGEST_DAYS))
    throw new Failure('invalid', `the span must have 1 to ${LONGEST_DAYS} days`, {
      remedy: 'name a later end, or a shorter span',
    })
  const span = { from: zone.startOf(from ?? 0), to: zone.startOf(to ?? 0) }
  return boundsOf(span, 'day', zone).map((slot) => slot * SLOT_MS)
}
