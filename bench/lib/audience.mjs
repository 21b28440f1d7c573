// Very many people, each with a socket of their own, attached to one channel and to their view of their rights there.
// Frames are told apart by their first letters, so that the load generator parses nothing.

import { connect } from './crowd.mjs'
import { personPath } from './server.mjs'

const AT_ONCE = 100

export const ERROR = '{"action":9,'
export const ATTACHED = '{"action":11,'
export const MESSAGE = '{"action":15,'
/** The first letters that tell frames apart, and where a view says what has changed. */
const HEAD_BYTES = 12

export class Audience {
  #members = []
  #channel
  /** What is waited for now: by whom it was heard. */
  #waits = []

  static async open(port, channel, size) {
    const audience = new Audience(channel)
    for (let at = 0; at < size; at += AT_ONCE) {
      const group = Array.from({ length: Math.min(AT_ONCE, size - at) }, (_, i) => at + i)
      await Promise.all(group.map((n) => audience.#join(port, n)))
    }
    return audience
  }

  constructor(channel) {
    this.#channel = channel
  }

  get size() {
    return this.#members.length
  }

  /** Resolves with the time when so many members have had such a frame of such a channel, each counted once. */
  heard(start, count = this.size, channel = this.#channel) {
    const mark = Buffer.from(`"channel":"${channel}"`)
    return new Promise((resolve) => {
      const wait = { start, mark, left: count, by: new Uint8Array(this.size), resolve }
      this.#waits.push(wait)
    })
  }

  /** Those who lost their place take it again, some at a time. */
  async attachAgain() {
    for (let at = 0; at < this.size; at += AT_ONCE) {
      const group = this.#members.slice(at, at + AT_ONCE)
      await Promise.all(group.map((member) => attach(member, this.#channel)))
    }
  }

  async #join(port, n) {
    const member = await connect(port, personPath(`p${n}`))
    await attach(member, this.#channel)
    await attach(member, viewOf(this.#channel))
    member.onText = (payload) => this.#hear(n, payload)
    this.#members[n] = member
  }

  #hear(n, payload) {
    if (this.#waits.length === 0) return
    const head = payload.toString('latin1', 0, HEAD_BYTES + 1)
    for (const wait of this.#waits) {
      if (wait.by[n] === 1 || !head.startsWith(wait.start) || !payload.includes(wait.mark)) continue
      wait.by[n] = 1
      wait.left -= 1
      if (wait.left > 0) continue
      this.#waits = this.#waits.filter((other) => other !== wait)
      wait.resolve(performance.now())
    }
  }
}

export const viewOf = (channel) => `[permissions]${channel}`

async function attach(member, channel) {
  const { action, error } = await member.ask(
    { action: 10, channel },
    (frame) => frame.channel === channel && (frame.action === 11 || frame.action === 9),
  )
  if (action !== 11) throw new Error(`may not attach to ${channel}: ${error?.message}`)
}
