// Many channels in one request: each is judged and answered by itself.

import {
  batchResult,
  type ErrorInfo,
  type IncomingMessage,
  parseBatchBody,
  WireInvalid,
} from '@sayso/protocol'
import { channelName } from '../../ably/channel-name.ts'
import { errorInfoOf } from '../../ably/errors.ts'
import { readPresence } from '../../commands/read-presence.ts'
import { answer, answerFormat } from './answer.ts'
import { readBody } from './body.ts'
import { present } from './channels.ts'
import { publishOver } from './publish-over.ts'
import type { Call, Route } from './route.ts'

const MAX_CHANNELS = 100

export const batchRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/messages',
    needs: { who: 'credential', may: ['publish'], on: 'each' },
    run: publishMany,
  },
  {
    method: 'GET',
    path: '/presence',
    needs: { who: 'credential', may: ['subscribe', 'presence'], on: 'each' },
    run: presenceOfMany,
  },
]

type Outcome =
  | { readonly channel: string; readonly messageId: string; readonly serials: readonly string[] }
  | { readonly channel: string; readonly error: ErrorInfo }

async function publishMany(call: Call): Promise<Response> {
  const { c, deps, version } = call
  call.asker()
  const { specs, isList } = parseBatchBody(await readBody(c, deps.maxBodyBytes))
  const outcomes = await Promise.all(
    specs.map(({ channels, messages }) =>
      Promise.all(channels.map((channel) => publishOne(call, channel, messages))),
    ),
  )
  if (version < 3) return answer(c, 201, outcomes.flat())
  const results = outcomes.map((each) => batchResult(each))
  return answer(c, 201, isList ? results : results[0])
}

async function publishOne(
  { deps, asker }: Call,
  channel: string,
  messages: readonly IncomingMessage[],
): Promise<Outcome> {
  try {
    const name = channelName(channel)
    const { messageId, serials } = await publishOver(deps, asker(), name, messages)
    return { channel, messageId: `${messageId}:0`, serials }
  } catch (error) {
    return { channel, error: explained(deps, error) }
  }
}

function presenceOfMany({ c, deps, asker, version }: Call): Response {
  const channels = [...new Set((c.req.query('channels') ?? '').split(',').filter(Boolean))]
  if (channels.length === 0)
    throw new WireInvalid('bad_parameter', '`channels` must name at least one channel')
  if (channels.length > MAX_CHANNELS)
    throw new WireInvalid('bad_parameter', `\`channels\` names more than ${MAX_CHANNELS} channels`)
  const results = channels.map((channel) => {
    try {
      const members = readPresence(deps.context, deps.hub, asker(), channelName(channel))
      return { channel, presence: members.map((member) => present(member, answerFormat(c))) }
    } catch (error) {
      return { channel, error: explained(deps, error) }
    }
  })
  return answer(c, 200, version < 3 ? results : batchResult(results))
}

function explained({ report }: Call['deps'], error: unknown): ErrorInfo {
  const { info, expected } = errorInfoOf(error)
  if (!expected) report('batch', error)
  return info
}
