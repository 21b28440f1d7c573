// A stream of what rights changes did to decisions.

import { type ResourceId, typeOf } from '@sayso/policy'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { mayPlace } from '../../commands/require-place.ts'
import type { Told } from '../../decision-changes.ts'
import type { AppRest } from './deps.ts'
import { type AppRoute, route } from './route.ts'

const tag = 'decisions'
/** How often a stream without news says that it is there; milliseconds. */
const HEARTBEAT_MS = 15_000
/** Lines that may wait for a slow reader; beyond it the stream ends, and `Last-Event-ID` goes on. */
const MOST_WAITING = 1_000

const streamQuery = z.object({
  subject: z.string().max(400).optional(),
  resource: z.string().max(400).optional(),
  type: z.string().max(64).optional().describe('only resources of this type'),
})

const streamDecisions = route({
  method: 'GET',
  path: '/decisions/stream',
  id: 'streamDecisions',
  tag,
  summary: 'What rights changes do to decisions, as server-sent events',
  about:
    'Each `change` has `revision`, `subject`, `resource`, `gained`, `lost` and `cause`, for standing decisions: rules over single messages are left open. `Last-Event-ID` goes on where a stream ended, or there is one `gap`: then ask anew for what matters. A key with the scope `decisions` may listen.',
  needs: { who: 'person-or-key', may: 'read-decisions', scope: 'decisions' },
  query: streamQuery,
  answers: { 200: { what: 'Events without end.', type: 'text/event-stream' } },
  run: ({ c, deps, asker, query }) => {
    const lastId = c.req.header('last-event-id')
    // What is no position of ours is before everything.
    const from = lastId === undefined || /^\d+(\.\d+)?$/.test(lastId) ? lastId : '0'
    return new Response(streamOf(deps, asker, query, from), {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    })
  },
})

export const decisionRoutes: readonly AppRoute[] = [streamDecisions]

function streamOf(
  deps: AppRest,
  asker: Asker,
  query: z.output<typeof streamQuery>,
  lastId: string | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop: () => void = () => undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = () => {
          stop()
          controller.close()
        }
        const say = (text: string) => {
          controller.enqueue(encoder.encode(text))
          if ((controller.desiredSize ?? 0) <= 0) end()
        }
        const { revision } = deps.context.standing.world
        say(`: from ${revision}\n\n`)
        const beat = setInterval(() => say(': here\n\n'), HEARTBEAT_MS)
        const unfollow = deps.decisionChanges.follow(lastId, revision, (told) => {
          if (!mayListen(deps, asker)) return end()
          if (isMeant(told, query)) say(textOf(told))
        })
        stop = () => {
          clearInterval(beat)
          unfollow()
        }
      },
      cancel: () => stop(),
    },
    { highWaterMark: MOST_WAITING },
  )
}

/** Asked again for each line: the right may be gone by then. */
function mayListen({ context }: AppRest, asker: Asker): boolean {
  const { world } = context.standing
  const { credential } = asker
  if (credential.kind === 'key' && world.keys.get(credential.key)?.scopes.includes('decisions'))
    return true
  return mayPlace(world, asker, 'read-decisions')
}

function isMeant(told: Told, { subject, resource, type }: z.output<typeof streamQuery>): boolean {
  if ('gap' in told) return true
  return (
    (subject === undefined || told.subject === subject) &&
    (resource === undefined || told.resource === resource) &&
    (type === undefined || typeOf(told.resource as ResourceId) === type)
  )
}

function textOf(told: Told): string {
  if ('gap' in told) {
    const { revision } = told
    return `event: gap\nid: ${revision}\ndata: ${JSON.stringify({ revision })}\n\n`
  }
  const { id, ...data } = told
  return `event: change\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`
}
