// The realtime connection of the panel: a stock client, cut down to what is needed, and the one channel it listens to.

import type { ErrorInfo, InboundMessage, RealtimeChannel } from 'ably'
import { BaseRealtime, FetchRequest, WebSocketTransport } from 'ably/modular'
import type { Inbound } from '../model/timeline.ts'

export type LineHeard = {
  message(message: Inbound): void
  /** The channel is there, and something may have been missed before. */
  gap(): void
  /** It may not be read any more, or nothing may. */
  lost(): void
  connection(isConnected: boolean): void
}

/** @param spent one that the server does not take any more */
export type Token = (spent?: string) => Promise<string>

export class RealtimeLine {
  readonly #client: BaseRealtime
  readonly #heard: LineHeard
  #channel: RealtimeChannel | undefined

  constructor(token: Token, heard: LineHeard) {
    this.#heard = heard
    const { hostname, port, protocol } = location
    let last: string | undefined
    const isTls = protocol === 'https:'
    this.#client = new BaseRealtime({
      authCallback: (_, told) => {
        // It asks again when the one before is over, or taken back.
        token(last).then(
          (text) => {
            last = text
            told(null, text)
          },
          (error: unknown) => told(String(error), null),
        )
      },
      endpoint: hostname,
      tls: isTls,
      ...(port !== '' && { [isTls ? 'tlsPort' : 'port']: Number(port) }),
      // Where nothing is heard the panel looks itself.
      disconnectedRetryTimeout: 3_000,
      suspendedRetryTimeout: 10_000,
      plugins: { WebSocketTransport, FetchRequest },
    })
    this.#client.connection.on(({ current }) => {
      heard.connection(current === 'connected')
      if (current === 'failed') heard.lost()
    })
  }

  /** Listens to a channel, and to no other. */
  listen(name: string): void {
    if (this.#channel?.name === name) return
    this.leave()
    const channel = this.#client.channels.get(name)
    this.#channel = channel
    channel.on(({ current, resumed }) => {
      if (channel !== this.#channel) return
      if (current === 'attached' && !resumed) this.#heard.gap()
      if (current === 'failed') this.#heard.lost()
    })
    channel
      .subscribe((message: InboundMessage) => {
        if (channel === this.#channel) this.#heard.message(message)
      })
      .catch(() => undefined)
  }

  leave(): void {
    const channel = this.#channel
    this.#channel = undefined
    if (channel === undefined) return
    channel.unsubscribe()
    channel.off()
    const release = () => this.#client.channels.release(channel.name)
    if (channel.state === 'attached') void channel.detach().then(release, () => undefined)
    else if (channel.state !== 'attaching') release()
  }

  /**
   * A repeat of the same id is the same message.
   *
   * @throws {ErrorInfo} with a code if the server refused it
   */
  async publish(
    name: string,
    data: unknown,
    more: { id?: string; extras?: unknown },
  ): Promise<void> {
    await this.#channel?.publish({ name, data, ...more })
  }

  close(): void {
    this.leave()
    this.#client.close()
  }
}

/** True if the server has judged it: sending it again would end in the same way. */
export function isRefusal(error: unknown): error is ErrorInfo {
  const { code, statusCode } = error as Partial<ErrorInfo>
  if (typeof code !== 'number') return false
  // 80000–80999 are of the connection, 42910 and its like ask for patience.
  return (code < 80_000 || code > 80_999) && (statusCode ?? 400) < 500 && statusCode !== 429
}
