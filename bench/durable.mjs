// What a durable acknowledgement costs: publishes that are on disk when they are acknowledged, at a fixed rate and with
// 64 in flight, beside a loop that appends to a file on the same disk and flushes each time.

import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { connect } from './lib/crowd.mjs'
import { quantile, ratio, spread, withSpread } from './lib/numbers.mjs'
import { ROUNDS, run, say, wait } from './lib/run.mjs'
import { KEY_PATH, STAGE, startServer } from './lib/server.mjs'

const RATE = 500
const WINDOW = 64
const PHASE_MS = 1_500
/** About what one message is in the log. */
const RECORD = Buffer.alloc(300, 'x')
const DATA = 'x'.repeat(100)

/** A publisher that knows when each of its publishes left and was acknowledged. */
class Publisher {
  #socket
  #sentAt = []
  #answered = 0
  #latencies = []
  #progress = () => undefined

  constructor(socket) {
    this.#socket = socket
    socket.onText = (payload) => this.#heard(JSON.parse(payload.toString()))
  }

  /** So many in flight until the time is over. */
  async saturate(ms) {
    const endsAt = performance.now() + ms
    const begun = this.#begin()
    this.#progress = () => {
      if (performance.now() >= endsAt) return
      while (this.#sentAt.length - this.#answered < WINDOW) this.#publish()
    }
    this.#progress()
    return this.#end(begun)
  }

  /** So many a second, whatever comes back. */
  async pace(perSecond, ms) {
    const begun = this.#begin()
    for (let due = begun.at; due < begun.at + ms; due += 1000 / perSecond) {
      const early = due - performance.now()
      if (early > 0) await wait(early)
      this.#publish()
    }
    return this.#end(begun)
  }

  #begin() {
    this.#latencies = []
    this.#progress = () => undefined
    return { at: performance.now(), answered: this.#answered }
  }

  async #end(begun) {
    do await wait(1)
    while (this.#answered < this.#sentAt.length || performance.now() < begun.at + PHASE_MS)
    const seconds = (this.lastAt - begun.at) / 1000
    const [p50, p99] = [0.5, 0.99].map((q) => quantile(this.#latencies, q))
    return { perSecond: (this.#answered - begun.answered) / seconds, p50, p99 }
  }

  #publish() {
    const msgSerial = this.#sentAt.push(performance.now()) - 1
    this.#socket.send({ action: 15, channel: STAGE, msgSerial, messages: [{ data: DATA }] })
  }

  #heard({ action, msgSerial, count, error }) {
    if (action === 2) throw new Error(`refused: ${error.message}`)
    if (action !== 1) return
    this.lastAt = performance.now()
    for (let at = msgSerial; at < msgSerial + count; at += 1) {
      this.#latencies.push(this.lastAt - this.#sentAt[at])
    }
    this.#answered += count
    this.#progress()
  }
}

/** The floor: append and flush, one after the other, nothing else. */
function appendLoop(folder, ms) {
  const file = openSync(`${folder}/floor`, 'a')
  const latencies = []
  const begunAt = performance.now()
  let at = begunAt
  while (at < begunAt + ms) {
    writeSync(file, RECORD)
    fdatasyncSync(file)
    const now = performance.now()
    latencies.push(now - at)
    at = now
  }
  closeSync(file)
  const [p50, p99] = [0.5, 0.99].map((q) => quantile(latencies, q))
  return { perSecond: latencies.length / ((at - begunAt) / 1000), p50, p99 }
}

function report(rounds) {
  const titles = {
    paced: `${RATE}/s, open loop`,
    full: `${WINDOW} in flight`,
    floor: 'append, flush',
  }
  const of = (phase, field) => rounds.map((results) => results[phase][field])
  const kept = {}
  say('\nmedian (least–greatest)   acknowledged/s   p50 ms   p99 ms')
  for (const [phase, title] of Object.entries(titles)) {
    const fields = ['perSecond', 'p50', 'p99']
    const figures = fields.map((field) => withSpread(spread(of(phase, field))))
    say(`  ${title.padEnd(16)} ${figures.join('   ')}`)
    kept[phase] = Object.fromEntries(fields.map((field) => [field, spread(of(phase, field))]))
  }
  const toFloor = {
    'rate at saturation': ratio(of('full', 'perSecond'), of('floor', 'perSecond')),
    [`p50 at ${RATE}/s`]: ratio(of('paced', 'p50'), of('floor', 'p50')),
    [`p99 at ${RATE}/s`]: ratio(of('paced', 'p99'), of('floor', 'p99')),
  }
  say('\nsayso / append-and-flush loop')
  for (const [name, value] of Object.entries(toFloor)) {
    say(`  ${name.padEnd(20)} ${withSpread(value, '×')}`)
  }
  return { ...kept, toFloor }
}

run(60, async () => {
  say(`durable: 100 B payloads, ${ROUNDS} paired rounds`)
  const server = await startServer()
  const publisher = new Publisher(await connect(server.port, KEY_PATH))
  await publisher.saturate(PHASE_MS)
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const floor = appendLoop(server.folder, PHASE_MS / 2)
    const paced = await publisher.pace(RATE, PHASE_MS)
    const full = await publisher.saturate(PHASE_MS)
    rounds.push({ floor, paced, full })
  }
  return { rounds: ROUNDS, ratePerSecond: RATE, window: WINDOW, ...report(rounds) }
})
