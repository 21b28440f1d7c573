// A client that speaks frames and nothing else: it neither renews nor resumes, so a test sees exactly what was said.

import type { Frame } from '@sayso/protocol'
import { WebSocket } from 'ws'

export type RawClient = {
  readonly ws: WebSocket
  /** Every frame so far that no `next` has taken. */
  readonly waiting: Frame[]
  /** Called with every frame instead of keeping it, once set. */
  hear: ((frame: Frame) => void) | undefined
  send(frame: object): void
  /** The next frame that fits; frames before it are dropped. */
  next(fits: (frame: Frame) => boolean): Promise<Frame>
  /** Attaches and answers with ATTACHED or the channel's ERROR. */
  attach(channel: string, more?: object): Promise<Frame>
  /** Publishes one message and answers with its ACK or NACK. */
  publish(channel: string, message: object): Promise<Frame>
  readonly closed: Promise<void>
  readonly connected: Frame
}

/** Opens a socket with these query parameters and waits for its first frame. */
export async function rawClient(
  url: string,
  params: Readonly<Record<string, string>>,
): Promise<RawClient> {
  const query = new URLSearchParams({ format: 'json', v: '6', ...params })
  const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/?${query}`, { perMessageDeflate: false })
  const waiting: Frame[] = []
  const takers: {
    fits: (frame: Frame) => boolean
    take: (frame: Frame) => void
    give: (error: Error) => void
  }[] = []
  const hold: { hear?: RawClient['hear'] } = {}
  ws.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as Frame
    const taker = takers[0]
    if (taker?.fits(frame)) {
      takers.shift()
      taker.take(frame)
    } else if (taker === undefined) {
      if (hold.hear === undefined) waiting.push(frame)
      else hold.hear(frame)
    }
  })
  const closed = new Promise<void>((resolve) => {
    ws.once('close', () => {
      for (const { give } of takers.splice(0)) give(new Error('the socket closed first'))
      resolve()
    })
  })
  const next = (fits: (frame: Frame) => boolean): Promise<Frame> => {
    for (let frame = waiting.shift(); frame !== undefined; frame = waiting.shift()) {
      if (fits(frame)) return Promise.resolve(frame)
    }
    if (ws.readyState === WebSocket.CLOSED) return Promise.reject(new Error('the socket is closed'))
    return new Promise((take, give) => takers.push({ fits, take, give }))
  }
  let msgSerial = 0
  const send = (frame: object) => ws.send(JSON.stringify(frame))
  const connected = await new Promise<Frame>((resolve, reject) => {
    ws.once('error', reject)
    next(() => true).then(resolve, reject)
  })
  ws.on('error', () => undefined)
  return {
    ws,
    waiting,
    get hear() {
      return hold.hear
    },
    set hear(hear) {
      hold.hear = hear
    },
    send,
    next,
    attach(channel, more = {}) {
      send({ action: 10, channel, ...more })
      return next((frame) => frame.channel === channel && [9, 11].includes(frame.action))
    },
    publish(channel, message) {
      const serial = msgSerial
      msgSerial += 1
      send({ action: 15, channel, msgSerial: serial, messages: [message] })
      return next((frame) => frame.msgSerial === serial && [1, 2].includes(frame.action))
    },
    closed,
    connected,
  }
}
