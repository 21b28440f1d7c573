// Between listening and being ready: the port must be known before the rest can be opened, and clients that come back
// after a restart knock at once. They wait; a request nobody listens to would hang for ever.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

export type Handlers = {
  readonly request: (request: IncomingMessage, response: ServerResponse) => void
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

/** @returns call it once, when everything is open: who waits is let in, in order */
export function waitingRoom(server: Server): (handlers: Handlers) => void {
  const waiting: ((handlers: Handlers) => void)[] = []
  const request: Handlers['request'] = (...args) => void waiting.push((to) => to.request(...args))
  const upgrade: Handlers['upgrade'] = (...args) => {
    const [, socket] = args
    socket.on('error', () => socket.destroy())
    waiting.push((to) => to.upgrade(...args))
  }
  server.on('request', request)
  server.on('upgrade', upgrade)
  return (handlers) => {
    server.off('request', request)
    server.off('upgrade', upgrade)
    server.on('request', handlers.request)
    server.on('upgrade', handlers.upgrade)
    for (const enter of waiting.splice(0)) enter(handlers)
  }
}
