// The websocket door: upgrades, sockets, heartbeats. Everything said on a socket goes through its session.

import type { IncomingMessage as HttpRequest } from 'node:http'
import type { Duplex } from 'node:stream'
import { Action, type ErrorInfo, errorInfo } from '@sayso/protocol'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Authenticated, proveFirst } from '../../access/authenticate.ts'
import { moveConnection } from '../../connections.ts'
import type { Touched } from '../../turn.ts'
import { connectedFrame, openOrResume, presentedIn, recognise } from './connect.ts'
import { Outbound, type OutboundStats } from './outbound.ts'
import { wirePeer } from './peer.ts'
import { Session } from './session.ts'
import { type Transport, transportOf } from './transport.ts'
import type { Wire } from './wire.ts'

/** So long after it should have answered, a far end is gone; milliseconds. */
const DEAD_AFTER_MS = 25_000
/** A socket told to end that has not ended by then is cut; milliseconds. */
const END_WITHIN_MS = 5_000

/** Answers to pings that may wait for a reader; bytes. */
const MAX_PONG_BYTES = 16_384

/** How often the way there and back is measured at least; milliseconds. */
const MEASURE_EVERY_MS = 15_000

const BASE = 'http://local'

type LiveSocket = {
  readonly ws: WebSocket
  readonly socket: Duplex
  readonly outbound: Outbound
  readonly session: Session | undefined
  readonly transport: Transport
  sentAtMs: number
  heardAtMs: number
  pingedAtMs: number
  /** When the last ping that has not come back was sent. */
  outSinceMs: number | undefined
  lagMs: number | undefined
  endAtMs: number
}

export type Gateway = {
  upgrade(request: HttpRequest, socket: Duplex, head: Buffer): void
  /** Heartbeats, dead peers, sockets that will not end. Called about once a second. */
  tick(): void
  /** Breaks every socket that is still there: for the end of the process. */
  cut(): void
  readonly socketCount: () => number
}

/**
 * @param wireOf finds the app an upgrade is for, which may have to be opened first; its credential is proved there,
 *               not here
 */
export function gateway(
  wire: Wire,
  wireOf: (params: URLSearchParams) => Wire | Promise<Wire> = () => wire,
): Gateway {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    autoPong: false,
    maxPayload: wire.limits.maxFrameBytes,
  })
  const sockets = new Set<LiveSocket>()
  return {
    socketCount: () => sockets.size,
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy())
      // Not every request target is an address: `//` alone would throw.
      const target = request.url ?? '/'
      const url = URL.canParse(target, BASE) ? new URL(target, BASE) : undefined
      if (url?.pathname !== '/') return refuseUpgrade(socket)
      const params = url.searchParams
      const enter = (own: Wire) => {
        if (socket.destroyed) return
        server.handleUpgrade(request, socket, head, (ws) => {
          open({ wire: own, address: own.addressOf(request) }, sockets, ws, socket, params)
        })
      }
      const prove = (own: Wire) => {
        const proving = proveFirst(own.ring, presentedIn(params))
        if (proving === undefined) enter(own)
        else void proving.then(() => enter(own))
      }
      const own = wireOf(params)
      if (own instanceof Promise) own.then(prove, () => refuseUpgrade(socket, UNAVAILABLE))
      else prove(own)
    },
    cut() {
      for (const { ws } of sockets) ws.terminate()
    },
    tick() {
      const nowMs = wire.context.now()
      for (const each of sockets) tickSocket(each, nowMs, wire.stats)
    },
  }
}

/** The store of the app cannot be opened now: clients come back later. */
const UNAVAILABLE = '503 Service Unavailable'

