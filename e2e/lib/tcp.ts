// Bytes on a bare connection, for what no client library would send.

import { randomBytes } from 'node:crypto'
import { createConnection, type Socket } from 'node:net'

export type Bare = {
  readonly socket: Socket
  /** Resolves with everything received so far when some has come, or when the far end hangs up. */
  answer(): Promise<string>
  /** Resolves when it has said this. @throws if it hangs up before */
  says(text: string): Promise<void>
  readonly closed: Promise<void>
}

/** Opens a connection and sends what is given. */
export function bare(port: number, bytes: string | Uint8Array = ''): Bare {
  const socket = createConnection({ port, host: '127.0.0.1' })
  let received = ''
  const looks = new Set<() => void>()
  const look = () => {
    for (const each of [...looks]) each()
  }
  let isClosed = false
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    look()
  })
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true
      look()
      resolve()
    })
  })
  const until = (isThere: () => boolean) =>
    new Promise<void>((resolve) => {
      const each = () => {
        if (!isThere() && !isClosed) return
        looks.delete(each)
        resolve()
      }
      looks.add(each)
      each()
    })
  if (bytes.length > 0) socket.write(bytes)
  return {
    socket,
    closed,
    async answer() {
      await until(() => received !== '')
      return received
    },
    async says(text) {
      await until(() => received.includes(text))
      if (!received.includes(text)) throw new Error(`the far end hung up before it said ${text}`)
    },
  }
}

/** An HTTP request as text. */
export function requestText(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

/** The headers of a websocket upgrade; any of them may be replaced. */
export function upgradeHeaders(more: Readonly<Record<string, string>> = {}) {
  return {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    ...more,
  }
}

/** One masked websocket frame. @param first the first byte: FIN, reserved bits, opcode */
export function clientFrame(first: number, payload: Uint8Array, claimedLength?: bigint): Buffer {
  const length = claimedLength ?? BigInt(payload.length)
  const head =
    length < 126n
      ? Buffer.from([first, 0x80 | Number(length)])
      : Buffer.concat([Buffer.from([first, 0xff]), eightBytes(length)])
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([head, Buffer.alloc(4), payload])
}

function eightBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}
