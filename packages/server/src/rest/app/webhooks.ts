// Webhooks: who is told of what happens, what was told, and telling it again.

import type { StoredRecord } from '@sayso/store'
import * as z from 'zod'
import { sealer } from '../../auth/sealed.ts'
import { commit } from '../../commands/decide-and-commit.ts'
import { Failure } from '../../commands/failure.ts'
import { keepRecord } from '../../commands/keep-record.ts'
import {
  CALM,
  DELIVERIES,
  ENDPOINTS,
  type Endpoint,
  endpointOf,
  STATES,
  stateOf,
  WAITING,
} from '../../webhooks/endpoints.ts'
import { EVENT_TYPES, type EventType } from '../../webhooks/events.ts'
import { makeSecret } from '../../webhooks/signature.ts'
import { refusalOfUrl } from '../../webhooks/target.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { requireMatch } from './etag.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, pageQuery, pageShape } from './shapes.ts'

const tag = 'webhooks'
const params = { id: 'id of the webhook' }
const needs = { who: 'person-or-key', may: 'manage-webhooks' } as const
const types = Object.keys(EVENT_TYPES) as [EventType, ...EventType[]]

const webhookShape = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.enum(types)),
    about: z.string(),
    enabled: z.boolean(),
    disabledWhy: z.string().optional(),
    createdAt: z.string(),
    failures: z.int().describe('in a row'),
    nextAt: z.string().optional().describe('when it is tried again'),
  })
  .meta({ id: 'Webhook' })
const body = z.strictObject({
  url: z.string().min(1).max(2_000),
  events: z.array(z.enum(types)).min(1).max(types.length),
  about: z.string().max(500).default(''),
  enabled: z.boolean().default(true),
})
const example = { url: 'https://example.com/hook', events: ['rights.changed' as const] }
const eventsText = Object.entries(EVENT_TYPES).map(([type, what]) => `\`${type}\`: ${what}.`)

const listWebhooks = route({
  method: 'GET',
  path: '/webhooks',
  id: 'listWebhooks',
  tag,
  summary: 'Who is told of what happens',
  needs,
  answers: { 200: json('All of them.', z.object({ items: z.array(webhookShape) })) },
  run: async ({ c, deps }) =>
    c.json({ items: await Promise.all(deps.webhooks.endpoints.map((each) => view(deps, each))) }),
})

const makeWebhook = route({
  method: 'POST',
  path: '/webhooks',
  id: 'makeWebhook',
  tag,
  summary: 'Tell an address of what happens',
  about: `The secret is shown once. Requests are signed as Standard Webhooks has it: \`webhook-id\`, \`webhook-timestamp\`, \`webhook-signature\`. Each event is told until it is answered with 2xx, in order, at least once. ${eventsText.join(' ')}`,
  needs,
  body: { schema: body, example },
  answers: {
    201: json(
      'The webhook with its secret.',
      webhookShape.extend({ secret: z.string() }).meta({ id: 'NewWebhook' }),
    ),
  },
  problems: ['invalid'],
  run: async ({ c, deps, asker, body: said }) => {
    requireUrl(deps, said.url)
    const key = deps.context.randomId(9)
    const secret = makeSecret()
    const value = { ...said, sealedSecret: sealer(deps.secret).seal(secret) }
    const record = { collection: ENDPOINTS, key, value, expectVersion: 0 }
    await keepRecord(deps.context, asker, { may: needs.may, record, command: 'make-webhook' })
    await deps.webhooks.reload()
    const made = endpointOf(await recordOf(deps, key))
    c.header('etag', `"${made.version}"`)
    return c.json({ ...(await view(deps, made)), secret }, 201)
  },
})

const readWebhook = route({
  method: 'GET',
  path: '/webhooks/:id',
  id: 'readWebhook',
  tag,
  summary: 'A webhook',
  needs,
  params,
  answers: { 200: json('The webhook.', webhookShape) },
  problems: ['webhook_unknown'],
  run: async ({ c, deps, params: { id } }) => {
    const record = await recordOf(deps, id)
    c.header('etag', `"${record.version}"`)
    return c.json(await view(deps, endpointOf(record)))
  },
})

const putWebhook = route({
  method: 'PUT',
  path: '/webhooks/:id',
  id: 'putWebhook',
  tag,
  summary: 'Change a webhook; the secret stays',
  about: 'Enabling one that was turned off tries again at once.',
  needs,
  params,
  body: { schema: body, example },
  answers: { 200: json('The webhook.', webhookShape) },
  problems: ['webhook_unknown', 'version_changed', 'conflict', 'invalid'],
  run: async ({ c, deps, asker, params: { id }, body: said }) => {
    requireUrl(deps, said.url)
    const known = await recordOf(deps, id)
    requireMatch(c, `"${known.version}"`)
    const value = { ...said, sealedSecret: known.value.sealedSecret }
    const record = { collection: ENDPOINTS, key: id, value, expectVersion: known.version }
    await keepRecord(deps.context, asker, { may: needs.may, record, command: 'put-webhook' })
    const calm = { collection: STATES, key: id, value: CALM }
    await commit(deps.context, { entries: [], records: [calm] })
    await deps.webhooks.reload()
    const made = await recordOf(deps, id)
    c.header('etag', `"${made.version}"`)
    return c.json(await view(deps, endpointOf(made)))
  },
})

