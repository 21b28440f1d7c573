// Flips one person's right again and again under load, and judges what reached and what left that person, twice: by the
// order the server gave, and by a clock the server never sees.

import * as Ably from 'ably'
import { clientOf, type Done, keyClient, keyRest, move, type Person } from './person.ts'
import { seeded } from './random.ts'
import type { Server } from './server.ts'
import { channelOf, home, inner } from './words.ts'

export type FenceReport = {
  readonly flips: number
  readonly published: number
  readonly delivered: number
  readonly accepted: number
  readonly refused: number
  readonly resumes: number
  /** Each a sentence: what got through, and where. Empty is a pass. */
  readonly violations: readonly string[]
  /** How long after the acknowledgement the last delivery came; milliseconds, for the report only. */
  readonly lateTailMs: number
}

export type FenceRun = {
  readonly flips: number
  readonly seed: number
  /** Stop at the first violation: enough to know that a build is broken. */
  readonly untilFirst?: boolean
}

/** A stretch in which the person may: between a promotion and a demotion. */
type Stretch = {
  readonly from: string
  /** Serial of the demotion; absent while it lasts. */
  readonly to: string | undefined
  /** When the promotion was asked for, and when the demotion was acknowledged; this process's clock. */
  readonly askedAt: number
  readonly endedAt: number
}

type Delivery = {
  readonly serial: string
  readonly begunAt: number
  readonly at: number
  readonly by: string
}
type Attempt = { readonly begunAt: number; readonly serial: string }

const now = () => performance.now()

/** The position of a message in the order: its serial without the index. */
const positionOf = (serial: string) => serial.replace(/:\d+$/, '')

export async function runFence(
  server: Server,
  person: Person,
  run: FenceRun,
): Promise<FenceReport> {
  const random = seeded(run.seed)
  const load = startLoad(server)
  const reader = new Reader(server, person)
  const stretches: Stretch[] = []
  const violations: string[] = []
  let resumes = 0
  await reader.ready()
  for (let flip = 0; flip < run.flips; flip += 2) {
    const askedAt = now()
    const given: Done = await move(server, 'promote', home, person)
    const before = { from: given.serial, askedAt }
    violations.push(...(await reader.attach()))
    if (violations.length === 0) await reader.hear(random.int(4))
    if (random.int(5) === 0) {
      resumes += 1
      reader.cutSocket()
    }
    const taken: Done = await move(server, 'demote', home, person)
    const endedAt = now()
    stretches.push({ ...before, to: taken.serial, endedAt })
    violations.push(...(await reader.knock()))
    judge(stretches, reader, violations)
    if (run.untilFirst === true && violations.length > 0) break
  }
  await load.stop()
  await reader.settle()
  judge(stretches, reader, violations)
  const lateTailMs = stretches.reduce((most, { endedAt, from, to }) => {
    const last = reader.deliveries
      .filter((d) => d.serial >= from && (to === undefined || d.serial < to))
      .at(-1)
    return last === undefined ? most : Math.max(most, last.at - endedAt)
  }, 0)
  const report: FenceReport = {
    flips: stretches.length * 2,
    published: load.count(),
    delivered: reader.deliveries.length,
    accepted: reader.accepted.length,
    refused: reader.refused,
    resumes,
    violations: [...new Set(violations)],
    lateTailMs,
  }
  reader.close()
  return report
}

/** Both checkers over everything seen so far. */
function judge(stretches: readonly Stretch[], reader: Reader, violations: string[]): void {
  for (const { serial, begunAt, by } of reader.deliveries.slice(reader.judged)) {
    const allowed = stretches.some(
      ({ from, to }) => serial > from && (to === undefined || serial < to),
    )
    if (!allowed)
      violations.push(`by sequence: ${serial} reached the person by ${by}, outside every stretch`)
    if (isBetween(stretches, begunAt))
      violations.push(`by clock: a message begun after the demotion reached the person by ${by}`)
  }
  reader.judged = reader.deliveries.length
  for (const { serial, begunAt } of reader.accepted.slice(reader.judgedAccepted)) {
    const allowed = stretches.some(
      ({ from, to }) => serial > from && (to === undefined || serial < to),
    )
    if (!allowed)
      violations.push(
        `by sequence: a publish of the person was accepted at ${serial}, outside every stretch`,
      )
    if (isBetween(stretches, begunAt))
      violations.push('by clock: a publish begun after the demotion was accepted')
  }
  reader.judgedAccepted = reader.accepted.length
}

/** Surely outside: begun after a demotion was acknowledged, and before the next promotion was asked for. */
function isBetween(stretches: readonly Stretch[], at: number): boolean {
  const after = stretches.findLast(({ endedAt }) => endedAt < at)
  if (after === undefined) return false
  const next = stretches[stretches.indexOf(after) + 1]
  return next === undefined ? false : at < next.askedAt
}

