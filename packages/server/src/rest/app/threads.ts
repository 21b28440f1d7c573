// Threads of a channel: what they have come to, and the answers of one.

import * as z from 'zod'
import { Failure } from '../../commands/failure.ts'
import { governed } from '../../commands/pin-message.ts'
import { readMessage } from '../../commands/read-messages.ts'
import { readThread, readThreads } from '../../commands/read-threads.ts'
import { channelResource, KEY_PARAM } from './channel-people.ts'
import { messageItem, messageShape } from './message-item.ts'
import { type AppRoute, json, route } from './route.ts'

const serial = z.string().min(1).max(64)
const limit = z.coerce.number().int().min(1).max(100).default(100)
const needs = { who: 'signed-in', asks: '`history` on the channel' } as const
const tag = 'messages'

const summaryShape = z.object({
  root: z.string().describe('serial of the message it is about'),
  count: z.int().describe('answers that are there'),
  lastSerial: z.string(),
  lastAtMs: z.number(),
  people: z.array(z.string()).describe('who answered, the last one first; at most five'),
  message: messageShape.optional().describe('the message it is about, if it was asked for'),
})

export const threadRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/channels/:key/threads',
    id: 'listThreads',
    inView: true,
    tag,
    summary: 'Threads of a channel, by their last answer',
    needs,
    params: KEY_PARAM,
    query: z.object({
      limit,
      from: serial.optional().describe('only threads whose root is not before this message'),
      to: serial.optional().describe('only threads whose root is not after this message'),
      before: serial.optional().describe('only threads whose last answer is before this message'),
      roots: z.enum(['yes', 'no']).default('no').describe('whether to bring the roots along'),
    }),
    answers: {
      200: json(
        'The threads.',
        z.object({
          threads: z.array(summaryShape),
          asOf: z.string().describe('the position up to which they are counted'),
        }),
      ),
    },
    problems: ['resource_unknown'],
    run: async ({ c, deps: { context }, asker, params, query }) => {
      const { world, head: asOf } = context.standing
      const channel = governed(world, channelResource(world, params.key, asker))
      const threads = await readThreads(context, asker, {
        channel,
        limit: query.limit,
        ...(query.from === undefined ? {} : { fromRoot: query.from }),
        ...(query.to === undefined ? {} : { toRoot: query.to }),
        ...(query.before === undefined ? {} : { beforeSerial: query.before }),
      })
      if (query.roots === 'no') return c.json({ threads, asOf })
      const withRoots = await Promise.all(
        threads.map(async (thread) => {
          const message = await readMessage(context, asker, channel, thread.root).catch(unlessGone)
          return { ...thread, ...(message === undefined ? {} : { message: messageItem(message) }) }
        }),
      )
      return c.json({ threads: withRoots, asOf })
    },
  }),
  route({
    method: 'GET',
    path: '/channels/:key/threads/:serial',
    id: 'readThread',
    inView: true,
    tag,
    summary: 'Answers of a thread, newest first',
    needs,
    params: { ...KEY_PARAM, serial: 'serial of the message the thread is about' },
    query: z.object({
      limit,
      before: serial.optional().describe('only answers before this message'),
    }),
    answers: {
      200: json(
        'The answers.',
        z.object({ messages: z.array(messageShape), hasMore: z.boolean() }),
      ),
    },
    problems: ['resource_unknown'],
    run: async ({ c, deps: { context }, asker, params, query }) => {
      const { world } = context.standing
      const { messages, hasMore } = await readThread(context, asker, {
        channel: governed(world, channelResource(world, params.key, asker)),
        root: params.serial,
        limit: query.limit,
        ...(query.before === undefined ? {} : { beforeSerial: query.before }),
      })
      return c.json({ messages: messages.map(messageItem), hasMore })
    },
  }),
]

/** Anybody may name as a root what was never said, or not to them. */
function unlessGone(error: unknown): undefined {
  if (error instanceof Failure && error.code === 'message_unknown') return undefined
  throw error
}
