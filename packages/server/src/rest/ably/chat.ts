// The REST interface of the chat SDK. A room is the channel `<room>::$chat`; every route calls the command that its
// channel's own door calls.

import type { Message } from '@sayso/channel'
import { authorize, type ChannelName } from '@sayso/policy'
import {
  chatMessageName,
  chatReactions,
  historyLinks,
  parseChatClient,
  parseChatMessage,
  parseChatOperation,
  parseChatReaction,
  parseChatUpdate,
  parseHistoryQuery,
  parsePageQuery,
  reactionAnnotationType,
} from '@sayso/protocol'
import type { Context as HonoContext } from 'hono'
import { chatAmendment, chatMessage, chatNewMessage } from '../../ably/chat-shapes.ts'
import { annotationSerialsOf } from '../../ably/shapes.ts'
import { type AmendMessage, amendMessage } from '../../commands/amend-message.ts'
import { annotate } from '../../commands/annotate.ts'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { publish } from '../../commands/publish.ts'
import { readClientSummary } from '../../commands/read-annotations.ts'
import { readHistory, readMessage, readVersions } from '../../commands/read-messages.ts'
import { readOccupancy } from '../../commands/read-occupancy.ts'
import { answer } from './answer.ts'
import { readBody, readBodyIfAny } from './body.ts'
import type { AblyRest } from './deps.ts'
import { versionsPage } from './page.ts'
import type { Permission, Route } from './route.ts'

type Operations = Extract<Permission, { who: 'credential' }>['may']

type ChatCall = {
  readonly c: HonoContext
  readonly asker: Asker
  readonly channel: ChannelName
  /** Of the message the address names; empty if it names none. */
  readonly serial: string
}

const ROOM = '/chat/:version{v[0-9]+}/rooms/:room'
const MESSAGES = `${ROOM}/messages`
const MESSAGE = `${MESSAGES}/:serial`
const REACTIONS = `${MESSAGE}/reactions`

const inRoom = (...may: Operations): Permission => ({ who: 'credential', may, on: 'channel' })
const reading = inRoom('history')
const updating = inRoom('message-update-own', 'message-update-any')
const deleting = inRoom('message-delete-own', 'message-delete-any')
const reacting = inRoom('annotation-publish')

export const chatRoutes: readonly Route[] = [
  { method: 'POST', path: MESSAGES, needs: inRoom('publish'), run: on(send) },
  { method: 'GET', path: MESSAGES, needs: reading, run: on(history) },
  {
    method: 'GET',
    path: `${ROOM}/occupancy`,
    needs: inRoom('channel-metadata'),
    run: on(occupancy),
  },
  { method: 'GET', path: MESSAGE, needs: reading, run: on(one) },
  { method: 'PUT', path: MESSAGE, needs: updating, run: on(update) },
  { method: 'POST', path: `${MESSAGE}/delete`, needs: deleting, run: on(remove) },
  { method: 'GET', path: `${MESSAGE}/versions`, needs: reading, run: on(versions) },
  { method: 'POST', path: REACTIONS, needs: reacting, run: on(react) },
  { method: 'DELETE', path: REACTIONS, needs: reacting, run: on(unreact) },
  { method: 'GET', path: `${MESSAGE}/client-reactions`, needs: reading, run: on(clientReactions) },
]

function on(handle: (deps: AblyRest, call: ChatCall) => Promise<Response>): Route['run'] {
  return ({ c, deps, asker, channel }) => {
    const serial = c.req.param('serial') ?? ''
    return handle(deps, { c, asker: asker(), channel: channel(), serial })
  }
}

async function send(deps: AblyRest, { c, asker, channel }: ChatCall): Promise<Response> {
  const content = parseChatMessage(await readBody(c, deps.maxBodyBytes))
  const key = idempotencyKey(c)
  const message = { ...chatNewMessage(content), ...(key === undefined ? {} : { id: `${key}:0` }) }
  const input = { channel, messages: [message] }
  return answer(c, 201, chatMessage(await stateIn(publish(deps.context, identified(asker), input))))
}

async function history(deps: AblyRest, { c, asker, channel }: ChatCall): Promise<Response> {
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
  const said = page.messages.filter(({ name }) => name === chatMessageName)
  const next = page.hasMore ? page.messages.at(-1)?.serial : undefined
  return answer(c, 200, said.map(chatMessage), historyLinks('messages', query, next))
}

