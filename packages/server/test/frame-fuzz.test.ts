// Frames from a seed against whole sessions in this process: a real app on the memory store, real encodings, no socket.
// FRAMES says how many (50 000), FRAMES_SEED repeats a run.

import { Duplex } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type KeyId, type RightsChange, seedChanges } from '@sayso/policy'
import { encodeBody, type Format } from '@sayso/protocol'
import { memoryStore } from '@sayso/store/memory'
import { expect, test } from 'vitest'
import { authenticate } from '../src/access/authenticate.ts'
import { connectionKeys } from '../src/access/connection-key.ts'
import { sealer } from '../src/auth/sealed.ts'
import { signToken } from '../src/auth/session-token.ts'
import { tickConnections } from '../src/connections.ts'
import { openLog } from '../src/observe/log.ts'
import { openApp } from '../src/one-app.ts'
import { openOrResume } from '../src/wire/ably/connect.ts'
import { encodeBatch } from '../src/wire/ably/frames.ts'
import { Outbound, outboundStats } from '../src/wire/ably/outbound.ts'
import { wirePeer } from '../src/wire/ably/peer.ts'
import { Session } from '../src/wire/ably/session.ts'
import { DEFAULT_LIMITS, type Wire } from '../src/wire/ably/wire.ts'
import { type Chance, chance, frameBytes } from './frame-generator.ts'
import { NO_FILES } from './no-files.ts'
import { harbour } from './worlds.ts'

const FRAMES = Number(process.env.FRAMES ?? 50_000)
const SEED = Number(process.env.FRAMES_SEED ?? 20_261_122)
/** After so many an app is thrown away, as its memory keeps all that was published. */
const PER_APP = 10_000
const PER_SESSION = 60
/** Sessions at one time. */
const TOGETHER = 40
const SECRET = 'k9Tn4wQx7Lr2Zb6Hy1Vd'

/** Garbage is collected by hand, so that what is measured is what is held. */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const failures: unknown[] = []

async function app(): Promise<Wire> {
  const seal = sealer('a secret of at least thirty-two characters')
  const store = memoryStore({ now: Date.now })
  const options = { appId: 'harbour', sealer: seal, encode: encodeBatch }
  const opened = await openApp(store, {
    ...options,
    log: openLog('silent', Date.now, () => undefined),
    files: NO_FILES,
  })
  const key = {
    id: 'first' as KeyId,
    name: 'First',
    capability: { '*': ['*'] },
    scopes: [],
    sealedSecret: seal.seal(SECRET),
    createdAtMs: 0,
  }
  const changes: RightsChange[] = [
    { kind: 'put-policy', document: harbour, text: '' },
    ...seedChanges(harbour),
    { kind: 'put-key', key },
  ]
  await store.transact({ entries: [{ kind: 'rights', changes, cause: { command: 'test' } }] })
  let nonce = 0
  const fresh = () => {
    nonce += 1
    return `n${String(nonce).padStart(6, '0')}`
  }
  return {
    ...opened,
    keys: connectionKeys('secret', 'boot', fresh),
    limits: DEFAULT_LIMITS,
    stats: outboundStats(),
    startedAtMs: Date.now(),
    later: (run) => run(),
    addressOf: () => undefined,
    report: (what, error) => failures.push([what, error]),
  }
}

class Sink extends Duplex {
  bytes = 0
  override _read(): void {}
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.bytes += chunk.length
    done()
  }
}

type Open = { readonly session: Session; readonly ended: () => boolean; readonly sink: Sink }

