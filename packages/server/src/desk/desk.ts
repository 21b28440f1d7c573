// The desk of one app in motion: the book of its conversations, the board that tells of them, the watcher and the routing.

import type { FeedEntry, Store, Write } from '@sayso/store'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import { Board } from './board.ts'
import { Book } from './book.ts'
import { OPERATORS, operatorOf } from './operators.ts'
import { Routing } from './routing.ts'
import { Watcher } from './watcher.ts'

export type DeskOptions = {
  readonly store: Store
  readonly hub: Hub
  readonly context: () => Context
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
}

export class Desk {
  readonly book: Book
  readonly board: Board
  readonly #watcher: Watcher
  readonly #routing: Routing
  #isOpen = false

  constructor(options: DeskOptions) {
    const { store, hub } = options
    this.book = new Book({ store, standing: hub })
    this.#routing = new Routing(options)
    this.board = new Board({ ...options, came: () => this.#routing.run() })
    this.#watcher = new Watcher(options)
    this.book.listen((news) => {
      this.board.changed(news)
      const { before, after } = news
      if (before?.conversation.snoozedUntilMs !== after?.conversation.snoozedUntilMs)
        this.#watcher.plan()
      // Something waits, or somebody has room.
      if (before?.conversation.state !== after?.conversation.state) this.#routing.run()
    })
  }

  load(): Promise<void> {
    return this.book.load()
  }

  /** Begins to act: once everything is there that commands need. */
  open(context: Context): void {
    this.#isOpen = true
    context.visitors.site.subscribe((news) => this.board.visitor(news))
    this.#watcher.look()
    this.#routing.run()
  }

  /** The store through which the desk sees what is written of conversations and operators. */
  attend(store: Store): Store {
    const seen = this.book.attend(store)
    const transact = async (write: Write) => {
      const committed = await seen.transact(write)
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

  fold(entries: readonly FeedEntry[]): void {
    this.book.fold(entries)
    if (this.#isOpen) this.#watcher.fold(entries)
  }

  async stop(): Promise<void> {
    this.board.stop()
    await Promise.all([this.#watcher.stop(), this.#routing.stop()])
  }

  #operators({ records = [] }: Write): void {
    for (const { collection, key, value } of records) {
      if (collection !== OPERATORS || value === undefined) continue
      const at = { createdAtMs: 0, updatedAtMs: 0, version: 0 }
      this.board.operator(operatorOf({ collection, key, value, ...at }))
      this.#routing.run()
    }
  }
}
