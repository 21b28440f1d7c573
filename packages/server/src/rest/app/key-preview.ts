// What permissions would cover before a key has them: channels there are, who is attached there, and what the open connections
// of the key would lose.

import { type KeyId, operationsOn } from '@sayso/policy'
import * as z from 'zod'
import { channelBehind } from '../../ably/place.ts'
import { knownChannels } from '../../access/known-channels.ts'
import { keyNamed } from '../../commands/key-terms.ts'
import type { LiveConnection } from '../../live-connection.ts'
import type { AppRest } from './deps.ts'
import { capabilityOf, mayDelegate, permissionTerms, readDelegation } from './key-shapes.ts'
import { json, route } from './route.ts'

const MOST_CHANNELS = 1_000
const MOST_CONNECTIONS = 200

const answer = z.object({
  items: z.array(
    z.object({
      channel: z.string(),
      operations: z.array(z.string()),
      attached: z.int().describe('how many are attached there now'),
    }),
  ),
  covered: z.int().describe('how many channels are covered; `items` names at most 1,000'),
  looked: z.int().describe('how many channels were looked at'),
  connections: z
    .object({
      count: z.int().describe('live ones that came by the key, or by a token it signed'),
      items: z
        .array(
          z.object({
            id: z.string(),
            clientId: z.string().optional(),
            keeps: z
              .array(z.string())
              .describe('channels it is attached to and the permissions cover'),
            loses: z.array(z.string()).describe('channels it is attached to and they do not'),
          }),
        )
        .describe('at most 200'),
    })
    .optional()
    .describe('of the `key` that was named'),
})

export const previewKey = route({
  method: 'POST',
  path: '/keys/preview',
  id: 'previewKey',
  tag: 'keys',
  summary: 'What permissions would cover among the channels there are',
  about:
    'With `key`, also which of its live connections would lose a channel they are attached to; what their tokens say for themselves is left out, so that a token may hold less.',
  needs: { who: 'person-or-key', may: 'read-keys' },
  body: {
    schema: z.strictObject({
      ...permissionTerms,
      mayDelegate: mayDelegate.optional(),
      key: z.string().min(1).max(128).optional().describe('id of the key that would be changed'),
      channels: z.array(z.string().min(1).max(2_048)).max(1_000).optional(),
    }),
    example: { permissions: { 'user:*:messages': ['subscribe'] } },
  },
  answers: { 200: json('The channels covered.', answer) },
  problems: ['invalid', 'key_unknown'],
  run: ({ c, deps, body }) => {
    const { world } = deps.context.standing
    const key = body.key === undefined ? undefined : keyNamed(world, body.key as KeyId)
    const capability = capabilityOf(body, key?.capability ?? {})
    const match = body.match ?? key?.match
    const on: On = (channel) => operationsOn(capability, channel, match)
    const delegated =
      body.mayDelegate === undefined ? key?.mayDelegate : readDelegation(body.mayDelegate)
    const onOfTokens: On = (channel) => operationsOn(delegated ?? capability, channel, match)
    const channels = body.channels ?? knownChannels(world, deps.hub.channels.keys())
    const covered = channels.filter((channel) => on(channel).length > 0)
    const attached = attachedBy(deps.hub)
    const items = covered.slice(0, MOST_CHANNELS).map((channel) => ({
      channel,
      operations: [...on(channel)],
      attached: attached.get(channel) ?? 0,
    }))
    return c.json({
      items,
      covered: covered.length,
      looked: channels.length,
      ...(key === undefined
        ? {}
        : { connections: connectionsOf(deps.hub, key.id, { on, onOfTokens }) }),
    })
  },
})

/** How many connections are attached to each channel. */
function attachedBy(hub: AppRest['hub']): ReadonlyMap<string, number> {
  const attached = new Map<string, number>()
  for (const { channels } of hub.connections())
    for (const name of new Set([...channels].map(channelBehind)))
      attached.set(name, (attached.get(name) ?? 0) + 1)
  return attached
}

type On = (channel: string) => readonly string[]
/** Of a key itself, and of the tokens it signs. */
type Both = { readonly on: On; readonly onOfTokens: On }

function connectionsOf(hub: AppRest['hub'], key: KeyId, both: Both) {
  const all = [...hub.connections()].filter(({ asker }) => asker.credential.key === key)
  const items = all.slice(0, MOST_CONNECTIONS).map((each) => fateOf(each, both))
  return { count: all.length, items }
}

function fateOf({ id, asker, channels }: LiveConnection, { on, onOfTokens }: Both) {
  const names = [...new Set([...channels].map(channelBehind))]
  const covers = asker.credential.kind === 'token' ? onOfTokens : on
  const isKept = (name: string) => covers(name).length > 0
  return {
    id,
    ...(asker.clientId === undefined ? {} : { clientId: asker.clientId }),
    keeps: names.filter(isKept),
    loses: names.filter((name) => !isKept(name)),
  }
}
