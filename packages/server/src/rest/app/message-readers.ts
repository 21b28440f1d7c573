// Who could read a message when it was written, and who can now: the question after something was said in the wrong place.

import type { Message } from '@sayso/channel'
import {
  type ChannelName,
  channelOf,
  decide,
  listSubjects,
  mayReceive,
  type ResourceId,
  resourceOf,
  rolesAt,
  type SubjectId,
  type World,
} from '@sayso/policy'
import { isChannelName, parseChannelName } from '@sayso/protocol'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { messageState } from '../../commands/message-state.ts'
import { noteRead } from '../../commands/note-read.ts'
import { beginningOf, MOST_FOLDED, worldAt } from '../../past-world.ts'
import { channelResource } from './channel-people.ts'
import type { AppRest } from './deps.ts'
import { type AppRoute, json, route } from './route.ts'
import { pageAsked, pageQuery, roleShape } from './shapes.ts'

const answer = z.object({
  at: z.enum(['then', 'now']),
  atMs: z.number().describe('the instant the rights are of'),
  sinceMs: z.number().optional().describe('the past is known from here on'),
  channel: z.string(),
  resource: z.string(),
  message: z.object({
    serial: z.string(),
    clientId: z.string().optional(),
    timestampMs: z.number(),
  }),
  items: z.array(
    z.object({
      subject: z.string(),
      name: z.string().optional().describe('what the person is called now'),
      ways: z.array(z.enum(['subscribe', 'history'])).describe('as it was said, or later'),
      role: roleShape.optional().describe('what they were there'),
    }),
  ),
  next: z.string().optional().describe('give it as `after` for the next page'),
})

const readers = route({
  method: 'GET',
  path: '/channels/:name/messages/:serial/readers',
  id: 'listReaders',
  tag: 'explain',
  summary: 'Who could read a message when it was written, or can now',
  about: [
    'Rights of then are folded again from the log, which keeps every change: what is not in the answer is whoever was',
    'erased since. It says who was allowed to, not who looked. Rules over single messages are asked about this one, as it',
    'was first said. Tokens and keys that the owner gave out are not people and are not named. It leaves a line in the',
    'audit log.',
  ].join(' '),
  needs: { who: 'person-or-key', may: 'explain' },
  params: {
    name: 'the channel, such as `chat:general`, or the resource that governs it',
    serial: 'of the message',
  },
  query: pageQuery.extend({ at: z.enum(['then', 'now']).default('now') }),
  answers: { 200: json('One page, by id.', answer) },
  problems: ['invalid', 'message_unknown', 'resource_unknown'],
  run: async ({ c, deps, asker, params, query }) => {
    const { context } = deps
    const channel = channelIn(deps, params.name, asker)
    const message = await messageIn(deps, channel, params.serial)
    await noteRead(context, asker, 'read.explanation', `${channel}/${message.serial}`)
    const world = query.at === 'now' ? context.standing.world : await worldOf(deps, message)
    const resource = resourceOf(world.policy, channel)
    if (resource === undefined)
      throw new Failure('resource_unknown', `the policy of that time governs no \`${channel}\``)
    const sinceMs = await beginningOf(context.store)
    return c.json({
      at: query.at,
      atMs: query.at === 'now' ? context.now() : message.timestampMs,
      ...(sinceMs === undefined ? {} : { sinceMs }),
      channel,
      resource,
      message: summaryOf(message),
      ...readersOf({ asked: world, now: context.standing.world }, resource, message, query),
    })
  },
})

export const messageReaderRoutes: readonly AppRoute[] = [readers]

/** By its own name, by the resource that governs it, or by the key our pages call it by. @throws {Failure} `invalid` */
function channelIn({ context }: AppRest, name: string, asker: Asker): ChannelName {
  const { world } = context.standing
  const resource = name.includes(':') ? (name as ResourceId) : channelResource(world, name, asker)
  const governed = world.facts.resource(resource) && channelOf(world.policy, resource)
  if (governed !== undefined) return governed
  const parsed = parseChannelName(name)
  if (isChannelName(parsed)) return parsed.name as ChannelName
  throw new Failure('invalid', 'this is no name of a channel')
}

/** As it was first said; a message that was deleted since had readers too. @throws {Failure} `message_unknown` */
async function messageIn(
  { context }: AppRest,
  channel: ChannelName,
  serial: string,
): Promise<Message> {
  const [first] = await context.store.versions(channel, serial, context.standing.revision)
  if (first !== undefined) return first
  throw new Failure('message_unknown', `there is no message \`${serial}\` on this channel`)
}

/** @throws {Failure} `resource_unknown` */
async function worldOf({ context }: AppRest, { serial }: Message): Promise<World> {
  // A message's serial is that of its entry and its place in it.
  const world = await worldAt(context.store, serial, MOST_FOLDED)
  if (world !== undefined) return world
  throw new Failure('resource_unknown', 'too many rights have changed to fold them all again')
}

type Worlds = { readonly asked: World; readonly now: World }
type Page = Parameters<typeof pageAsked>[0]

function readersOf(
  { asked: world, now }: Worlds,
  resource: ResourceId,
  message: Message,
  page: Page,
) {
  const ways = ['subscribe', 'history'] as const
  const from = pageAsked(page)
  const pages = ways.map((action) => listSubjects(world, { action, resource, ...from }))
  // Each page is sorted: up to the shorter end nobody is missing.
  const ends = pages.flatMap(({ next }) => next ?? [])
  const end = ends.sort()[0]
  const ids = [...new Set(pages.flatMap(({ ids: some }) => some))].sort()
  const within = ids.filter((id) => end === undefined || id <= end).slice(0, page.limit)
  const last = within.at(-1)
  const isMore = end !== undefined || within.length < ids.length
  const state = messageState(message)
  const items = within
    .filter((subject) => mayReceive(world, subject, resource, state))
    .map((subject) => ({
      subject,
      ...nameOf(now, subject),
      ways: ways.filter(
        (action) => decide(world, { subject, action, resource, standing: true }).allowed,
      ),
      ...roleOf(world, subject, resource),
    }))
  return { items, ...(isMore && last !== undefined ? { next: last } : {}) }
}

function nameOf({ facts }: World, subject: SubjectId) {
  const name = facts.person(subject)?.name
  return typeof name === 'string' ? { name } : {}
}

function roleOf(world: World, subject: SubjectId, resource: ResourceId) {
  const [role] = rolesAt(world, subject, resource)
  return role === undefined ? {} : { role }
}

function summaryOf({ serial, clientId, timestampMs }: Message) {
  return { serial, ...(clientId === undefined ? {} : { clientId }), timestampMs }
}
