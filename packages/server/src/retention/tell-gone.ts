// Tells those who have a channel open that messages are gone, as a deletion that is kept nowhere.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { Hub } from '../hub.ts'

/** In one frame. */
const AT_ONCE = 100

export type Teller = {
  readonly hub: Pick<Hub, 'channel' | 'head' | 'tellFleeting'>
  readonly now: () => number
  readonly randomId: (bytes?: number) => string
}

export function tellGone(teller: Teller, channel: ChannelName, messages: readonly Message[]): void {
  const { hub, now, randomId } = teller
  if (hub.channel(channel) === undefined) return
  for (let from = 0; from < messages.length; from += AT_ONCE) {
    const id = randomId()
    const atMs = now()
    const serial = `${hub.head}~${randomId(6)}`
    const gone = messages.slice(from, from + AT_ONCE).map(
      (message, index): Message => ({
        id: `${id}:${index}`,
        serial: message.serial,
        ...(message.name !== undefined && { name: message.name }),
        ...(message.clientId !== undefined && { clientId: message.clientId }),
        timestampMs: message.timestampMs,
        action: 'delete',
        version: {
          serial: `${serial}:${String(index).padStart(3, '0')}`,
          timestampMs: atMs,
          metadata: { cause: 'retention' },
        },
      }),
    )
    hub.tellFleeting(channel, {
      kind: 'message',
      serial,
      atMs,
      id,
      messages: gone,
      fleeting: true,
    })
  }
}
