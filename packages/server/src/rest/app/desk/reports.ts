// How the desk did: sums, days, and people.

import { SLOT_MS } from '@sayso/store'
import * as z from 'zod'
import { boundsOf, DAY_MS, zoneNamed } from '../../../analytics/zone.ts'
import { Failure } from '../../../commands/failure.ts'
import { noteRead } from '../../../commands/note-read.ts'
import { requirePlace } from '../../../commands/require-place.ts'
import { requireDesk } from '../../../desk/desk-type.ts'
import { namedId } from '../../../desk/event.ts'
import { reportOf } from '../../../desk/report.ts'
import { tenantResource } from '../../../desk/widgets/widget.ts'
import { type AppRoute, json, route } from '../route.ts'
import { tenantAsked } from './conversations.ts'
import { id, namedShape } from './shapes.ts'

const LONGEST_DAYS = 731

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'write 2027-01-31')
const figures = {
  opened: z.int(),
  answered: z.int().describe('taken by somebody'),
  closed: z.int(),
  missed: z.int().describe('closed without anybody having taken them'),
  waitMs: z.number().nullable().describe('mean time until somebody took them'),
  resolutionMs: z.number().nullable().describe('mean time until they were closed'),
  rating: z.number().nullable().describe('mean, 1 to 5'),
}
const reportShape = z
  .object({
    totals: z.object(figures),
    series: z.array(z.object({ at: z.string().describe('when the day begins'), ...figures })),
    operators: z.array(namedShape.extend(figures)).describe('of those they closed, or have now'),
  })
  .meta({ id: 'DeskReport' })

export const reportRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/desk/reports',
    id: 'readDeskReport',
    tag: 'desk',
    summary: 'How the desk did, by day and by operator',
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
      const all = [...context.desk.book.all()].map(({ conversation }) => conversation)
      const { totals, series, operators } = reportOf(
        all.filter((each) => each.tenant === tenant),
        starts,
      )
      return c.json({
        totals,
        series: series.map(({ atMs, ...rest }) => ({ at: new Date(atMs).toISOString(), ...rest })),
        operators: operators.map(({ id: person, ...rest }) => ({
          ...namedId(world, person),
          ...rest,
        })),
      })
    },
  }),
]

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
