// Many subscribers of one channel and one publisher. Every delivery is counted per subscriber: what was sent must have
// reached each of them exactly once.

import { wait } from './run.mjs'
import { Socket } from './socket.mjs'

const PAYLOAD_BYTES = 100
/** Stands before the send time in each message of ours, so that both are found without parsing. */
const MARK = '~'
const MARK_BYTE = 0x7e
const STAMP = 16
const AT_ONCE = 50
const DRAIN_MS = 10_000
const LARGEST = 1_000
const FALLBACK = 200

/** Subscribers this process can hold, of so many servers at once. */
export function crowdSize(openFiles, servers) {
  return openFiles > (LARGEST + 50) * servers ? LARGEST : FALLBACK
}

export class Crowd {
  #channel
  #counts
  #publisher
  #members = []
  #sent = 0
  #delivered = 0
  #nacks = 0
  #latencies
  #progress = () => undefined

  /** @param paths where subscribers connect, in turn; the publisher connects at `publisherPath` */
  static async open({ port, channel, size, paths, publisherPath }) {
    const crowd = new Crowd(channel, size, await connect(port, publisherPath))
    for (let at = 0; at < size; at += AT_ONCE) {
      const group = Array.from({ length: Math.min(AT_ONCE, size - at) }, (_, i) => at + i)
      await Promise.all(group.map((i) => crowd.#join(i, port, paths[i % paths.length])))
    }
    return crowd
  }

  constructor(channel, size, publisher) {
    this.#channel = channel
    this.#counts = new Uint32Array(size)
    this.#publisher = publisher
    publisher.onText = (payload) => {
      if (payload.indexOf('{"action":2,') === 0) this.#nacks += 1
    }
  }

  /** Keeps `window` messages in flight for so long: a new one leaves when one has reached everybody. */
  async closed(window, ms) {
    const before = { sent: this.#sent, delivered: this.#delivered }
    const endsAt = performance.now() + ms
    const size = this.#counts.length
    this.#progress = () => {
      if (performance.now() >= endsAt) return
      while (this.#sent - Math.floor(this.#delivered / size) < window) this.#publish()
    }
    this.#progress()
    await wait(ms)
    this.#progress = () => undefined
    await this.#drained()
    return this.#since(before)
  }

  /** Sends at a rate, whatever comes back, until `stopped` resolves; latencies in milliseconds. */
  async paced(perSecond, stopped) {
    const before = { sent: this.#sent, delivered: this.#delivered }
    this.#latencies = []
    let going = true
    stopped.then(() => {
      going = false
    })
    for (let due = performance.now(); going; due += 1000 / perSecond) {
      await wait(due - performance.now())
      if (going) this.#publish()
    }
    await this.#drained()
    const latencies = this.#latencies
    this.#latencies = undefined
    return { ...this.#since(before), latencies }
  }

  close() {
    for (const member of [...this.#members, this.#publisher]) member.close()
  }

  async #join(index, port, path) {
    const member = await connect(port, path)
    const { action } = await member.ask(
      { action: 10, channel: this.#channel },
      ({ channel }) => channel === this.#channel,
    )
    if (action !== 11) throw new Error(`subscriber ${index} may not attach`)
    member.onText = (payload) => this.#heard(index, payload)
    this.#members.push(member)
  }

  #heard(index, payload) {
    const at = payload.indexOf(MARK_BYTE) + 1
    if (at === 0) return
    this.#counts[index] += 1
    this.#delivered += 1
    if (this.#latencies !== undefined) {
      const sentAt = Number(payload.toString('latin1', at, at + STAMP))
      this.#latencies.push(performance.now() - sentAt)
    }
    this.#progress()
  }

  #publish() {
    const data = (MARK + performance.now().toFixed(6).padStart(STAMP, '0')).padEnd(
      PAYLOAD_BYTES,
      'x',
    )
    const msgSerial = this.#sent
    this.#sent += 1
    this.#publisher.send({ action: 15, channel: this.#channel, msgSerial, messages: [{ data }] })
  }

  async #drained() {
    const endsAt = performance.now() + DRAIN_MS
    const size = this.#counts.length
    while (this.#delivered < this.#sent * size && performance.now() < endsAt) await wait(2)
  }

  /** @throws if anything was refused, lost or came twice */
  #since(before) {
    const wrong = this.#counts.findIndex((count) => count !== this.#sent)
    if (this.#nacks > 0) throw new Error(`${this.#nacks} publishes were refused`)
    if (wrong >= 0) {
      const heard = this.#counts[wrong]
      throw new Error(`subscriber ${wrong} heard ${heard} of ${this.#sent} messages`)
    }
    return { sent: this.#sent - before.sent, delivered: this.#delivered - before.delivered }
  }
}

/** Opens a socket and waits for its CONNECTED. */
export async function connect(port, path) {
  const socket = await Socket.open(port, path)
  const { action, error } = await socket.ask(undefined, () => true)
  if (action !== 4) throw new Error(`not connected: ${JSON.stringify(error)}`)
  return socket
}
