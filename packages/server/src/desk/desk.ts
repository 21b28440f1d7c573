// The desk of one app in motion: the book of its conversations.

import type { FeedEntry, Store } from '@sayso/store'
import type { Hub } from '../hub.ts'
import { Book } from './book.ts'

export class Desk {
  readonly book: Book

  constructor(store: Store, hub: Hub) {
    this.book = new Book({ store, standing: hub })
  }

  load(): Promise<void> {
    return this.book.load()
  }

  attend(store: Store): Store {
    return this.book.attend(store)
  }

  fold(entries: readonly FeedEntry[]): void {
    this.book.fold(entries)
  }

  async stop(): Promise<void> {}
}
