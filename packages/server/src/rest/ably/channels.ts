// Channels over REST: publish, history, one message and its versions, edits, who is present, and which channels there are.

import { Channel, type Member, type Message } from '@sayso/channel'
import { authorize, type ChannelName } from '@sayso/policy'
import {
  type Format,
  type HistoryMessage,
  historyItem,
  historyLinks,
  PresenceAction,
  parseChannelsQuery,
  parseHistoryQuery,
  parsePageQuery,
  parsePresenceQuery,
  parsePublishBody,
  parseUpdateBody,
  WireInvalid,
} from '@sayso/protocol'
import { amendmentOf, serialsOf, wireMessage, wirePresence } from '../../ably/shapes.ts'
import { amendMessage } from '../../commands/amend-message.ts'
import { createChannel } from '../../commands/create-channel.ts'
import { readHistory, readMessage, readVersions } from '../../commands/read-messages.ts'
import { readPresence } from '../../commands/read-presence.ts'
import { readPresenceHistory } from '../../commands/read-presence-history.ts'
import { answer, answerFormat } from './answer.ts'
import { readBody } from './body.ts'
import { page, versionsPage } from './page.ts'
import { publishOver } from './publish-over.ts'
import type { Call, Permission, Route } from './route.ts'

type Operations = Extract<Permission, { who: 'credential' }>['may']

const onChannel = (...may: Operations): Permission => ({ who: 'credential', may, on: 'channel' })
const reading = onChannel('history')
const edits = [
  'message-update-own',
  'message-update-any',
  'message-delete-own',
  'message-delete-any',
] as const

const CHANNEL = '/channels/:channel'
const MESSAGES = `${CHANNEL}/messages`
const MESSAGE = `${MESSAGES}/:serial`

export const channelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels',
    needs: { who: 'credential', may: ['channel-metadata'], on: 'all' },
    run: list,
  },
  { method: 'GET', path: CHANNEL, needs: onChannel('channel-metadata'), run: status },
  {
    method: 'POST',
    path: CHANNEL,
    needs: { who: 'credential', may: ['subscribe', 'publish'], on: 'each' },
    run: create,
  },
  { method: 'POST', path: MESSAGES, needs: onChannel('publish'), run: post },
  { method: 'GET', path: MESSAGES, needs: reading, run: history },
  { method: 'GET', path: MESSAGE, needs: reading, run: one },
  { method: 'PATCH', path: MESSAGE, needs: onChannel(...edits), run: edit },
  { method: 'GET', path: `${MESSAGE}/versions`, needs: reading, run: versions },
  {
    method: 'GET',
    path: `${CHANNEL}/presence`,
    needs: onChannel('subscribe', 'presence'),
    run: presence,
  },
  { method: 'GET', path: `${CHANNEL}/presence/history`, needs: reading, run: presenceHistory },
]

const serialIn = ({ c }: Call): string => c.req.param('serial') ?? ''

/** Joining a channel that does not exist yet: who may make it is the policy's to say. */
async function create({ c, deps, asker, channel }: Call): Promise<Response> {
  await createChannel(deps.context, asker(), channel())
  return answer(c, 201, { channel: c.req.param('channel') })
}

async function post({ c, deps, asker, channel }: Call): Promise<Response> {
  const caller = asker()
  const name = channel()
  const messages = parsePublishBody(await readBody(c, deps.maxBodyBytes))
  if (c.req.query('_forceNack') !== undefined) throw new WireInvalid('forced_nack')
  const published = await publishOver(deps, caller, name, messages)
  return answer(c, 201, { channel: c.req.param('channel'), ...published })
}

async function history({ c, deps, asker, channel }: Call): Promise<Response> {
  const query = parseHistoryQuery(c.req.query())
  const { direction, limit, start, end, fromSerial, cursor } = query
  const found = await readHistory(deps.context, asker(), {
    channel: channel(),
    direction,
    limit,
    ...(start === undefined ? {} : { startMs: start }),
    ...(end === undefined ? {} : { endMs: end }),
    ...(fromSerial === undefined ? {} : { untilSerial: fromSerial }),
    ...(cursor === undefined ? {} : { afterSerial: cursor }),
  })
  const next = found.hasMore ? found.messages.at(-1)?.serial : undefined
  const items = found.messages.map((message) => item(message, answerFormat(c)))
  return answer(c, 200, items, historyLinks('messages', query, next))
}

async function one(call: Call): Promise<Response> {
  const { c, deps, asker, channel } = call
  const message = await readMessage(deps.context, asker(), channel(), serialIn(call))
  return answer(c, 200, item(message, answerFormat(c)))
}

