// Finding: messages, channels and people by words; what is unread; where one is mentioned.

import {
  type ChannelName,
  channelOf,
  listedResources,
  type ResourceId,
  type SubjectId,
  tenantOf,
  type World,
} from '@sayso/policy'
import type { SearchView } from '@sayso/protocol'
import { MOST_COUNTED, type Trait } from '@sayso/store'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { findMessages } from '../../commands/find-messages.ts'
import { readMentions } from '../../commands/read-mentions.ts'
import { readNewest } from '../../commands/read-newest.ts'
import { readUnread } from '../../commands/read-unread.ts'
import { deskOf } from '../../desk/desk-type.ts'
import { isVisitor } from '../../desk/visitors/visitor.ts'
import { readableChannels } from '../../finding/readable.ts'
import { namedLike as isNamedLike } from '../../people/named-like.ts'
import { ofTenants } from '../../people/of-tenants.ts'
import { foundPage, foundQuery, foundShape, foundView, linesView, pageAfter } from './found-view.ts'
import { personView } from './person-view.ts'
import { type AppRoute, json, route } from './route.ts'
import { instant, personShape } from './shapes.ts'

const tag = 'own'
const needs = { who: 'session' } as const
const TRAITS: readonly Trait[] = ['file', 'image', 'link', 'code']
/** Channels asked for their newest message at once. */
const MOST_NEWEST = 50
/** People and channels beside the messages. */
const MOST_NAMED = 8

const list = (what: string) =>
  z
    .string()
    .max(4_000)
    .transform((text) => text.split(',').filter((each) => each !== ''))
    .optional()
    .describe(`${what}, with commas between`)

const searchQuery = foundQuery.extend({
  q: z
    .string()
    .max(400)
    .default('')
    .describe('words; phrases in quotes; the last word may be a beginning'),
  in: list('keys of channels'),
  from: list('ids of people'),
  has: list(`all of these: ${TRAITS.join(', ')}`).refine(
    (traits) => traits === undefined || traits.every((each) => TRAITS.includes(each as Trait)),
    `only ${TRAITS.join(', ')}`,
  ),
  before: instant.optional(),
  since: instant.optional(),
})
const channelShape = z.object({
  key: z.string(),
  channel: z.string(),
  title: z.string(),
  glyph: z.string().optional(),
})
const newestQuery = z.object({
  channels: z
    .string()
    .max(8_000)
    .transform((text) => text.split(',').filter((each) => each !== ''))
    .pipe(z.array(z.string()).max(MOST_NEWEST))
    .describe(`names of channels, with commas between, at most ${MOST_NEWEST}`),
})
const unreadShape = z.object({
  items: z.array(
    z.object({
      channel: z.string(),
      count: z
        .int()
        .describe(`messages of others; up to ${MOST_COUNTED}, and one more if there are more`),
      mentions: z.int().describe('how many of them mention the reader'),
      first: z.string().optional().describe('serial of the first one'),
      last: z.string().optional().describe('serial of the newest that counts, whoever wrote it'),
    }),
  ),
})