/** The far end is not waited for: whoever is refused may never hang up. */
function refuseUpgrade(socket: Duplex, status = '404 Not Found'): void {
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

type Doorstep = { readonly wire: Wire; readonly address: string | undefined }

function open(
  { wire, address }: Doorstep,
  sockets: Set<LiveSocket>,
  ws: WebSocket,
  socket: Duplex,
  params: URLSearchParams,
): void {
  const transport = transportOf(params)
  const nowMs = wire.context.now()
  const hold: { live?: LiveSocket } = {}
  const overflowed = () => {
    const connection = hold.live?.session?.connection
    if (connection !== undefined) {
      moveConnection(
        wire.hub,
        connection,
        { name: 'cut', reason: 'slow_reader' },
        wire.context.now(),
      )
    } else ws.terminate()
  }
  const { limits, stats, meter } = wire
  const outbound = new Outbound(socket, limits.outboundBytes, overflowed, stats, meter.wrote)
  const leaving: Touched = {
    leave(nowMs) {
      if (hold.live !== undefined) hold.live.sentAtMs = nowMs
      outbound.flush()
    },
  }
  const ending: Touched = {
    leave() {
      outbound.flush()
      ws.close(1000)
    },
  }
  const touched = () => wire.turn.touch(leaving)
  const end = () => {
    if (hold.live !== undefined) hold.live.endAtMs = wire.context.now() + END_WITHIN_MS
    wire.turn.touch(ending)
  }
  const peer = wirePeer(transport.format, outbound, touched, end)
  const session = begin({ wire, address }, params, transport, peer)
  const live: LiveSocket = {
    ws,
    socket,
    outbound,
    session,
    transport,
    sentAtMs: nowMs,
    heardAtMs: nowMs,
    // So that the first tick measures.
    pingedAtMs: nowMs - MEASURE_EVERY_MS,
    outSinceMs: undefined,
    lagMs: undefined,
    endAtMs: Number.POSITIVE_INFINITY,
  }
  hold.live = live
  peer.lagMs = (atMs) => lagOf(live, atMs)
  if (session === undefined) live.endAtMs = nowMs + END_WITHIN_MS
  sockets.add(live)
  listen(wire, sockets, live)
}

/** Recognises who comes and answers with CONNECTED; a bad credential is answered on the open socket, then it ends. */
function begin(
  { wire, address }: Doorstep,
  params: URLSearchParams,
  transport: Transport,
  peer: ReturnType<typeof wirePeer>,
): Session | undefined {
  const refused = (error: ErrorInfo) => {
    peer.send({ action: Action.ERROR, error })
    peer.end()
    return undefined
  }
  const recognition = recognise(wire, params, address)
  if (!recognition.ok) {
    const { name, message } = recognition.failure
    // On a socket an unknown key is an invalid credential; only REST tells them apart.
    return refused(errorInfo(name === 'key_not_found' ? 'credentials_invalid' : name, message))
  }
  const who = at(address, recognition.who)
  const connected = openOrResume(wire, { who, peer, transport })
  if (connected === undefined)
    return refused(
      errorInfo('credentials_incompatible', 'the connection to resume is of another clientId'),
    )
  const { connection, continuity } = connected
  const lost = continuity === 'lost'
  peer.send(connectedFrame(wire, connection, who, { idleMs: transport.idleMs, lost }))
  return new Session(wire, connection, peer, transport)
}

/** Who comes, and whence. */
function at(address: string | undefined, who: Authenticated): Authenticated {
  return address === undefined ? who : { ...who, asker: { ...who.asker, address } }
}

function listen(wire: Wire, sockets: Set<LiveSocket>, live: LiveSocket): void {
  const { ws, session } = live
  const heard = () => {
    live.heardAtMs = wire.context.now()
  }
  ws.on('message', (data, isBinary) => {
    heard()
    if (session === undefined || live.endAtMs !== Number.POSITIVE_INFINITY) return
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
    session.receive(isBinary ? bytes : bytes.toString('utf8'))
    if (session.answers.owed >= wire.limits.maxOwed) pauseUntilAnswered(wire, live)
  })
  ws.on('ping', (data) => {
    heard()
    // Who floods us with pings and reads none of the answers gets no more of them.
    if (live.socket.writableLength < MAX_PONG_BYTES) ws.pong(data)
  })
  ws.on('pong', () => {
    heard()
    if (live.outSinceMs !== undefined) live.lagMs = live.heardAtMs - live.outSinceMs
    live.outSinceMs = undefined
  })
  // Too large or malformed: the library has answered with its close code (1009, 1002, 1007).
  ws.on('error', () => undefined)
  ws.on('close', () => {
    sockets.delete(live)
    live.outbound.clear()
    const connection = session?.connection
    if (connection !== undefined && connection.peer === session?.peer) {
      moveConnection(wire.hub, connection, { name: 'socketLost' }, wire.context.now())
    }
  })
}

/** A publisher that runs ahead of the store is not read until it is answered: the kernel tells it to wait. */
function pauseUntilAnswered(wire: Wire, live: LiveSocket): void {
  const { ws, session } = live
  if (session === undefined || ws.isPaused) return
  ws.pause()
  const look = () => {
    if (session.answers.owed < wire.limits.maxOwed / 2) ws.resume()
    else wire.later(look, 1)
  }
  wire.later(look, 1)
}

/** A ping goes behind all that is queued: how long it takes is how far the reader is behind. */
function lagOf({ outSinceMs, lagMs }: LiveSocket, nowMs: number): number | undefined {
  if (outSinceMs === undefined) return lagMs
  return Math.max(lagMs ?? 0, nowMs - outSinceMs)
}

/** Keeps a client from hearing nothing, and asks for a sign of life from one that only listens. */
function tickSocket(live: LiveSocket, nowMs: number, stats: OutboundStats): void {
  const { idleMs, heartbeats } = live.transport
  if (nowMs >= live.endAtMs || nowMs - live.heardAtMs > idleMs + DEAD_AFTER_MS)
    return live.ws.terminate()
  const isQuiet = nowMs - live.sentAtMs >= idleMs / 2
  const isUnheard = nowMs - Math.max(live.heardAtMs, live.pingedAtMs) >= idleMs
  if (isQuiet || isUnheard || nowMs - live.pingedAtMs >= MEASURE_EVERY_MS) {
    live.pingedAtMs = nowMs
    live.outSinceMs ??= nowMs
    live.ws.ping()
    stats.pings += 1
  }
  if (!isQuiet) return
  live.sentAtMs = nowMs
  if (heartbeats) live.session?.peer.send({ action: Action.HEARTBEAT })
}
