// Live connections: who is there, since when, doing what; a word to one, less for one, the end of one.

import type { Action, ChannelName } from '@sayso/policy'
import { resourceOf, rolesAt, subjectOf, type World } from '@sayso/policy'
import * as z from 'zod'
import { channelBehind } from '../../ably/place.ts'
import { type Asker, actorOf, auditBy } from '../../commands/asker.ts'
import { commit } from '../../commands/decide-and-commit.ts'
import { Failure } from '../../commands/failure.ts'
import { noteRead } from '../../commands/note-read.ts'
import { drop, modeNames, narrow, notify, TAKABLE } from '../../live-acts.ts'
import type { LiveConnection } from '../../live-connection.ts'
import { placeNamed } from '../../places.ts'
import type { AppRest } from './deps.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { pageQuery, pageShape, roleShape } from './shapes.ts'

const tag = 'connections'
const params = { id: 'id of the connection' }
const manages = { who: 'person-or-key', may: 'manage-connections' } as const

const connectionShape = z
  .object({
    id: z.string(),
    subject: z.string().optional().describe('absent: nobody, or a key'),
    key: z.string().describe('the key it came by, or that signed its token'),
    clientId: z.string().optional(),
    name: z.string().optional().describe('what the person is called'),
    agent: z.string().optional().describe('what its client says it is'),
    address: z.string().optional(),
    openedAt: z.string(),
    state: z.enum(['open', 'suspended', 'closed']),
    channels: z.array(
      z.object({
        channel: z.string(),
        modes: z.array(z.string()),
        taken: z.array(z.string()).optional(),
        resource: z.string().optional().describe('that governs it'),
        role: roleShape.optional().describe('what its person is there; absent: nothing by name'),
      }),
    ),
    views: z.array(z.string()).describe('the views of rights it watches'),
    revision: z.int().describe('of rights: up to here its places are decided and its views told'),
    queuedBytes: z.int(),
    lagMs: z
      .int()
      .optional()
      .describe(
        'how long the last ping of the server took there and back, behind all that was queued, or for how long one is out; absent: none was sent yet',
      ),
  })
  .meta({ id: 'Connection' })
/** The hub numbers connections as they come: pages need no sorting, and stay what they are while others come and go. */
const place = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'take it from `next`')
  .transform(Number)
const doneShape = z.object({ ok: z.literal(true) }).meta({ id: 'Ok' })

const listConnections = route({
  method: 'GET',
  path: '/connections',
  id: 'listConnections',
  tag,
  summary: 'Who is connected',
  needs: { who: 'person-or-key', may: 'read-connections' },
  query: pageQuery.extend({
    person: z.string().max(256).optional().describe('id of a person'),
    channel: z.string().max(1_024).optional().describe('attached there'),
    key: z
      .string()
      .max(128)
      .optional()
      .describe('id of the key it came by, or that signed its token'),
    agent: z.string().max(200).optional().describe('part of what its client says it is'),
    state: z.enum(['open', 'suspended']).optional(),
    until: place.optional().describe('no further than this `next`, to read a page once more'),
    after: place.optional().describe('`next` of the page before'),
  }),
  answers: {
    200: json('One page, in the order in which they came.', pageShape(connectionShape)),
  },
  run: async ({ c, deps, asker, query }) => {
    await noteRead(deps.context, asker, 'read.connections', 'connections')
    const { found, next } = pageOfConnections(deps.hub, query)
    return c.json({ items: found.map((each) => connectionView(deps, each)), ...next })
  },
})

const readConnection = route({
  method: 'GET',
  path: '/connections/:id',
  id: 'readConnection',
  tag,
  summary: 'One connection',
  needs: { who: 'person-or-key', may: 'read-connections' },
  params,
  answers: { 200: json('The connection.', connectionShape) },
  problems: ['connection_unknown'],
  run: async ({ c, deps, asker, params: { id } }) => {
    connectionOf(deps, id)
    await noteRead(deps.context, asker, 'read.connections', `connection:${id}`)
    return c.json(connectionView(deps, connectionOf(deps, id)))
  },
})

