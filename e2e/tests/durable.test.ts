// Kill and recover: the process is killed again and again under a constant load, and whatever was acknowledged is there,
// once, in its place, in history and in every subscriber's ears.

import type * as Ably from 'ably'
import { afterEach, expect, test } from 'vitest'
import { type Heard, heard } from '../lib/heard.ts'
import { compare, type Entry, entryOf, LAST_WORD, wholeHistory } from '../lib/ledger.ts'
import { type Link, openLink } from '../lib/link.ts'
import { startLoad } from '../lib/load.ts'
import { type Random, seeded } from '../lib/random.ts'
import { type Server, startServer } from '../lib/server.ts'
import { closeClients, realtime, rest, until } from '../lib/stock.ts'

const SEED = Number(process.env.SEED ?? 20_261_122)
const KILLS = Number(process.env.KILLS ?? 20)
const PER_SECOND = 500
/** So many that what one of them misses while the server is away is less than a resume brings back. */
const CHANNELS = ['ledger:1', 'ledger:2', 'ledger:3', 'ledger:4'] as const

let server: Server | undefined
const links: Link[] = []
afterEach(async () => {
  closeClients()
  for (const link of links.splice(0)) await link.close()
  await server?.remove()
  server = undefined
})

/** What one client heard on one channel. */
type Ear = {
  readonly channel: Ably.RealtimeChannel
  readonly heard: Heard<Entry>
  readonly gaps: Gap[]
}
type Gap = { readonly after: string; readonly upTo: string }

let resumes = 0

/** Where the channel was attached anew; the client keeps it for history until attach. */
function attachSerial(channel: object): string {
  const { properties } = channel as { properties: { attachSerial?: string | null } }
  return properties.attachSerial ?? ''
}

async function subscribe(port: number, useBinaryProtocol: boolean): Promise<Ear[]> {
  const client = realtime(port, { useBinaryProtocol })
  return Promise.all(
    CHANNELS.map(async (name) => {
      const entries = heard<Entry>()
      const gaps: Gap[] = []
      const channel = client.channels.get(name)
      await channel.subscribe((message) => entries.add(entryOf(message)))
      channel.on(['attached', 'update'], ({ resumed }) => {
        const after = entries.all.at(-1)?.serial ?? ''
        if (resumed) resumes += 1
        else gaps.push({ after, upTo: attachSerial(channel) })
      })
      return { channel, heard: entries, gaps }
    }),
  )
}

/** Four on straight lines, four on links that are cut at random. */
async function eightSubscribers(port: number): Promise<Ear[]> {
  const ears: Ear[] = []
  for (let index = 0; index < 8; index += 1) {
    const link = index < 4 ? undefined : await openLink(port)
    if (link !== undefined) links.push(link)
    ears.push(...(await subscribe(link?.port ?? port, index % 2 === 0)))
  }
  return ears
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Lets it run for a random while, with a link cut now and then, and kills it. Answers with the time to be ready again. */
async function killOnce(running: Server, random: Random): Promise<number> {
  const cuts = random.int(3)
  for (let cut = 0; cut < cuts; cut += 1) {
    await pause(random.int(300))
    links[random.int(links.length)]?.cut()
  }
  await pause(20 + random.int(1_200))
  await running.kill('SIGKILL')
  const from = performance.now()
  server = await running.restart()
  return performance.now() - from
}

/** Waits until everybody is back and has heard a last word, and reads history up to it. */
async function caughtUp(ears: readonly Ear[], channel: Ably.Channel): Promise<readonly Entry[]> {
  for (const ear of ears) await ear.channel.whenState('attached')
  const { serials } = await channel.publish(LAST_WORD, '')
  for (const ear of ears) await ear.heard.first(({ serial }) => serial === serials[0])
  return wholeHistory(channel)
}

test(`nothing acknowledged is lost, doubled or reordered by ${KILLS} kills (seed ${SEED})`, async () => {
  const random = seeded(SEED)
  let running = await startServer()
  server = running
  const { port } = running
  const ears = await eightSubscribers(port)
  const publishers = [true, false, true, false].map((useBinaryProtocol) =>
    realtime(port, { useBinaryProtocol, echoMessages: false }),
  )
  for (const publisher of publishers) await until(publisher, 'connected')
  const load = startLoad(publishers, CHANNELS, PER_SECOND)
  const readyMs: number[] = []
  for (let kill = 0; kill < KILLS; kill += 1) {
    readyMs.push(await killOnce(running, random))
    running = server ?? running
  }
  const outcomes = await load.stop()
  const violations: string[] = []
  for (const name of CHANNELS) {
    const here = ears.filter(({ channel }) => channel.name === name)
    const history = await caughtUp(here, rest(port).channels.get(name))
    violations.push(
      ...compare(
        outcomes.filter(({ channel }) => channel === name),
        history,
        here.map((ear) => ({ entries: ear.heard.all, gaps: ear.gaps })),
      ).map((violation) => `${name}: ${violation}`),
    )
  }
  const acknowledged = outcomes.filter(({ serial }) => serial !== undefined).length
  const gaps = ears.reduce((sum, ear) => sum + ear.gaps.length, 0)
  const sorted = readyMs.map(Math.round).sort((a, b) => a - b)
  const report = {
    kills: KILLS,
    sent: outcomes.length,
    acknowledged,
    refused: [...new Set(outcomes.flatMap(({ refused }) => refused ?? []))],
    delivered: ears.reduce((sum, ear) => sum + ear.heard.all.length, 0),
    resumes,
    gaps,
    readyMs: { median: sorted[sorted.length >> 1], most: sorted.at(-1) },
    violations: violations.length,
  }
  process.stdout.write(`durable: ${JSON.stringify(report)}\n`)
  expect(violations.slice(0, 20)).toEqual([])
  expect(acknowledged).toBeGreaterThan(KILLS * 100)
  expect(resumes).toBeGreaterThan(gaps)
})
