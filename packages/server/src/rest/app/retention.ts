// How long messages are kept, what goes next, and what went.

import { keyOf, type ResourceId, typeOf } from '@sayso/policy'
import * as z from 'zod'
import { setRetention } from '../../commands/set-retention.ts'
import { deskOf } from '../../desk/desk-type.ts'
import { daysOfType, keptDays, MOST_DAYS } from '../../retention/days.ts'
import { SWEEP_COMMAND } from '../../retention/state.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { resourceIdIn } from './names-in.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, reason } from './shapes.ts'

const tag = 'retention'
const needs = { who: 'person-or-key', may: 'manage-retention' } as const
/** Sweeps that are shown. */
const SWEEPS = 50

const days = z.int().min(0).max(MOST_DAYS).describe('0: for good')
const count = z.int()
const sweepShape = z.object({
  atMs: z.number(),
  on: z.string().describe('the channel or conversation'),
  days: count,
  messages: count,
  files: count,
  held: count.describe('messages that a hold on a person kept'),
})
const shape = z
  .object({
    types: z.array(
      z.object({
        type: z.string(),
        title: z.string(),
        days: count.optional().describe('absent: for good'),
        isDesk: z.boolean().describe('conversations go as a whole, so long after they are closed'),
      }),
    ),
    channels: z
      .array(z.object({ resource: z.string(), title: z.string(), days }))
      .describe('those with a value of their own'),
    isRunning: z.boolean(),
    nextAtMs: z.number().optional(),
    sweeps: z.array(sweepShape).describe('what went, the latest first; one for each channel'),
  })
  .meta({ id: 'Retention', description: 'How long messages are kept. Milliseconds since 1970.' })
const goesShape = z
  .object({
    channels: count,
    conversations: count.describe('of those'),
    messages: count,
    files: count,
    heldMessages: count.describe('that a hold on a person keeps'),
    heldChannels: count.describe('that a hold keeps as a whole'),
    oldestMs: z.number().optional(),
    isMore: z.boolean().describe('there is more than was counted'),
  })
  .meta({ id: 'RetentionPreview' })

export const retentionRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/retention',
    id: 'readRetention',
    tag,
    summary: 'How long messages are kept, by type and channel',
    about:
      'Types say it in the policy (`retention: { days: … }`). When a sweep ran, everything older is gone for good, held things excepted.',
    needs,
    answers: { 200: json('As it is.', shape) },
    run: async ({ c, deps }) => c.json(await retentionView(deps)),
  }),
  route({
    method: 'PUT',
    path: '/retention/channels/:resource',
    id: 'setRetention',
    tag,
    summary: 'Say how long messages of one channel are kept',
    about: 'What is past then is removed soon after, and cannot be had again.',
    needs,
    params: { resource: 'as policies name it, such as `channel:general`' },
    body: {
      schema: z.strictObject({
        days: days.nullable().describe('0: for good; null: as its type says'),
        reason,
      }),
      example: { days: 90, reason: 'agreed with the works council' },
    },
    answers: changed,
    problems: ['resource_unknown', 'invalid', 'conflict'],
    run: async ({ c, deps, asker, params, body }) => {
      const resource = resourceIdIn(params.resource)
      const said = body.reason === undefined ? {} : { reason: body.reason }
      const set = { resource, days: body.days ?? undefined, ...said }
      return done(c, await setRetention(deps.context, asker, set))
    },
  }),
  route({
    method: 'POST',
    path: '/retention/preview',
    id: 'previewRetention',
    tag,
    summary: 'What would go now, before it is said',
    needs,
    body: {
      schema: z.strictObject({
        resource: z.string().max(600).optional().describe('one channel, with `days`'),
        type: z.string().max(64).optional().describe('every channel of a type, with `days`'),
        days: days.optional().describe('absent: as it is now'),
      }),
      example: { resource: 'channel:general', days: 90 },
    },
    answers: { 200: json('Nothing is removed.', goesShape) },
    problems: ['invalid'],
    run: async ({ c, deps, body }) => {
      const { context } = deps
      const { own } = await keptDays(context.store)
      const value = body.days
      if (value === undefined) return c.json(await context.retention.preview())
      if (body.resource !== undefined) {
        const resource = resourceIdIn(body.resource)
        const types = new Map([...typesOf(deps)].map(({ type }) => [type, 0]))
        return c.json(await context.retention.preview({ own: new Map([[resource, value]]), types }))
      }
      const others = [...typesOf(deps)].map(({ type }) => [type, 0] as const)
      const types = new Map([...others, [body.type ?? '', value]])
      // Channels with a value of their own are not moved by it.
      const kept = new Map([...own.keys()].map((resource) => [resource, 0]))
      return c.json(await context.retention.preview({ own: kept, types }))
    },
  }),
  route({
    method: 'POST',
    path: '/retention/sweeps',
    id: 'sweepNow',
    tag,
    summary: 'Remove what is past now, without waiting for the hour',
    needs,
    answers: {
      200: json(
        'It is done.',
        z.object({ channels: count, messages: count, files: count }).meta({ id: 'Swept' }),
      ),
    },
    run: async ({ c, deps }) => c.json(await deps.context.retention.sweep()),
  }),
]

function* typesOf({ context }: AppRest) {
  const { world } = context.standing
  const desk = deskOf(world)?.type
  for (const [type, { title, channels }] of Object.entries(world.policy.document.types)) {
    if (channels === undefined) continue
    const value = daysOfType(world, type)
    yield {
      type,
      title: title ?? type,
      ...(value !== undefined && { days: value }),
      isDesk: type === desk,
    }
  }
}

async function retentionView(deps: AppRest) {
  const { store, retention, standing } = deps.context
  const { own } = await keptDays(store)
  const { nextAtMs } = retention
  const lines = await store.audit({ command: SWEEP_COMMAND, limit: SWEEPS })
  const number = (value: unknown) => (typeof value === 'number' ? value : 0)
  return {
    types: [...typesOf(deps)],
    channels: [...own].map(([resource, value]) => {
      const { title } = standing.world.facts.resource(resource as ResourceId) ?? {}
      const isTitled = typeof title === 'string' && title !== ''
      return { resource, title: isTitled ? title : nameIn(resource as ResourceId), days: value }
    }),
    isRunning: retention.isRunning,
    ...(nextAtMs !== undefined && { nextAtMs }),
    sweeps: lines.map(({ atMs, target, details }) => ({
      atMs,
      on: target,
      days: number(details?.days),
      messages: number(details?.messages),
      files: number(details?.files),
      held: number(details?.held),
    })),
  }
}

function nameIn(resource: ResourceId): string {
  return typeOf(resource) === 'channel' ? keyOf(resource) : resource
}