const messageOne = route({
  method: 'POST',
  path: '/connections/:id/notices',
  id: 'notifyConnection',
  tag,
  summary: 'Say something to one connection',
  about:
    'It hears a message called `notice` on each view of rights it watches (`[permissions]…`). Nobody else does, and it is not kept.',
  needs: manages,
  params,
  body: {
    schema: z.strictObject({
      text: z.string().min(1).max(2_000),
      data: z.json().optional().describe('for programs; at most 16 KiB with the text'),
    }),
    example: { text: 'The server restarts in five minutes.' },
    maxBytes: 16_384,
  },
  answers: { 200: json('It was said.', doneShape) },
  problems: ['connection_unknown', 'not_listening'],
  run: async ({ c, deps, asker, params: { id }, body }) => {
    const connection = connectionOf(deps, id)
    if (connection.peer === undefined || connection.views.size === 0)
      throw new ApiProblem('not_listening', 'this connection watches no view of rights')
    await noted(deps, asker, 'notify-connection', connection)
    notify(deps.hub, connection, { ...body, by: actorOf(asker), atMs: deps.context.now() })
    return c.json({ ok: true })
  },
})

const narrowOne = route({
  method: 'POST',
  path: '/connections/:id/narrow',
  id: 'narrowConnection',
  tag,
  summary: 'Take actions from one connection on a channel',
  about:
    'It holds until this connection is gone, resumes and renewed tokens included; an empty list gives everything back. A new connection of the same person has all their rights: to take a right from a person, change their grants.',
  needs: manages,
  params,
  body: {
    schema: z.strictObject({
      channel: z.string().min(1).max(1_024),
      take: z.array(z.enum(TAKABLE as [string, ...string[]])).max(20),
      reason: z.string().max(500).optional(),
    }),
    example: { channel: 'chat:general', take: ['publish'] },
  },
  answers: { 200: json('The connection as it is now.', connectionShape) },
  problems: ['connection_unknown'],
  run: async ({ c, deps, asker, params: { id }, body }) => {
    const connection = connectionOf(deps, id)
    const { channel, take, reason } = body
    await noted(deps, asker, 'narrow-connection', connection, reason, { channel, take })
    narrow(deps.hub, connection, channel as ChannelName, take as Action[])
    return c.json(connectionView(deps, connection))
  },
})

const dropOne = route({
  method: 'DELETE',
  path: '/connections/:id',
  id: 'dropConnection',
  tag,
  summary: 'End a connection',
  about:
    'Its client is told `40300` with the reason and does not come back by itself. Somebody who may still connect can open a new one: to keep them out, take their rights or revoke their tokens.',
  needs: manages,
  params,
  query: z.object({ reason: z.string().max(500).optional() }),
  answers: { 200: json('It is gone.', doneShape) },
  problems: ['connection_unknown'],
  run: async ({ c, deps, asker, params: { id }, query: { reason } }) => {
    const connection = connectionOf(deps, id)
    await noted(deps, asker, 'drop-connection', connection, reason)
    const said = reason ?? 'an administrator has ended this connection'
    drop(deps.hub, connection, said, deps.context.now())
    return c.json({ ok: true })
  },
})

export const connectionRoutes: readonly AppRoute[] = [
  listConnections,
  readConnection,
  messageOne,
  narrowOne,
  dropOne,
]

/** @throws {ApiProblem} `connection_unknown` */
function connectionOf({ hub }: AppRest, id: string): LiveConnection {
  const connection = hub.connection(id)
  if (connection !== undefined) return connection
  throw new ApiProblem('connection_unknown', 'there is no such connection, or it is gone')
}

type Asked = {
  readonly limit: number
  readonly after?: number | undefined
  readonly until?: number | undefined
  readonly person?: string | undefined
  readonly channel?: string | undefined
  readonly key?: string | undefined
  readonly agent?: string | undefined
  readonly state?: string | undefined
}

