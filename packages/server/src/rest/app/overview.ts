// The app at a glance over our own API: its numbers now and of the last two minutes, how its parts are, and a stream of both.

import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { mayPlace } from '../../commands/require-place.ts'
import { mailCondition, PARTS } from '../../observe/condition.ts'
import type { Glance } from '../../observe/overview.ts'
import { actionsLacking } from '../../policy-lacks.ts'
import type { AppRest } from './deps.ts'
import { type AppRoute, json, route } from './route.ts'

const tag = 'numbers'
const needs = { who: 'person-or-key', may: 'read-analytics' } as const
/** Streams of one app at a time. */
const MOST_STREAMS = 100
/** Seconds that may wait for a slow reader; what does not fit is left out, as the next one says it all. */
const MOST_WAITING = 8

const ms = z.number().nullable()
const quantiles = z.object({ p50: ms, p99: ms }).describe('milliseconds; null: there was none')
const point = {
  connections: z.number().nullable(),
  published: z.number().nullable().describe('a second'),
  delivered: z.number().nullable().describe('a second'),
  deliveryP99: ms.describe('milliseconds; null: nothing was delivered in this second'),
  revokeP99: ms.describe('milliseconds; null: no right moved in this second'),
  denials: z.number().nullable().describe('in this second'),
}
const seriesShape = z.object({
  connections: z.array(point.connections),
  published: z.array(point.published),
  delivered: z.array(point.delivered),
  deliveryP99: z.array(point.deliveryP99),
  revokeP99: z.array(point.revokeP99),
  denials: z.array(point.denials),
})
const glanceShape = z
  .object({
    at: z.string(),
    connections: z.int().describe('that have a socket'),
    attachments: z.int(),
    channels: z.int().describe('that somebody is on'),
    publishedPerSecond: z.number(),
    deliveredPerSecond: z.number(),
    deliveryMs: quantiles.describe('from the commit of a message until a reader’s socket took it'),
    revokeMs: quantiles.describe(
      'from the commit of a change of rights until the last socket is told',
    ),
    denialsPerMinute: z.int(),
    queue: z.object({
      records: z.int().describe('writes, decisions and mails that wait'),
      bytes: z.int().describe('that wait for readers'),
    }),
    health: z.array(
      z.object({
        part: z.enum(PARTS),
        state: z.enum(['ok', 'late', 'down']),
        detail: z.string().optional(),
      }),
    ),
    last: z.object(point).describe('the newest point of each series'),
  })
  .meta({ id: 'Glance', description: 'How an app is now. Durations are of the last minute.' })

const readOverview = route({
  method: 'GET',
  path: '/overview',
  id: 'readOverview',
  tag,
  summary: 'The app at a glance',
  about: 'The series have one point a second, the oldest first, of the last two minutes.',
  needs,
  answers: {
    200: json(
      'How it is.',
      glanceShape.extend({
        series: seriesShape,
        policyLacks: z
          .array(z.string())
          .describe('administrative actions of this release that the policy does not list'),
      }),
    ),
  },
  run: ({ c, deps }) =>
    c.json({
      ...glanceView(deps, deps.overview.glance()),
      series: deps.overview.series(),
      policyLacks: [...actionsLacking(deps.context.standing.world.policy)],
    }),
})

const streamOverview = route({
  method: 'GET',
  path: '/overview/stream',
  id: 'streamOverview',
  tag,
  summary: 'The app at a glance each second, as server-sent events',
  about:
    'Each event `overview` is what `GET /overview` answers, without `series`. It ends when the right ends.',
  needs,
  answers: { 200: { what: 'Events without end.', type: 'text/event-stream' } },
  problems: ['too_many'],
  run: ({ deps, asker }) => {
    if (deps.overview.listeners >= MOST_STREAMS)
      throw new Failure('too_many', `there are ${MOST_STREAMS} such streams`, {
        remedy: 'end some, or ask for the overview now and then',
      })
    return new Response(streamOf(deps, asker), {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    })
  },
})

export const overviewRoutes: readonly AppRoute[] = [readOverview, streamOverview]

function glanceView({ outbox }: AppRest, { atMs, queue, health, ...rest }: Glance) {
  const waiting = outbox?.waiting() ?? 0
  const mail = outbox === undefined ? [] : [mailCondition(outbox.trouble())]
  return {
    at: new Date(atMs).toISOString(),
    ...rest,
    queue: { records: queue.records + waiting, bytes: queue.bytes },
    health: [...health, ...mail],
  }
}

function streamOf(deps: AppRest, asker: Asker): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop: () => void = () => undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const say = (glance: Glance) => {
          if ((controller.desiredSize ?? 0) <= 0) return
          const data = JSON.stringify(glanceView(deps, glance))
          controller.enqueue(encoder.encode(`event: overview\ndata: ${data}\n\n`))
        }
        say(deps.overview.glance())
        stop = deps.overview.listen((glance) => {
          // Asked again each time: the right may be gone by then.
          if (mayPlace(deps.context.standing.world, asker, 'read-analytics')) return say(glance)
          stop()
          controller.close()
        })
      },
      cancel: () => stop(),
    },
    { highWaterMark: MOST_WAITING },
  )
}