const removeWebhook = route({
  method: 'DELETE',
  path: '/webhooks/:id',
  id: 'removeWebhook',
  tag,
  summary: 'Remove a webhook; what waits for it is dropped',
  needs,
  params,
  answers: changed,
  problems: ['webhook_unknown', 'conflict'],
  run: async ({ c, deps, asker, params: { id } }) => {
    const { version } = await recordOf(deps, id)
    const record = { collection: ENDPOINTS, key: id, value: undefined, expectVersion: version }
    const command = 'remove-webhook'
    const committed = await keepRecord(deps.context, asker, { may: needs.may, record, command })
    await deps.webhooks.reload()
    for (const collection of [WAITING, DELIVERIES]) await clear(deps, collection, `${id}/`)
    return done(c, committed)
  },
})

const deliveryShape = z
  .object({
    id: z.string(),
    event: z.string(),
    ok: z.boolean(),
    attempt: z.int(),
    at: z.string(),
    tookMs: z.number(),
    status: z.int().optional(),
    answer: z.string().optional().describe('the first 1 KiB'),
    error: z.string().optional(),
    body: z.string().describe('what was sent'),
  })
  .meta({ id: 'Delivery' })

const listDeliveries = route({
  method: 'GET',
  path: '/webhooks/:id/deliveries',
  id: 'listDeliveries',
  tag,
  summary: 'What was tried, the latest first',
  about: 'The last 200 are kept.',
  needs,
  params,
  query: pageQuery,
  answers: { 200: json('One page.', pageShape(deliveryShape)) },
  problems: ['webhook_unknown'],
  run: async ({ c, deps, params: { id }, query: { limit, after } }) => {
    await recordOf(deps, id)
    const more = after === undefined ? {} : { afterKey: `${id}/${after}` }
    const prefix = `${id}/`
    const found = await deps.context.store.records({
      collection: DELIVERIES,
      prefix,
      limit,
      ...more,
    })
    const items = found.map(deliveryView)
    const last = found.length === limit ? items.at(-1) : undefined
    return c.json({ items, ...(last === undefined ? {} : { next: last.id }) })
  },
})

const replay = route({
  method: 'POST',
  path: '/webhooks/:id/replay',
  id: 'replayWebhook',
  tag,
  summary: 'Tell what was told once more: one delivery, or all since an instant',
  about: 'Only what is still in the list of deliveries. Each has the `webhook-id` of a new event.',
  needs,
  params,
  body: {
    schema: z.strictObject({
      delivery: z.string().max(100).optional(),
      since: z.iso.datetime({ offset: true }).optional(),
    }),
    example: { since: '2027-01-31T18:00:00Z' },
  },
  answers: { 200: json('How many will be told.', z.object({ count: z.int() })) },
  problems: ['webhook_unknown', 'invalid'],
  run: async ({ c, deps, asker, params: { id }, body: { delivery, since } }) => {
    await recordOf(deps, id)
    if ((delivery === undefined) === (since === undefined))
      throw new Failure('invalid', 'say either `delivery` or `since`')
    const prefix = `${id}/`
    const found = await deps.context.store.records({ collection: DELIVERIES, prefix, limit: 1_000 })
    const meant = found.filter(({ key, value }) =>
      since === undefined
        ? key === `${prefix}${delivery}`
        : Number(value.atMs) >= Date.parse(since),
    )
    const bodies = new Map(meant.reverse().map(({ value }) => [value.event, String(value.body)]))
    await deps.webhooks.tellAgain(id, [...bodies.values()], asker)
    return c.json({ count: bodies.size })
  },
})

export const webhookRoutes: readonly AppRoute[] = [
  listWebhooks,
  makeWebhook,
  readWebhook,
  putWebhook,
  removeWebhook,
  listDeliveries,
  replay,
]

/** @throws {Failure} `invalid` */
function requireUrl(deps: AppRest, url: string): void {
  const why = refusalOfUrl(url, deps.webhooks.allowPrivate)
  if (why !== undefined) throw new Failure('invalid', `\`url\`: ${why}`)
}

/** @throws {ApiProblem} `webhook_unknown` */
async function recordOf({ context }: AppRest, id: string): Promise<StoredRecord> {
  const record = await context.store.record(ENDPOINTS, id)
  if (record !== undefined) return record
  throw new ApiProblem('webhook_unknown', 'there is no such webhook')
}

async function clear({ context }: AppRest, collection: string, prefix: string): Promise<void> {
  for (;;) {
    const found = await context.store.records({ collection, prefix, limit: 500 })
    if (found.length === 0) return
    const records = found.map(({ key }) => ({ collection, key, value: undefined }))
    await commit(context, { entries: [], records })
  }
}

async function view(deps: AppRest, endpoint: Endpoint) {
  const { id, url, events, about, enabled, disabledWhy, createdAtMs } = endpoint
  const { failures, nextAtMs } = stateOf(await deps.context.store.record(STATES, id))
  return {
    id,
    url,
    events,
    about,
    enabled,
    ...(disabledWhy === undefined ? {} : { disabledWhy }),
    createdAt: new Date(createdAtMs).toISOString(),
    failures,
    ...(failures === 0 ? {} : { nextAt: new Date(nextAtMs).toISOString() }),
  }
}

function deliveryView({ key, value }: StoredRecord) {
  const { atMs, ...rest } = value
  return {
    id: key.slice(key.indexOf('/') + 1),
    at: new Date(Number(atMs)).toISOString(),
    ...rest,
  }
}