/** Publishers that never pause, each with a bounded number in flight. */
function startLoad(server: Server) {
  const client = keyClient(server, { echoMessages: false })
  const channel = client.channels.get(channelOf(inner))
  let going = true
  let published = 0
  const lane = async () => {
    while (going) {
      await channel.publish('load', { t: now() })
      published += 1
    }
  }
  const lanes = Array.from({ length: 6 }, lane)
  return {
    count: () => published,
    async stop() {
      going = false
      await Promise.all(lanes)
      client.close()
    },
  }
}

/** The person: two tabs that listen, one that publishes without pause, and a hand at every other door. */
class Reader {
  readonly deliveries: Delivery[] = []
  readonly accepted: Attempt[] = []
  refused = 0
  judged = 0
  judgedAccepted = 0
  readonly #tabs: readonly Ably.Realtime[]
  readonly #writer: Ably.Realtime
  readonly #knocker: Ably.Realtime
  readonly #rest: Ably.Rest
  readonly #server: Server
  #going = true
  #writing: Promise<void> | undefined

  constructor(server: Server, person: Person) {
    this.#server = server
    this.#tabs = [clientOf(server, person, { useBinaryProtocol: false }), clientOf(server, person)]
    this.#writer = clientOf(server, person)
    this.#knocker = clientOf(server, person)
    this.#rest = new Ably.Rest({
      endpoint: '127.0.0.1',
      port: server.port,
      tls: false,
      logLevel: 0,
      authCallback: (_params, callback) => {
        person.token().then(
          (token) => callback(null, token),
          (error: unknown) => callback(String(error), null),
        )
      },
    })
    for (const [index, tab] of this.#tabs.entries()) {
      this.#channel(tab)
        .subscribe((message) => this.#heard(message, `live delivery to tab ${index + 1}`))
        .catch(() => undefined)
    }
  }

  async ready(): Promise<void> {
    await Promise.all(
      [...this.#tabs, this.#writer, this.#knocker].map((tab) =>
        tab.connection.once('connected').catch(() => undefined),
      ),
    )
    this.#writing = this.#write()
  }

  /**
   * Attaches every tab; the promotion was acknowledged, so each must succeed. A tab that was on its way back by itself
   * may still get the answer to that older attach: then the one begun here is the next.
   */
  async attach(): Promise<string[]> {
    const refused: string[] = []
    for (const tab of this.#tabs) {
      const channel = this.#channel(tab)
      const wasOnItsWay = channel.state === 'attaching' || tab.connection.state !== 'connected'
      await channel.attach().catch(async () => {
        const again =
          wasOnItsWay || channel.state === 'failed' ? channel.attach() : Promise.reject()
        await again.catch(() =>
          refused.push('by clock: an attach was refused after the promotion was acknowledged'),
        )
      })
    }
    return refused
  }

  /** Waits for so many further deliveries. */
  async hear(more: number): Promise<void> {
    const until = this.deliveries.length + more
    while (this.deliveries.length < until) await new Promise((resolve) => setImmediate(resolve))
  }

  /** Cuts the socket under the first tab: it comes back with its serial and asks to resume. */
  cutSocket(): void {
    const transport = (
      this.#tabs[0] as unknown as {
        connection: {
          connectionManager: { activeProtocol?: { getTransport(): { disconnect(): void } } }
        }
      }
    ).connection.connectionManager.activeProtocol?.getTransport()
    transport?.disconnect()
  }

  /** Tries every other door right after the demotion was acknowledged: all must be shut. */
  async knock(): Promise<string[]> {
    const name = channelOf(inner)
    const opened: string[] = []
    const refusedBy = async (door: string, knock: () => Promise<unknown>) => {
      try {
        await knock()
        opened.push(`by clock: ${door} was open after the demotion was acknowledged`)
      } catch {
        // Shut, as it must be.
      }
    }
    await Promise.all([
      refusedBy('history', () => this.#rest.channels.get(name).history({ limit: 5 })),
      refusedBy('REST publish', () => this.#rest.channels.get(name).publish('late', 'x')),
      refusedBy('REST presence', () => this.#rest.channels.get(name).presence.get()),
      refusedBy('attach', () => this.#knocker.channels.get(name).attach()),
    ])
    return opened
  }

  async settle(): Promise<void> {
    this.#going = false
    await this.#writing
    await keyRest(this.#server).time()
  }

  close(): void {
    for (const tab of [...this.#tabs, this.#writer, this.#knocker]) tab.close()
  }

  #channel(tab: Ably.Realtime): Ably.RealtimeChannel {
    return tab.channels.get(channelOf(inner), { attachOnSubscribe: false })
  }

  #heard(message: Ably.InboundMessage, by: string): void {
    const begunAt = (message.data as { t?: number } | undefined)?.t
    if (begunAt === undefined || message.serial === undefined) return
    this.deliveries.push({ serial: positionOf(message.serial), begunAt, at: now(), by })
  }

  /** Publishes without attaching, whether it may or not. */
  async #write(): Promise<void> {
    const channel = this.#writer.channels.get(channelOf(inner))
    while (this.#going) {
      const begunAt = now()
      try {
        const { serials } = await channel.publish('own', 'x')
        const serial = serials[0]
        if (typeof serial === 'string') this.accepted.push({ begunAt, serial: positionOf(serial) })
      } catch {
        this.refused += 1
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }
}
