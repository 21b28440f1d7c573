// A client that speaks JSON frames and nothing else: it neither renews, resumes nor hides what the server said.

import { WebSocket } from 'ws'
import { type Heard, heard } from './heard.ts'

/** A frame as it travels; only what tests look at. */
export type RawFrame = {
  readonly action: number
  readonly channel?: string
  readonly channelSerial?: string
  readonly connectionId?: string
  readonly connectionDetails?: { readonly connectionKey: string; readonly clientId?: string }
  readonly count?: number
  readonly error?: { readonly code: number; readonly statusCode: number; readonly message: string }
  readonly flags?: number
  readonly id?: string
  readonly messages?: readonly {
    readonly id?: string
    readonly name?: string
    readonly data?: unknown
    readonly serial?: string
    readonly timestamp?: number
    readonly version?: { readonly serial: string; readonly timestamp: number }
  }[]
  readonly msgSerial?: number
  readonly params?: Readonly<Record<string, string>>
  readonly presence?: readonly {
    readonly id: string
    readonly clientId: string
    readonly action: number
  }[]
  readonly res?: readonly { readonly serials: readonly string[] }[]
}

export type Raw = {
  readonly ws: WebSocket
  readonly frames: Heard<RawFrame>
  /** Names of websocket events besides messages: `ping`, `close`. */
  readonly events: Heard<string>
  send(frame: object): void
  /** Attaches, and answers with the ATTACHED or ERROR that came for it. */
  attach(channel: string, more?: object): Promise<RawFrame>
  /** Sends messages under a number, and answers with the ACK or NACK that covers it. */
  publish(msgSerial: number, channel: string, ...messages: readonly object[]): Promise<RawFrame>
  /** Breaks the socket without a goodbye. */
  cut(): Promise<void>
}

export type Params = Readonly<Record<string, string>>

/** Opens a socket; resolves with its first frame, whatever that is. */
export async function openRaw(
  port: number,
  params: Params,
  headers: Readonly<Record<string, string>> = {},
): Promise<Raw & { readonly first: RawFrame }> {
  const query = new URLSearchParams({ v: '6', format: 'json', ...params })
  const ws = new WebSocket(`ws://127.0.0.1:${port}/?${query}`, {
    perMessageDeflate: false,
    headers,
  })
  const frames = heard<RawFrame>()
  const events = heard<string>()
  ws.on('message', (data: Buffer) => frames.add(JSON.parse(data.toString('utf8')) as RawFrame))
  ws.on('ping', () => events.add('ping'))
  ws.on('close', () => events.add('close'))
  const opened = new Promise<never>((_, reject) => ws.once('error', reject))
  const first = await Promise.race([frames.first(() => true), opened])
  ws.on('error', () => undefined)
  const send = (frame: object) => ws.send(JSON.stringify(frame))
  const after = (fits: (frame: RawFrame) => boolean) => {
    const from = frames.all.length
    return frames.first((frame, index) => index >= from && fits(frame))
  }
  return {
    ws,
    frames,
    events,
    first,
    send,
    attach(channel, more = {}) {
      const answer = after(
        (frame) => frame.channel === channel && (frame.action === 11 || frame.action === 9),
      )
      send({ action: 10, channel, ...more })
      return answer
    },
    publish(msgSerial, channel, ...messages) {
      const answer = after(
        ({ action, msgSerial: from = 0, count = 1 }) =>
          (action === 1 || action === 2) && from <= msgSerial && msgSerial < from + count,
      )
      send({ action: 15, channel, msgSerial, messages })
      return answer
    },
    async cut() {
      ws.terminate()
      await events.first((event) => event === 'close')
    },
  }
}
