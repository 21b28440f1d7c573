// What the threads of a channel have come to: told by the server for what is loaded, and counted on from there live.

import type { Api, ThreadView } from '@sayso/client'
import { rootOf } from '../model/refs.ts'
import type { Entry } from '../model/timeline.ts'
import type { ChannelSession } from './channel-session.ts'

export type ThreadCount = Pick<ThreadView, 'count' | 'lastAtMs' | 'lastSerial' | 'people'>

export type ThreadCounts = {
  /** Absent: nobody has answered in a thread. */
  of(root: string): ThreadCount | undefined
  /** Raised with every change. */
  version(): number
  /** The server has told of what was loaded first, or will not. */
  isTold(): boolean
  subscribe(listener: () => void): () => void
}

const known = new WeakMap<ChannelSession, ThreadCounts>()
const MOST_PEOPLE = 3
const PAGE = 100
/** Roots are asked for in stretches of the timeline; pages of one stretch at most. */
const MOST_PAGES = 5

/** The counts of a session's channel, the same for as long as the session lives. */
export function threadCounts(
  session: ChannelSession,
  api: Pick<Api, 'threads'>,
  channelKey: string,
): ThreadCounts {
  const counts = known.get(session) ?? new Counts(session, api, channelKey)
  known.set(session, counts)
  return counts
}

type Live = { readonly entry: Entry; readonly root: string; readonly isGone: boolean }

class Counts implements ThreadCounts {
  readonly #session: ChannelSession
  readonly #api: Pick<Api, 'threads'>
  readonly #channelKey: string
  readonly #told = new Map<string, ThreadCount & { readonly asOf: string }>()
  readonly #live = new Map<string, Live>()
  /** Only of what has a thread: most messages have none, and are asked about all the same. */
  readonly #shown = new Map<string, ThreadCount | undefined>()
  readonly #roots = new Set<string>()
  readonly #listeners = new Set<() => void>()
  /** The stretch of roots that was asked for. */
  #from: string | undefined
  #isAsking = false
  /** How often the right to read was lost: an answer to a question before that is not taken. */
  #losses = 0
  #isTold = false
  #version = 0
  #seen: unknown

  constructor(session: ChannelSession, api: Pick<Api, 'threads'>, channelKey: string) {
    this.#session = session
    this.#api = api
    this.#channelKey = channelKey
    session.subscribe(this.#follow)
    this.#follow()
  }

  of(root: string): ThreadCount | undefined {
    if (!this.#roots.has(root)) return undefined
    if (!this.#shown.has(root)) this.#shown.set(root, this.#countOf(root))
    return this.#shown.get(root)
  }

  version = (): number => this.#version

  isTold = (): boolean => {
    const { phase, timeline } = this.#session.state()
    return this.#isTold || (phase === 'open' && timeline.length === 0)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly #follow = (): void => {
    const { timeline, phase } = this.#session.state()
    if (timeline === this.#seen) return
    this.#seen = timeline
    if (phase === 'denied') this.#forget()
    for (const entry of timeline) {
      const root = rootOf(entry) ?? this.#live.get(entry.serial)?.root
      if (root === undefined) continue
      const before = this.#live.get(entry.serial)
      if (before?.entry === entry) continue
      this.#live.set(entry.serial, { entry, root, isGone: entry.body.kind === 'deleted' })
      this.#change(root)
    }
    this.#ask(timeline[0]?.serial, timeline.at(-1)?.serial)
  }

  /** Asks for what lies before what was asked for, or for everything at first. */
  #ask(first: string | undefined, last: string | undefined): void {
    if (first === undefined || last === undefined || this.#isAsking) return
    if (this.#from !== undefined && first >= this.#from) return
    const to = this.#from ?? last
    this.#isAsking = true
    this.#fetch(first, to)
      .then(() => {
        this.#from = first
      })
      .catch((cause: unknown) => cause)
      .then((cause) => {
        this.#isAsking = false
        this.#isTold = true
        this.#tell()
        if (cause instanceof Lost) this.#askAgain()
      })
  }

  /** The channel may be open again by the time an answer from before is put aside. */
  #askAgain(): void {
    const { timeline } = this.#session.state()
    this.#ask(timeline[0]?.serial, timeline.at(-1)?.serial)
  }

  async #fetch(from: string, to: string): Promise<void> {
    let before: string | undefined
    const losses = this.#losses
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { from, to, ...(before === undefined ? {} : { before }) }
      const { threads, asOf } = await this.#api.threads(this.#channelKey, query)
      if (losses !== this.#losses) throw new Lost()
      for (const thread of threads) {
        this.#told.set(thread.root, { ...thread, asOf })
        this.#change(thread.root)
      }
      before = threads.at(-1)?.lastSerial
      if (threads.length < PAGE) return
    }
  }

  #countOf(root: string): ThreadCount | undefined {
    const told = this.#told.get(root)
    const asOf = told?.asOf ?? ''
    let sum = told ?? NONE
    for (const live of this.#live.values()) if (live.root === root) sum = counted(sum, live, asOf)
    const { count, lastAtMs, lastSerial, people } = sum
    if (count <= 0) return undefined
    return { count, lastAtMs, lastSerial, people: people.slice(0, MOST_PEOPLE) }
  }

  #change(root: string): void {
    this.#version += 1
    this.#roots.add(root)
    this.#shown.delete(root)
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #forget(): void {
    this.#losses += 1
    this.#told.clear()
    this.#live.clear()
    this.#shown.clear()
    this.#roots.clear()
    this.#from = undefined
  }
}

class Lost extends Error {}

const NONE: ThreadCount = { count: 0, lastAtMs: 0, lastSerial: '', people: [] }

/** With an answer that is not counted yet, or without one that is there no more. */
function counted(sum: ThreadCount, { entry, isGone }: Live, asOf: string): ThreadCount {
  const { count, people, lastAtMs, lastSerial } = sum
  const { author, serial } = entry
  if (serial <= asOf) return isGone && entry.version > asOf ? { ...sum, count: count - 1 } : sum
  if (isGone) return sum
  return {
    count: count + 1,
    people: author === undefined ? people : [author, ...people.filter((one) => one !== author)],
    lastAtMs: Math.max(lastAtMs, entry.atMs),
    lastSerial: [lastSerial, serial].sort().at(-1) ?? serial,
  }
}
