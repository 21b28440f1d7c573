// Coming back after a refusal of the whole connection, which its client takes as final: its channels have failed with it.

import type { RealtimeClient } from 'ably'
import { isDenial } from './port.ts'

/** Tries at once. Channels that failed with the connection are attached again when it stands; what they held stays. */
export function reconnect({ connection, channels }: RealtimeClient): void {
  if (connection.state === 'failed')
    connection.once('connected', () => {
      for (const channel of Object.values(channels.all)) {
        const isLost = channel.state === 'failed' && !isDenial(channel.errorReason)
        if (isLost) channel.attach().catch(() => undefined)
      }
    })
  connection.connect()
}
