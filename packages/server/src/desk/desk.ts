// The desk of one app in motion: the book of its conversations, the board that tells of them, the watcher and the routing.

import { keyOf } from '@sayso/policy'
import type { FeedEntry, Store, Write } from '@sayso/store'
import type { TellFleeting } from '../commands/publish-ephemeral.ts'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import { Attendance, operatorsIn } from './attendance.ts'
import { Board } from './board.ts'
import { Book } from './book.ts'
import { ClosingRules } from './closing-rules.ts'
import { conversationOn } from './desk-type.ts'
import { Routing } from './routing.ts'
import { KnownWords } from './visitors/known-words.ts'
import { QueueNews } from './visitors/queue-news.ts'
import { Watcher } from './watcher.ts'

export type DeskOptions = {
  readonly store: Store
  readonly hub: Hub
  readonly context: () => Context
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
}

export class Desk {
  readonly #options: DeskOptions
  readonly book: Book
  readonly board: Board
  readonly words = new KnownWords()
  readonly #watcher: Watcher
  readonly #routing: Routing
  readonly #closing: ClosingRules
  readonly #attendance: Attendance
  #isOpen = false
  #queueNews: QueueNews | undefined

  constructor(options: DeskOptions) {
    const { store, hub } = options
    this.#options = options
    this.book = new Book({ store, standing: hub })
    this.#routing = new Routing(options)
    this.board = new Board({ ...options, came: () => this.#routing.run() })
    this.#watcher = new Watcher(options)
    this.#closing = new ClosingRules(options)
    this.#attendance = new Attendance(options)
    this.book.listen((news) => {
      this.board.changed(news)
      this.#closing.changed(news.key, news.after)
      const { before, after } = news
      if (before?.conversation.snoozedUntilMs !== after?.conversation.snoozedUntilMs)
        this.#watcher.plan()
      // Something waits, or somebody has room.
      if (before?.conversation.state !== after?.conversation.state) this.#routing.run()
    })
  }

  async load(): Promise<void> {
    const { store } = this.#options
    await Promise.all([
      this.book.load(),
      this.words.load(store),
      this.#closing.load(store),
      this.#attendance.load(store),
    ])
  }

  /** Begins to act: once everything is there that commands need. */
  open(context: Context): void {
    this.#isOpen = true
    context.visitors.site.subscribe((news) => this.board.visitor(news))
    this.#queueNews = this.#queueNewsOf(context)
    this.#watcher.begin()
    this.#closing.begin()
    this.#attendance.begin()
    this.#routing.run()
  }

  /** The store through which the desk sees what is written of conversations and operators. */
  attend(store: Store): Store {
    const seen = this.book.attend(store)
    const transact = async (write: Write) => {
      const committed = await seen.transact(write)
      this.words.write(write)
      this.#closing.write(write)
      this.#operators(write)
      return committed
    }
    return new Proxy(store, {
      get(target, name) {
        if (name === 'transact') return transact
        const value = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  /** Entries that are about to be folded. */
  foresee(entries: readonly FeedEntry[]): void {
    this.board.note(entries)
  }

  fold(entries: readonly FeedEntry[]): void {
    this.book.fold(entries)
    this.board.said(entries)
    this.#said(entries)
    if (this.#isOpen) this.#watcher.fold(entries)
  }

  async stop(): Promise<void> {
    this.board.stop()
    this.#queueNews?.stop()
    await Promise.all([
      this.#watcher.stop(),
      this.#routing.stop(),
      this.#closing.stop(),
      this.#attendance.stop(),
    ])
  }

  #said(entries: readonly FeedEntry[]): void {
    const { world } = this.#options.hub
    for (const entry of entries) {
      // A right that came back lets a rule go on.
      if (entry.kind === 'rights') this.#closing.look()
      const resource = entry.kind === 'message' ? conversationOn(world, entry.channel) : undefined
      if (resource !== undefined && entry.kind === 'message')
        this.#closing.said(keyOf(resource), entry.messages)
    }
  }

  #queueNewsOf(context: Context): QueueNews {
    const { hub, timer } = this.#options
    const tell: TellFleeting = (channel, message) => hub.tellFleeting(channel, message)
    return new QueueNews({ book: this.book, context, tell, timer })
  }

  #operators(write: Write): void {
    for (const operator of operatorsIn(write)) {
      this.#attendance.write(operator)
      this.board.operator(operator)
      this.#routing.run()
    }
  }
}