export const findingRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/search',
    id: 'search',
    tag,
    summary: 'Find messages, channels and people',
    about:
      'Messages the newest first, among those the reader may read now; a right that is lost takes them out at once. Words are found whole and without regard to case and accents, the last one also as a beginning; of scripts without spaces any part is found.',
    needs,
    query: searchQuery,
    answers: {
      200: json(
        'A page of messages; with the first one, channels and people of that name.',
        z.object({ ...foundPage, channels: z.array(channelShape), people: z.array(personShape) }),
      ),
    },
    run: async ({ c, deps, asker, query }) => {
      const { q, in: keys, from, has, before, since } = query
      const { world } = deps.context.standing
      const found = await findMessages(deps.context, asker, {
        text: q,
        ...pageAfter(query),
        ...(keys === undefined ? {} : { channels: channelsNamed(world, asker, keys) }),
        ...(from === undefined ? {} : { from }),
        ...(has === undefined ? {} : { has: has as Trait[] }),
        ...(before === undefined ? {} : { beforeMs: before }),
        ...(since === undefined ? {} : { sinceMs: since }),
      })
      const after = deps.context.standing.world
      const isFirst = query.after === undefined && q.trim() !== ''
      const named = isFirst ? namedLike(after, asker, q) : { channels: [], people: [] }
      return c.json({ ...foundView(after, found), ...named } satisfies SearchView)
    },
  }),
  route({
    method: 'GET',
    path: '/me/unread',
    id: 'readUnread',
    tag,
    summary: 'What the signed-in person has not read',
    about:
      'Of every channel they may read, or of those named. In a channel without a mark, what came since they first asked. `[me]` tells of `news` as it comes.',
    needs,
    query: z.object({ channels: list('names of channels; all without') }),
    answers: { 200: json('The counts.', unreadShape) },
    run: async ({ c, deps, asker, query: { channels } }) => {
      const items = await readUnread(deps.context, asker, channels as ChannelName[] | undefined)
      return c.json({ items })
    },
  }),
  route({
    method: 'GET',
    path: '/me/newest',
    id: 'readNewest',
    tag,
    summary: 'What was said last in channels the signed-in person may read',
    about:
      'One message at most for each channel named, with the first 200 characters of its text. Lines of the server, answers that stand in their thread only, and what was deleted do not count, and only the newest 250 are looked at; of channels that may not be read there is nothing.',
    needs,
    query: newestQuery,
    answers: { 200: json('The messages.', z.object({ items: z.array(foundShape) })) },
    run: async ({ c, deps, asker, query: { channels } }) => {
      const hits = await readNewest(deps.context, asker, channels as ChannelName[])
      return c.json(linesView(deps.context.standing.world, hits))
    },
  }),
  route({
    method: 'GET',
    path: '/me/mentions',
    id: 'readMentions',
    tag,
    summary: 'Messages that mention the signed-in person, the newest first',
    needs,
    query: foundQuery,
    answers: { 200: json('A page.', z.object(foundPage)) },
    run: async ({ c, deps, asker, query }) => {
      const found = await readMentions(deps.context, asker, pageAfter(query))
      return c.json(foundView(deps.context.standing.world, found))
    },
  }),
]

function channelsNamed(
  world: World,
  asker: Asker,
  keys: readonly string[],
): readonly ChannelName[] {
  return readableChannels(world, asker)
    .filter(({ resource }) => keys.includes(keyIn(resource)))
    .map(({ channel }) => channel)
}

function keyIn(resource: ResourceId): string {
  return resource.slice(resource.indexOf(':') + 1)
}

/** Channels one may know of, and people one shares the place with, by part of their name. */
function namedLike(world: World, asker: Asker, q: string) {
  const wanted = q.trim().toLowerCase()
  const readable = readableChannels(world, asker).map(({ resource }) => resource)
  const channels = [...readable, ...listedResources(world, asker.credential, deskOf(world)?.type)]
    .flatMap((resource) => {
      const channel = channelOf(world.policy, resource)
      const { title, glyph } = world.facts.resource(resource) ?? {}
      const key = keyIn(resource)
      const named = { key, title: typeof title === 'string' ? title : key }
      const isLike = named.title.toLowerCase().includes(wanted) || key.includes(wanted)
      if (channel === undefined || !isLike) return []
      return [{ ...named, channel, ...(typeof glyph === 'string' ? { glyph } : {}) }]
    })
    .slice(0, MOST_NAMED)
  // Whoever reads a channel is shown the people of its tenant beside it; whoever reads none is shown nobody.
  const tenants = new Set(readable.map((resource) => tenantOf(world, resource)))
  const people = tenants.size === 0 ? [] : peopleLike(world, wanted, ofTenants(world, tenants))
  return { channels, people }
}

function peopleLike(world: World, wanted: string, isShown: (subject: SubjectId) => boolean) {
  const isCalled = isNamedLike(wanted)
  const found: ReturnType<typeof personView>[] = []
  for (const [subject, attributes] of world.facts.people()) {
    const { name } = attributes
    if (typeof name !== 'string' || isVisitor(attributes) || !isCalled(name)) continue
    if (!isShown(subject)) continue
    found.push(personView(world, subject, false))
    if (found.length === MOST_NAMED) break
  }
  return found
}