function open(wire: Wire, random: Chance, format: Format): Open {
  const token = () =>
    signToken({
      keyName: 'harbour.first',
      secret: SECRET,
      ttlMs: 60_000,
      nowMs: Date.now(),
      clientId: random.pick(['ann', 'bob', '*']),
    })
  const shown = random.below(3) === 0 ? { key: `harbour.first:${SECRET}` } : { token: token() }
  const recognition = authenticate(wire.ring, shown, Date.now(), undefined)
  if (!recognition.ok) throw new Error(recognition.failure.message)
  let ended = false
  const end = () => {
    ended = true
  }
  const sink = new Sink()
  const outbound = new Outbound(sink, 1_048_576, end, wire.stats)
  const peer = wirePeer(
    format,
    outbound,
    () => wire.turn.touch({ leave: () => outbound.flush() }),
    end,
  )
  const transport = { format, echo: random.below(4) > 0, heartbeats: false, idleMs: 15_000 }
  const connected = openOrResume(wire, { who: recognition.who, peer, transport })
  if (connected === undefined) throw new Error('a fresh connection was refused')
  return {
    session: new Session(wire, connected.connection, peer, transport),
    ended: () => ended,
    sink,
  }
}

const turns = async (count: number) => {
  for (let left = count; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Whatever is owed is paid in a turn or two, and who was not cut off is still answered. */
async function settled(session: Session, format: Format, ended: () => boolean, sink: Sink) {
  const { bytes } = encodeBody(format, { action: 0, id: 'still there' })
  if (!ended()) session.receive(format === 'json' ? Buffer.from(bytes).toString('utf8') : bytes)
  await turns(2)
  for (let more = 0; session.answers.owed > 0 && more < 1_000; more += 1) await turns(1)
  // Who said DISCONNECT first hears nothing at all.
  if (session.answers.owed > 0 || (sink.bytes === 0 && !ended()))
    failures.push(`${session.answers.owed} frames without an answer, ${sink.bytes} bytes said`)
}

/** Sends frames until the session has had its share or ends; then every numbered frame has its answer. */
async function play(wire: Wire, random: Chance, most: number): Promise<number> {
  const format = random.pick(['json', 'msgpack'] as const)
  const { session, ended, sink } = open(wire, random, format)
  const serials: string[] = []
  for (const channel of wire.hub.channels.values())
    if (serials.length < 3) serials.push(channel.name)
  serials.push(`${wire.hub.head}:000`)
  let sent = 0
  let msgSerial = 0
  while (sent < most && !ended()) {
    const bytes = frameBytes(random, format, msgSerial, serials)
    session.receive(format === 'json' ? Buffer.from(bytes).toString('utf8') : bytes)
    sent += 1
    if (session.answers.owed > 0 && random.below(2) === 0) msgSerial += 1
    if (random.below(12) === 0) await turns(1)
  }
  await settled(session, format, ended, sink)
  const { connection } = session
  connection.state = { name: 'closed' }
  wire.hub.forget(connection)
  return sent
}

test(`frames from seed ${SEED}: no crash, no frame without its answer, nothing kept`, async () => {
  const random = chance(SEED)
  const heaps: number[] = []
  let sent = 0
  let sessions = 0
  const begunAt = performance.now()
  while (sent < FRAMES) {
    const wire = await app()
    const until = Math.min(FRAMES, sent + PER_APP)
    while (sent < until) {
      const most = Math.min(PER_SESSION, Math.ceil((until - sent) / TOGETHER))
      const games = Array.from({ length: TOGETHER }, () =>
        play(wire, chance(random.below(2 ** 31)), most),
      )
      for (const each of await Promise.all(games)) sent += each
      sessions += TOGETHER
    }
    tickConnections(wire.hub, Date.now())
    expect([...wire.hub.connections()]).toEqual([])
    expect([...wire.hub.channels.values()].map(({ name }) => name)).toEqual([])
    await wire.context.store.close()
    expect(failures).toEqual([])
    collect()
    heaps.push(process.memoryUsage().heapUsed / 1_048_576)
  }
  const seconds = (performance.now() - begunAt) / 1_000
  const half = Math.floor(heaps.length / 2)
  const [early, late] = [Math.max(...heaps.slice(0, half)), Math.max(...heaps.slice(half))]
  const result = { seed: SEED, frames: sent, sessions, seconds, heapMb: { early, late } }
  process.stdout.write(`frames: ${JSON.stringify(result)}\n`)
  expect(late - early).toBeLessThan(16)
}, 3_600_000)
