// Messages that were found, as the API shows them.

import type { World } from '@sayso/policy'
import { resourceOf } from '@sayso/policy'
import type { FoundMessage, FoundView, NewestView } from '@sayso/protocol'
import * as z from 'zod'
import type { Hit, HitPage } from '../../finding/found-messages.ts'
import { nameOf } from '../../people/roles.ts'

/** Of a longer message only so much is shown among others; UTF-16 units. */
const LONGEST_TEXT = 4_000
/** Of one that stands in a single line. */
const LONGEST_LINE = 200

export const foundShape = z
  .object({
    channel: z.string(),
    key: z.string().describe('of the channel, as it stands in the address of the chat'),
    title: z.string(),
    serial: z.string(),
    atMs: z.number(),
    author: z.object({ id: z.string(), name: z.string() }).optional(),
    text: z.string().describe(`at most ${LONGEST_TEXT} characters of it`),
    extras: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'FoundMessage' })

export const foundPage = {
  items: z.array(foundShape),
  next: z.string().optional().describe('give it as `after` for the next page'),
  partial: z
    .literal(true)
    .optional()
    .describe('the index of messages is being made: there may be more'),
}

/** How many, and where to go on. */
export const foundQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
})

export function pageAfter({ limit, after }: z.output<typeof foundQuery>) {
  return { limit, ...(after === undefined ? {} : { below: after }) }
}

export function foundView(world: World, { hits, next, behind }: HitPage): FoundView {
  return {
    items: hits.map((hit) => oneView(world, hit, LONGEST_TEXT)),
    ...(next === undefined ? {} : { next: String(next) }),
    ...(behind > 0 ? { partial: true } : {}),
  }
}

/** For where each is one line: the beginnings of them. */
export function linesView(world: World, hits: readonly Hit[]): NewestView {
  return { items: hits.map((hit) => oneView(world, hit, LONGEST_LINE)) }
}

function oneView(world: World, { channel, message, text }: Hit, longest: number): FoundMessage {
  const resource = resourceOf(world.policy, channel)
  const key = resource === undefined ? channel : resource.slice(resource.indexOf(':') + 1)
  const title = resource === undefined ? undefined : world.facts.resource(resource)?.title
  const { clientId, extras } = message
  return {
    channel,
    key,
    title: typeof title === 'string' ? title : key,
    serial: message.serial,
    atMs: message.timestampMs,
    ...(clientId === undefined
      ? {}
      : { author: { id: clientId, name: nameOf(world, `user:${clientId}`) } }),
    text: text.slice(0, longest),
    ...(extras === undefined ? {} : { extras }),
  }
}
