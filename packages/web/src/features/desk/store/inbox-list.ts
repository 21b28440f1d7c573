// One list of the inbox: pages as far as one scrolls, kept true by the board.

import { gone, inOrder, told, type Wanted } from '../model/inbox.ts'
import type { Conversation, Page } from '../model/shapes.ts'
import type { Board, BoardNews } from './board.ts'

export type ListState = {
  readonly items: readonly Conversation[]
  readonly hasMore: boolean
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly error?: unknown
}

/** Reads one page, from the beginning or behind another. */
export type ReadPage = (after: string | undefined) => Promise<Page<Conversation>>

/** Bursts of news are one question. */
const SETTLE_MS = 250

const EMPTY: ListState = { items: [], hasMore: false, phase: 'loading' }

export class InboxList {
  readonly wanted: Wanted
  readonly #read: ReadPage
  readonly #listeners = new Set<() => void>()
  readonly #stop: () => void
  #state = EMPTY
  #next: string | undefined
  #isReading = false
  /** Something was told while a page was on its way: it may be older than what was told. */
  #isOld = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(wanted: Wanted, read: ReadPage, board: Pick<Board, 'subscribe'>) {
    this.wanted = wanted
    this.#read = read
    this.#stop = board.subscribe((news) => this.#hear(news))
    void this.#begin()
  }

  state = (): ListState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  more = (): void => {
    if (this.#next === undefined || this.#isReading) return
    void this.#page(this.#next)
  }

  again = (): void => void this.#begin()

  close(): void {
    this.#stop()
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  #hear(news: BoardNews): void {
    if (news.kind === 'missed') return this.#soon()
    if (news.kind !== 'conversation' && news.kind !== 'gone') return
    if (this.#isReading) this.#isOld = true
    const { items } = this.#state
    if (news.kind === 'gone') return this.#set({ items: gone(items, news.key) })
    const folded = told(items, news.conversation, this.wanted)
    this.#set({ items: folded.items })
    if (folded.isUnsure) this.#soon()
  }

  #soon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#begin(), SETTLE_MS)
  }

  async #begin(): Promise<void> {
    if (this.#isReading) {
      this.#isOld = true
      return
    }
    await this.#page(undefined)
  }

  async #page(after: string | undefined): Promise<void> {
    this.#isReading = true
    this.#isOld = false
    try {
      const page = await this.#read(after)
      const held = after === undefined ? [] : this.#state.items
      const known = new Set(page.items.map(({ key }) => key))
      const items = [...held.filter(({ key }) => !known.has(key)), ...page.items]
      this.#next = page.next
      this.#set({
        items: inOrder(items, this.wanted.view),
        hasMore: page.next !== undefined,
        phase: 'ready',
        error: undefined,
      })
    } catch (error) {
      this.#set({ phase: this.#state.phase === 'ready' ? 'ready' : 'failed', error })
    } finally {
      this.#isReading = false
    }
    if (this.#isOld) this.#soon()
  }

  #set(parts: Partial<ListState>): void {
    this.#state = { ...this.#state, ...parts }
    for (const listener of [...this.#listeners]) listener()
  }
}
