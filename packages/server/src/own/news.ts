// Tells people who listen to `[me]` what is new in channels they may read, attached there or not: a line of numbers for each
// channel, gathered over a moment. One connection is told of a thousand channels by one channel.

import type { Message } from '@sayso/channel'
import type { ChannelName, World } from '@sayso/policy'
import type { OwnNews } from '@sayso/protocol'
import type { FeedEntry, MessageFeedEntry } from '@sayso/store'
import { isInMainList, targetsOf, textOf } from '@sayso/store'
import { isReadable, targetsIn } from '../finding/readable.ts'
import { receivable } from '../receivers.ts'
import type { Listener } from './own-states.ts'

/** What comes within it is told together; milliseconds. */
const GATHERED_MS = 150

export type NewsOptions = {
  readonly world: () => World
  readonly listeners: () => Iterable<Listener>
  readonly tell: (listener: Listener, news: OwnNews) => void
  /** Runs something after a while; returns a way to call it off. */
  readonly timer: (run: () => void, ms: number) => () => void
}

/** What happened in one channel since the last time. */
type Stir = { readonly said: Message[]; isRecount: boolean }

export class News {
  readonly #options: NewsOptions
  readonly #stirred = new Map<ChannelName, Stir>()
  #cancel: (() => void) | undefined

  constructor(options: NewsOptions) {
    this.#options = options
  }

  fold(entries: readonly FeedEntry[]): void {
    for (const entry of entries) if (entry.kind === 'message') this.#stir(entry)
    if (this.#stirred.size === 0 || this.#cancel !== undefined) return
    this.#cancel = this.#options.timer(() => {
      this.#cancel = undefined
      this.#flush()
    }, GATHERED_MS)
  }

  stop(): void {
    this.#cancel?.()
  }

  #stir({ channel, messages }: MessageFeedEntry): void {
    const said = messages.filter((message) => message.action === 'create' && isNews(message))
    const isRecount = messages.some(changesCounts)
    if (said.length === 0 && !isRecount) return
    const stir = this.#stirred.get(channel) ?? { said: [], isRecount: false }
    stir.said.push(...said)
    stir.isRecount ||= isRecount
    this.#stirred.set(channel, stir)
  }

  #flush(): void {
    const stirred = [...this.#stirred]
    this.#stirred.clear()
    const world = this.#options.world()
    for (const listener of this.#options.listeners()) {
      const items = stirred.flatMap(
        ([channel, stir]) => newsFor(world, listener, channel, stir) ?? [],
      )
      if (items.length > 0) this.#options.tell(listener, { items })
    }
  }
}

function isNews(message: Message): boolean {
  return textOf(message) !== undefined && isInMainList(message.extras)
}

function changesCounts({ action, extras }: Message): boolean {
  return action === 'delete' || (action === 'update' && targetsOf(extras).length > 0)
}

function newsFor(
  world: World,
  listener: Listener,
  channel: ChannelName,
  { said, isRecount }: Stir,
): OwnNews['items'][number] | undefined {
  const { asker } = listener.connection
  if (!mayHear(world, listener, channel)) return undefined
  const seen = receivable(world, asker.credential, channel, said)
  const last = seen.at(-1)
  if (last === undefined) return isRecount ? { channel, recount: true } : undefined
  // What one has said oneself is new on one's other devices, and unread nowhere.
  const others = seen.filter(({ clientId }) => clientId !== listener.person)
  const mentioning = others.filter(({ extras }) => targetsOf(extras).length > 0)
  const mine = mentioning.length === 0 ? [] : targetsIn(world, asker, channel)
  const isOfMe = ({ extras }: Message) => targetsOf(extras).some((each) => mine.includes(each))
  return {
    channel,
    serial: last.serial,
    count: others.length,
    mentions: mentioning.filter(isOfMe).length,
    ...(isRecount ? { recount: true } : {}),
  }
}

/**
 * Most of what is said is of channels most people may not read: that is remembered until their rights move. What may be heard
 * is decided anew each time.
 */
function mayHear(world: World, { connection, deaf }: Listener, channel: ChannelName): boolean {
  if (deaf.has(channel)) return false
  if (isReadable(world, connection.asker, channel)) return true
  deaf.add(channel)
  return false
}
