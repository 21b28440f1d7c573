// A bare websocket client: handshake, frames in, small frames out. It parses no JSON by itself, so that the load
// generator is not what is measured.

import { request } from 'node:http'

const HANDSHAKE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'c2F5c28gYmVuY2htYXJrcw==',
}
const TEXT = 0x81
const PING = 9
const PONG = 0x8a
const CLOSE = 8

export class Socket {
  /** Called with the payload of each text frame; valid only during the call. */
  onText = () => undefined
  #socket
  #rest

  /** Resolves when the far end has switched to websocket. */
  static open(port, path) {
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, headers: HANDSHAKE, agent: false })
      asked.on('error', reject)
      asked.on('response', ({ statusCode }) => reject(new Error(`refused: ${statusCode}`)))
      asked.on('upgrade', (_response, socket, head) => resolve(new Socket(socket, head)))
      asked.end()
    })
  }

  constructor(socket, head) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    if (head.length > 0) socket.unshift(head)
  }

  send(frame) {
    this.#write(TEXT, Buffer.from(JSON.stringify(frame)))
  }

  /** Sends something and resolves with the first frame that fits, parsed. Nothing is read before the first `ask`. */
  ask(frame, fits) {
    const before = this.onText
    if (this.#socket.listenerCount('data') === 0) {
      this.#socket.on('data', (chunk) => this.#read(chunk))
    }
    return new Promise((resolve) => {
      this.onText = (payload) => {
        const answer = JSON.parse(payload.toString())
        if (!fits(answer)) return before(payload)
        this.onText = before
        resolve(answer)
      }
      if (frame !== undefined) this.send(frame)
    })
  }

  close() {
    this.#socket.destroy()
  }

  /** Masked with zeros, which is a legal mask and costs nothing. */
  #write(first, payload) {
    const { length } = payload
    const frame = Buffer.alloc((length < 126 ? 6 : 8) + length)
    frame[0] = first
    if (length < 126) frame[1] = 0x80 | length
    else {
      frame[1] = 0x80 | 126
      frame.writeUInt16BE(length, 2)
    }
    payload.copy(frame, frame.length - length)
    this.#socket.write(frame)
  }

  #read(chunk) {
    const bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    while (bytes.length - at >= 2) {
      const { start, end } = extent(bytes, at)
      if (end > bytes.length) break
      this.#frame(bytes[at] & 15, bytes.subarray(start, end))
      at = end
    }
    this.#rest = at === bytes.length ? undefined : bytes.subarray(at)
  }

  #frame(kind, payload) {
    if (kind === PING) this.#write(PONG, payload)
    else if (kind === CLOSE) this.close()
    else if (kind === 1) this.onText(payload)
  }
}

/** Where the payload of the frame at `at` starts and ends; ends beyond the bytes if they do not hold it whole. */
function extent(bytes, at) {
  const length = bytes[at + 1] & 127
  if (length < 126) return { start: at + 2, end: at + 2 + length }
  const start = at + (length === 126 ? 4 : 10)
  if (start > bytes.length) return { start, end: Number.POSITIVE_INFINITY }
  const long = length === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
  return { start, end: start + long }
}