async function one(deps: AblyRest, { c, asker, channel, serial }: ChatCall): Promise<Response> {
  return answer(c, 200, chatMessage(await readMessage(deps.context, asker, channel, serial)))
}

async function update(deps: AblyRest, { c, asker, channel, serial }: ChatCall): Promise<Response> {
  const { message, ...operation } = parseChatUpdate(await readBody(c, deps.maxBodyBytes))
  const amendment = chatAmendment(serial, 'update', message, operation)
  const input = { channel, amendment, ...idBase(c) }
  return answer(c, 200, chatMessage(await amendedState(deps, asker, input)))
}

async function remove(deps: AblyRest, { c, asker, channel, serial }: ChatCall): Promise<Response> {
  const operation = parseChatOperation(await readBodyIfAny(c, deps.maxBodyBytes))
  const amendment = chatAmendment(serial, 'delete', { text: '' }, operation)
  const input = { channel, amendment, ...idBase(c) }
  return answer(c, 200, chatMessage(await amendedState(deps, asker, input)))
}

async function versions(
  deps: AblyRest,
  { c, asker, channel, serial }: ChatCall,
): Promise<Response> {
  const asked = parsePageQuery(c.req.query())
  const all = await readVersions(deps.context, asker, channel, serial)
  const { items, links } = versionsPage(all, asked)
  return answer(c, 200, items.map(chatMessage), links)
}

async function react(deps: AblyRest, call: ChatCall): Promise<Response> {
  const reaction = parseChatReaction(await readBody(call.c, deps.maxBodyBytes))
  return reacted(deps, call, 'create', reaction, 201)
}

async function unreact(deps: AblyRest, call: ChatCall): Promise<Response> {
  const { type, name } = call.c.req.query()
  return reacted(deps, call, 'delete', parseChatReaction({ type, name }), 200)
}

async function reacted(
  deps: AblyRest,
  { c, asker, channel, serial }: ChatCall,
  action: 'create' | 'delete',
  { type, ...rest }: ReturnType<typeof parseChatReaction>,
  status: number,
): Promise<Response> {
  const annotation = {
    ...rest,
    action,
    type: reactionAnnotationType(type),
    messageSerial: serial,
  }
  const input = { channel, annotations: [annotation] }
  const committed = await annotate(deps.context, identified(asker), input)
  return answer(c, status, { serial: annotationSerialsOf(committed)[0] })
}

async function clientReactions(deps: AblyRest, call: ChatCall): Promise<Response> {
  const { c, asker, channel, serial } = call
  const client = parseChatClient(c.req.query())
  const summary = await readClientSummary(deps.context, asker, channel, serial, client)
  return answer(c, 200, chatReactions(summary))
}

async function occupancy(deps: AblyRest, { c, asker, channel }: ChatCall): Promise<Response> {
  const { connections, presenceMembers } = readOccupancy(deps.context, deps.hub, asker, channel)
  return answer(c, 200, { connections, presenceMembers })
}

/** Whoever speaks in a room has a name. */
function identified(asker: Asker): Asker {
  if (asker.clientId !== undefined) return asker
  throw new Failure('client_id_required', 'to speak in a room you need a clientId', {
    remedy: 'use a token with a clientId, or name one',
  })
}

/** What makes a repeat a repeat; an empty key is none. */
function idempotencyKey(c: HonoContext): string | undefined {
  return c.req.query('idempotencyKey') || undefined
}

/** A repeat of an edit is known by the key its caller gave it. */
function idBase(c: HonoContext): { idBase?: string } {
  const key = idempotencyKey(c)
  return key === undefined ? {} : { idBase: `chat ${key}` }
}

/** The state that an edit told; for who may read it back, with what the reactions to the message add up to by then. */
async function amendedState(
  { context }: AblyRest,
  asker: Asker,
  input: AmendMessage,
): Promise<Message> {
  const committed = amendMessage(context, asker, input)
  const state = await stateIn(committed)
  const { revision } = await committed
  const summary = (await context.store.message(input.channel, state.serial, revision))?.summary
  const { world } = context.standing
  if (!authorize(world, asker.credential, 'history', input.channel).allowed) return state
  return summary === undefined ? state : { ...state, summary }
}

/** The state that a commit told; of a repeat, the one told the first time. */
async function stateIn(committing: ReturnType<typeof publish>): Promise<Message> {
  const { entries } = await committing
  const entry = entries.find((each) => each.kind === 'message')
  const message = entry?.messages[0]
  if (message === undefined) throw new Failure('conflict', 'the key belongs to something else')
  return message
}