function pageOfConnections(hub: AppRest['hub'], asked: Asked) {
  const { limit, after = 0, until = Number.POSITIVE_INFINITY } = asked
  const found: LiveConnection[] = []
  for (const each of hub.connections()) {
    const { number = 0 } = each
    if (number > until) break
    if (number <= after || !isAskedFor(each, asked)) continue
    const last = found.at(-1)
    if (found.length === limit) return { found, next: { next: `${last?.number}` } }
    found.push(each)
  }
  return { found, next: {} }
}

function isAskedFor({ asker, channels, agent, state }: LiveConnection, asked: Asked): boolean {
  const { person, channel, key } = asked
  const said = asked.agent?.toLowerCase()
  return (
    (person === undefined || subjectOf(asker.credential) === `user:${person}`) &&
    (channel === undefined || channels.has(channel as ChannelName)) &&
    (key === undefined || asker.credential.key === key) &&
    (said === undefined || agent?.toLowerCase().includes(said) === true) &&
    (asked.state === undefined || state.name === asked.state)
  )
}

/** Writes the act down before it is done. */
async function noted(
  { context }: AppRest,
  asker: Asker,
  command: string,
  connection: LiveConnection,
  reason?: string,
  details?: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (reason !== undefined && reason.trim() === '')
    throw new Failure('invalid', 'the reason is empty')
  const audit = {
    command,
    ...auditBy(asker),
    target: `connection:${connection.id}`,
    ...(reason === undefined ? {} : { reason }),
    details: { ...details, who: actorOf(connection.asker) },
  }
  await commit(context, { entries: [], audit })
}

function connectionView({ hub, context }: AppRest, connection: LiveConnection) {
  const { id, asker, agent, state, openedAtMs, views, peer } = connection
  const subject = subjectOf(asker.credential)
  const isToken = asker.credential.kind === 'token'
  const name =
    isToken && subject !== undefined
      ? context.standing.world.facts.person(subject)?.name
      : undefined
  return {
    id,
    ...(isToken && subject !== undefined ? { subject } : {}),
    key: asker.credential.key,
    ...(asker.clientId === undefined ? {} : { clientId: asker.clientId }),
    ...(typeof name === 'string' ? { name } : {}),
    ...(agent === undefined ? {} : { agent }),
    ...(asker.address === undefined ? {} : { address: asker.address }),
    openedAt: new Date(openedAtMs).toISOString(),
    state: state.name,
    channels: [...connection.channels].map((name) => placeView(hub, connection, name)),
    views: [...views.keys()],
    revision: hub.toldOf(connection),
    queuedBytes: peer?.queuedBytes() ?? 0,
    ...lagOf(connection, context.now()),
  }
}

function lagOf({ peer }: LiveConnection, nowMs: number) {
  const lagMs = peer?.lagMs?.(nowMs)
  return lagMs === undefined ? {} : { lagMs }
}

function placeView(hub: AppRest['hub'], connection: LiveConnection, name: ChannelName) {
  const channel = channelBehind(name)
  const attachment = hub.channel(channel)?.attachment(placeNamed(connection, name))
  const allowed = hub.allowedModes(connection, channel)
  const effective = allowed & (attachment?.requested ?? 0)
  const taken = [...(connection.asker.narrowed?.get(channel) ?? [])]
  return {
    channel: name,
    modes: modeNames(effective),
    ...(taken.length === 0 ? {} : { taken }),
    ...standingAt(hub.world, connection, channel),
  }
}

/** What the person is where the channel is governed: their role with the most to say. */
function standingAt(world: World, { asker }: LiveConnection, channel: ChannelName) {
  const resource = resourceOf(world.policy, channel)
  if (resource === undefined) return {}
  const subject = subjectOf(asker.credential)
  const [role] = subject === undefined ? [] : rolesAt(world, subject, resource)
  return {
    resource,
    ...(role === undefined ? {} : { role }),
  }
}
