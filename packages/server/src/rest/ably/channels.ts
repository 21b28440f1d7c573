// Channels over REST: publish, history, one message and its versions, edits, who is present.

import type { Member, Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import {
  type Format,
  type HistoryMessage,
  historyItem,
  historyLinks,
  linkHeader,
  PresenceAction,
  parseHistoryQuery,
  parsePresenceQuery,
  parsePublishBody,
  parseUpdateBody,
} from '@sayso/protocol'
import { Hono, type Context as HonoContext } from 'hono'
import { channelName } from '../../ably/channel-name.ts'
import { amendmentOf, newMessage, serialsOf, wireMessage, wirePresence } from '../../ably/shapes.ts'
import { amendMessage } from '../../commands/amend-message.ts'
import type { Asker } from '../../commands/asker.ts'
import { readHistory, readMessage, readVersions } from '../../commands/read-messages.ts'
import { readPresence } from '../../commands/read-presence.ts'
import { readPresenceHistory } from '../../commands/read-presence-history.ts'
import { say } from '../../commands/say.ts'
import { answer, answerFormat } from './answer.ts'
import { readBody } from './body.ts'
import { requester } from './credentials.ts'
import type { AblyRest } from './deps.ts'
import { WornTokens } from './worn-tokens.ts'

export function channelRoutes(deps: AblyRest): Hono {
  const app = new Hono()
  const worn = new WornTokens()
  const who = (c: HonoContext): Asker => requester(c, deps.ring, worn, deps.context.now()).asker
  const name = (c: HonoContext): ChannelName => channelName(c.req.param('channel') ?? '')

  app.post('/channels/:channel/messages', async (c) => publishOver(deps, c, who(c), name(c)))
  app.get('/channels/:channel/messages', async (c) => historyOver(deps, c, who(c), name(c)))
  app.get('/channels/:channel/messages/:serial', async (c) => {
    const message = await readMessage(deps.context, who(c), name(c), c.req.param('serial'))
    return answer(c, 200, item(message, answerFormat(c)))
  })
  app.get('/channels/:channel/messages/:serial/versions', async (c) => {
    const versions = await readVersions(deps.context, who(c), name(c), c.req.param('serial'))
    const links = linkHeader('versions', { first: { limit: 1000 }, current: { limit: 1000 } })
    return answer(
      c,
      200,
      versions.map((version) => item(version, answerFormat(c))),
      links,
    )
  })
  app.patch('/channels/:channel/messages/:serial', async (c) => {
    const update = parseUpdateBody(await readBody(c, deps.maxBodyBytes))
    const amendment = { ...amendmentOf(update, update.action), serial: c.req.param('serial') }
    const committed = await amendMessage(deps.context, who(c), { channel: name(c), amendment })
    return answer(c, 200, { versionSerial: serialsOf(committed)[0] })
  })
  app.get('/channels/:channel/presence', (c) => {
    const query = parsePresenceQuery(c.req.query())
    const members = readPresence(deps.context, deps.hub, who(c), name(c))
      .filter((member) => query.clientId === undefined || member.clientId === query.clientId)
      .filter(
        (member) => query.connectionId === undefined || member.connectionId === query.connectionId,
      )
      .slice(0, query.limit)
    const links = linkHeader('presence', {
      first: { limit: query.limit },
      current: { limit: query.limit },
    })
    return answer(
      c,
      200,
      members.map((member) => present(member, answerFormat(c))),
      links,
    )
  })
  app.get('/channels/:channel/presence/history', (c) =>
    presenceHistoryOver(deps, c, who(c), name(c)),
  )
  return app
}

async function publishOver(
  deps: AblyRest,
  c: HonoContext,
  asker: Asker,
  channel: ChannelName,
): Promise<Response> {
  const messages = parsePublishBody(await readBody(c, deps.maxBodyBytes)).map(newMessage)
  const hasOwnIds = messages.some((message) => message.id !== undefined)
  const idBase = deps.context.randomId(9)
  const input = { channel, messages, ...(hasOwnIds ? {} : { idBase }) }
  const base = messages[0]?.id?.replace(/:\d+$/, '') ?? idBase
  const serials = await say(deps.context, deps.hub, asker, input)
  return answer(c, 201, { channel, messageId: base, serials })
}

async function historyOver(
  deps: AblyRest,
  c: HonoContext,
  asker: Asker,
  channel: ChannelName,
): Promise<Response> {
  const query = parseHistoryQuery(c.req.query())
  const { direction, limit, start, end, fromSerial, cursor } = query
  const page = await readHistory(deps.context, asker, {
    channel,
    direction,
    limit,
    ...(start === undefined ? {} : { startMs: start }),
    ...(end === undefined ? {} : { endMs: end }),
    ...(fromSerial === undefined ? {} : { untilSerial: fromSerial }),
    ...(cursor === undefined ? {} : { afterSerial: cursor }),
  })
  const next = page.hasMore ? page.messages.at(-1)?.serial : undefined
  const format = answerFormat(c)
  return answer(
    c,
    200,
    page.messages.map((message) => item(message, format)),
    historyLinks('messages', query, next),
  )
}

function presenceHistoryOver(
  deps: AblyRest,
  c: HonoContext,
  asker: Asker,
  channel: ChannelName,
): Response {
  const query = parseHistoryQuery(c.req.query())
  const { direction, limit, start, end, fromSerial, cursor } = query
  const page = readPresenceHistory(deps.context, deps.hub, asker, channel, {
    direction,
    limit,
    ...(start === undefined ? {} : { startMs: start }),
    ...(end === undefined ? {} : { endMs: end }),
    ...(fromSerial === undefined ? {} : { untilSerial: fromSerial }),
    ...(cursor === undefined ? {} : { afterNumber: Number(cursor) }),
  })
  const next = page.hasMore ? page.events.at(-1)?.number : undefined
  const format = answerFormat(c)
  const items = page.events.map(({ event }) =>
    happened(event.member, PRESENCE_ACTIONS[event.action], format),
  )
  return answer(c, 200, items, historyLinks('history', query, next?.toString()))
}

const PRESENCE_ACTIONS = {
  enter: PresenceAction.ENTER,
  update: PresenceAction.UPDATE,
  leave: PresenceAction.LEAVE,
} as const

function item(message: Message, format: Format): HistoryMessage {
  return historyItem(wireMessage(message) as HistoryMessage, format)
}

function present(member: Member, format: Format) {
  return happened(member, PresenceAction.PRESENT, format)
}

function happened(member: Member, action: PresenceAction, format: Format) {
  return historyItem(wirePresence(member, action) as unknown as HistoryMessage, format)
}
