// Pinned messages of a channel.

import * as z from 'zod'
import { governed, pinMessage } from '../../commands/pin-message.ts'
import { readPins } from '../../commands/read-pins.ts'
import { idOf } from '../../people/roles.ts'
import { channelResource, KEY_PARAM } from './channel-people.ts'
import { done } from './done.ts'
import { messageItem, messageShape } from './message-item.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed } from './shapes.ts'

const tag = 'messages'
const params = { ...KEY_PARAM, serial: 'serial of the message' }

export const pinRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/channels/:key/pins',
    id: 'listPins',
    inView: true,
    tag,
    summary: 'Pinned messages, the one pinned last first',
    needs: { who: 'signed-in', asks: '`history` on the channel' },
    params: KEY_PARAM,
    answers: {
      200: json(
        'At most 100.',
        z.object({
          pins: z.array(
            z.object({
              message: messageShape,
              by: z.string().describe('id of who pinned it'),
              atMs: z.number(),
            }),
          ),
        }),
      ),
    },
    problems: ['resource_unknown'],
    run: async ({ c, deps: { context }, asker, params: { key } }) => {
      const { world } = context.standing
      const pins = await readPins(
        context,
        asker,
        governed(world, channelResource(world, key, asker)),
      )
      return c.json({
        pins: pins.map(({ message, by, atMs }) => ({
          message: messageItem(message),
          by: idOf(by),
          atMs,
        })),
      })
    },
  }),
  pinRoute('pin', 'PUT', 'Pin a message'),
  pinRoute('unpin', 'DELETE', 'Take a pinned message down'),
]

function pinRoute(kind: 'pin' | 'unpin', method: 'PUT' | 'DELETE', summary: string): AppRoute {
  return route({
    method,
    path: '/channels/:key/pins/:serial',
    id: `${kind}Message`,
    tag,
    summary,
    needs: { who: 'signed-in', asks: '`pin` and `history` on the channel' },
    params,
    answers: changed,
    problems: ['resource_unknown', 'message_unknown', 'conflict'],
    run: async ({ c, deps: { context }, asker, params: { key, serial } }) => {
      const resource = channelResource(context.standing.world, key, asker)
      return done(c, await pinMessage(context, asker, { kind, resource, serial }))
    },
  })
}
