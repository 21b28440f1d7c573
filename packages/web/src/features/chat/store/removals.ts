// Messages one has deleted and may still keep: sent after ten seconds, or when the page is left, and never forgotten.

import { verdictOf } from '../model/outbox.ts'
import type { WireError } from './port.ts'
import type { KeyValue } from './storage.ts'

/** How long a deletion can be taken back; milliseconds. */
export const UNDO_MS = 10_000
const RETRY_MS = 5_000

export type Removal = {
  readonly channelKey: string
  readonly serial: string
  /** When it is sent; milliseconds since 1970. */
  readonly dueMs: number
}

export type Removals = {
  /** The deletion of a message that can still be taken back. */
  of(channelKey: string, serial: string): Removal | undefined
  /** Raised with every change. */
  version(): number
  start(channelKey: string, serial: string): void
  /** Nothing has happened: nobody else has heard of it. */
  undo(channelKey: string, serial: string): void
  /** The page is left: everything is sent now. What does not arrive is sent at the next visit. */
  flush(): void
  /** Hears of deletions the server has refused, for good. */
  onRefused(listener: (cause: unknown) => void): () => void
  subscribe(listener: () => void): () => void
  close(): void
}

export type RemovalNeeds = {
  readonly personId: string
  readonly storage: KeyValue | undefined
  readonly now: () => number
  /** Deletes the message. @throws the error of the server */
  readonly remove: (channelKey: string, serial: string) => Promise<void>
}

/** Goes on with what an earlier visit has left. */
export function removalsOf(needs: RemovalNeeds): Removals {
  return new PendingRemovals(needs)
}

type Pending = Removal & { timer?: ReturnType<typeof setTimeout>; isSending: boolean }

class PendingRemovals implements Removals {
  readonly #needs: RemovalNeeds
  readonly #pending = new Map<string, Pending>()
  readonly #listeners = new Set<() => void>()
  readonly #refusedListeners = new Set<(cause: unknown) => void>()
  #version = 0

  constructor(needs: RemovalNeeds) {
    this.#needs = needs
    for (const removal of this.#kept()) this.#plan(removal)
  }

  of(channelKey: string, serial: string): Removal | undefined {
    return this.#pending.get(nameOf(channelKey, serial))
  }

  version = (): number => this.#version

  start(channelKey: string, serial: string): void {
    const removal = { channelKey, serial, dueMs: this.#needs.now() + UNDO_MS }
    this.#keep(removal)
    this.#plan(removal)
    this.#tell()
  }

  undo(channelKey: string, serial: string): void {
    const pending = this.#pending.get(nameOf(channelKey, serial))
    if (pending !== undefined && !pending.isSending) this.#forget(pending)
  }

  flush(): void {
    for (const pending of [...this.#pending.values()]) void this.#send(pending)
  }

  onRefused(listener: (cause: unknown) => void): () => void {
    this.#refusedListeners.add(listener)
    return () => this.#refusedListeners.delete(listener)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    for (const { timer } of this.#pending.values()) clearTimeout(timer)
    this.#listeners.clear()
  }

  #plan(removal: Removal): void {
    const pending: Pending = { ...removal, isSending: false }
    const waitMs = Math.min(Math.max(0, removal.dueMs - this.#needs.now()), UNDO_MS)
    pending.timer = setTimeout(() => void this.#send(pending), waitMs)
    this.#pending.set(nameOf(removal.channelKey, removal.serial), pending)
  }

  async #send(pending: Pending): Promise<void> {
    if (pending.isSending) return
    clearTimeout(pending.timer)
    pending.isSending = true
    try {
      await this.#needs.remove(pending.channelKey, pending.serial)
      this.#forget(pending)
    } catch (cause) {
      pending.isSending = false
      if (verdictOf(cause as WireError).kind === 'again') {
        pending.timer = setTimeout(() => void this.#send(pending), RETRY_MS)
        return
      }
      this.#forget(pending)
      for (const listener of this.#refusedListeners) listener(cause)
    }
  }

  #forget(pending: Pending): void {
    clearTimeout(pending.timer)
    this.#pending.delete(nameOf(pending.channelKey, pending.serial))
    this.#safely((storage) => storage.removeItem(this.#storageKey(pending)))
    this.#tell()
  }

  #storageKey({ channelKey, serial }: Removal): string {
    return `${this.#prefix()}${nameOf(channelKey, serial)}`
  }

  #prefix(): string {
    return `sayso.${this.#needs.personId}.removal.`
  }

  #keep(removal: Removal): void {
    this.#safely((storage) => storage.setItem(this.#storageKey(removal), JSON.stringify(removal)))
  }

  #kept(): readonly Removal[] {
    const prefix = this.#prefix()
    return (
      this.#safely((storage) =>
        Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
          .filter((key) => key.startsWith(prefix))
          .map((key) => JSON.parse(storage.getItem(key) ?? '') as Removal),
      ) ?? []
    )
  }

  /** Storage that is full or closed changes nothing on screen. */
  #safely<T>(work: (storage: KeyValue) => T): T | undefined {
    const { storage } = this.#needs
    try {
      return storage === undefined ? undefined : work(storage)
    } catch {
      return undefined
    }
  }

  #tell(): void {
    this.#version += 1
    for (const listener of [...this.#listeners]) listener()
  }
}

function nameOf(channelKey: string, serial: string): string {
  return `${encodeURIComponent(channelKey)} ${serial}`
}