async function versions(call: Call): Promise<Response> {
  const { c, deps, asker, channel } = call
  const asked = parsePageQuery(c.req.query())
  const found = await readVersions(deps.context, asker(), channel(), serialIn(call))
  const { items, links } = versionsPage(found, asked)
  return answer(
    c,
    200,
    items.map((version) => item(version, answerFormat(c))),
    links,
  )
}

async function edit(call: Call): Promise<Response> {
  const { c, deps } = call
  const asker = call.asker()
  const channel = call.channel()
  const update = parseUpdateBody(await readBody(c, deps.maxBodyBytes))
  const amendment = { ...amendmentOf(update, update.action), serial: serialIn(call) }
  const committed = await amendMessage(deps.context, asker, { channel, amendment })
  return answer(c, 200, { versionSerial: serialsOf(committed)[0] })
}

function presence({ c, deps, asker, channel }: Call): Response {
  const { limit, cursor, ...filter } = parsePresenceQuery(c.req.query())
  const members = readPresence(deps.context, deps.hub, asker(), channel())
    .filter(({ clientId }) => filter.clientId === undefined || clientId === filter.clientId)
    .filter(
      ({ connectionId: id }) => filter.connectionId === undefined || id === filter.connectionId,
    )
    .map((member) => ({ key: `${member.clientId}\n${member.connectionId}`, member }))
  const { items, links } = page('presence', members, { limit, cursor, filter })
  return answer(
    c,
    200,
    items.map(({ member }) => present(member, answerFormat(c))),
    links,
  )
}

async function presenceHistory({ c, deps, asker, channel }: Call): Promise<Response> {
  const query = parseHistoryQuery(c.req.query())
  const { direction, limit, start, end, fromSerial, cursor } = query
  const found = await readPresenceHistory(deps.context, deps.hub, asker(), {
    channel: channel(),
    direction,
    limit,
    ...(start === undefined ? {} : { startMs: start }),
    ...(end === undefined ? {} : { endMs: end }),
    ...(fromSerial === undefined ? {} : { untilSerial: fromSerial }),
    ...(cursor === undefined ? {} : { afterNumber: numberIn(cursor) }),
  })
  const next = found.hasMore ? found.events.at(-1)?.number : undefined
  const format = answerFormat(c)
  const items = found.events.map(({ event }) =>
    happened(event.member, PRESENCE_ACTIONS[event.action], format),
  )
  return answer(c, 200, items, historyLinks('history', query, next?.toString()))
}

/** @throws {WireInvalid} `bad_parameter` for a cursor that no page gave out */
function numberIn(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw new WireInvalid('bad_parameter', '`cursor` is not one of this list')
}

const PRESENCE_ACTIONS = {
  enter: PresenceAction.ENTER,
  update: PresenceAction.UPDATE,
  leave: PresenceAction.LEAVE,
} as const

/** Channels that live now: somebody is attached or present. Who may not know of one is not told of it. */
function list({ c, deps, asker, version }: Call): Response {
  const { limit, cursor, prefix = '', by } = parseChannelsQuery(c.req.query())
  const { credential } = asker()
  const { world } = deps.context.standing
  const channels = [...deps.hub.channels.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .filter(({ name }) => authorize(world, credential, 'channel-metadata', name).allowed)
    .map((channel) => ({ key: channel.name, channel }))
  const asNames = by === 'id' && (version >= 3 || c.req.query('by') === 'id')
  const filter = { prefix, by: asNames ? 'id' : 'value' }
  const { items, links } = page('channels', channels, { limit, cursor, filter })
  const found = items.map(({ key, channel }) => (asNames ? key : statusOf(key, channel)))
  return answer(c, 200, found, links)
}

function status({ c, deps, channel }: Call): Response {
  const name: ChannelName = channel()
  return answer(c, 200, statusOf(name, deps.hub.channel(name)))
}

function statusOf(name: string, channel: Channel | undefined) {
  const metrics = {
    ...(channel ?? new Channel(name)).metrics,
    objectPublishers: 0,
    objectSubscribers: 0,
  }
  return { channelId: name, status: { isActive: channel !== undefined, occupancy: { metrics } } }
}

function item(message: Message, format: Format): HistoryMessage {
  return historyItem(wireMessage(message) as HistoryMessage, format)
}

export function present(member: Member, format: Format) {
  return happened(member, PresenceAction.PRESENT, format)
}

function happened(member: Member, action: PresenceAction, format: Format) {
  return historyItem(wirePresence(member, action) as unknown as HistoryMessage, format)
}
