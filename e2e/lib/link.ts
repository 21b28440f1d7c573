// A link between client and server that can be cut, shut and frozen: a TCP proxy of our own, as networks are.

import { createConnection, createServer, type Socket } from 'node:net'

export type Link = {
  /** Point a client at this port instead of the server's. */
  readonly port: number
  /** Breaks every connection at once, without a goodbye. New ones come through. */
  cut(): void
  /** Breaks every connection and refuses new ones until `open`. */
  shut(): void
  open(): void
  /** Keeps connections but carries nothing any more, either way: half-open for both ends. */
  freeze(): void
  close(): Promise<void>
}

/** Opens a link to a port of this machine, which may be down at times. */
export async function openLink(target: number): Promise<Link> {
  const sockets = new Set<Socket>()
  let isShut = false
  const carry = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.on('error', () => from.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
    from.pipe(to)
  }
  const proxy = createServer((near) => {
    if (isShut) return near.destroy()
    const far = createConnection(target, '127.0.0.1')
    carry(near, far)
    carry(far, near)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut,
    shut() {
      isShut = true
      cut()
    },
    open() {
      isShut = false
    },
    freeze() {
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
    },
    close() {
      cut()
      return new Promise((resolve) => proxy.close(() => resolve()))
    },
  }
}
