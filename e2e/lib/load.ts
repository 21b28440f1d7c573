// A constant load: publishers that send when a message is due, whether or not the one before was answered.

import type * as Ably from 'ably'

export type Sent = {
  /** `<publisher>-<number>`, unique. */
  readonly id: string
  readonly publisher: number
  readonly number: number
}

/** What came of one publish. */
export type Outcome = Sent & { readonly serial: string | undefined; readonly refused?: string }

export type Load = {
  /** Stops sending, and resolves when every publish has been answered. */
  stop(): Promise<readonly Outcome[]>
}

/** @param perSecond messages a second of all channels together */
export function startLoad(channels: readonly Ably.RealtimeChannel[], perSecond: number): Load {
  const outcomes: Promise<Outcome>[] = []
  const startedAt = performance.now()
  let sent = 0
  const publish = (channel: Ably.RealtimeChannel, message: Sent): Promise<Outcome> =>
    channel.publish(message.id, `${message.number}`).then(
      ({ serials }) => ({ ...message, serial: serials[0] ?? undefined }),
      (error: Ably.ErrorInfo) => ({
        ...message,
        serial: undefined,
        refused: `${error.code} ${error.message}`,
      }),
    )
  const send = () => {
    const due = ((performance.now() - startedAt) * perSecond) / 1_000
    for (; sent < due; sent += 1) {
      const publisher = sent % channels.length
      const number = Math.floor(sent / channels.length)
      const channel = channels[publisher]
      if (channel !== undefined)
        outcomes.push(publish(channel, { id: `${publisher}-${number}`, publisher, number }))
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
