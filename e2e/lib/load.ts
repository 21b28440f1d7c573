// A constant load: publishers that send when a message is due, whether or not the one before was answered.

import type * as Ably from 'ably'

export type Sent = {
  /** `<publisher>-<number>`, unique. */
  readonly id: string
  readonly publisher: number
  readonly number: number
  readonly channel: string
}

/** What came of one publish. */
export type Outcome = Sent & { readonly serial: string | undefined; readonly refused?: string }

export type Load = {
  /** Stops sending, and resolves when every publish has been answered. */
  stop(): Promise<readonly Outcome[]>
}

/**
 * Every publisher goes round all channels.
 *
 * @param perSecond messages a second, of all publishers together
 */
export function startLoad(
  publishers: readonly Ably.Realtime[],
  channels: readonly string[],
  perSecond: number,
): Load {
  const outcomes: Promise<Outcome>[] = []
  const startedAt = performance.now()
  let sent = 0
  const publish = async (client: Ably.Realtime, message: Sent): Promise<Outcome> => {
    try {
      const channel = client.channels.get(message.channel)
      const { serials } = await channel.publish(message.id, `${message.number}`)
      return { ...message, serial: serials[0] ?? undefined }
    } catch (error) {
      const { code, message: why } = error as Ably.ErrorInfo
      return { ...message, serial: undefined, refused: `${code} ${why}` }
    }
  }
  const send = () => {
    const due = ((performance.now() - startedAt) * perSecond) / 1_000
    for (; sent < due; sent += 1) {
      const publisher = sent % publishers.length
      const number = Math.floor(sent / publishers.length)
      const client = publishers[publisher]
      const channel = channels[number % channels.length]
      if (client !== undefined && channel !== undefined)
        outcomes.push(publish(client, { id: `${publisher}-${number}`, publisher, number, channel }))
    }
  }
  const timer = setInterval(send, 1)
  return {
    stop() {
      clearInterval(timer)
      return Promise.all(outcomes)
    },
  }
}
