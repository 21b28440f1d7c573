// Previews of the links one is writing: asked for a moment after a link is there, shown, and taken back if one likes.

import { ApiError, type LinkPreviewView } from '@sayso/client'
import type { FilesApi } from '@sayso/client/files'
import { linksIn } from '../model/files.ts'

const MOST = 3
/** A link is looked at when nothing was typed for this long; milliseconds. */
const PAUSE_MS = 500

export type Look = {
  readonly draftKey: string
  readonly url: string
  readonly state: 'looking' | 'none' | 'removed' | LinkPreviewView
}

export class LinkLooks {
  readonly #api: FilesApi
  readonly #listeners = new Set<() => void>()
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  #looks: readonly Look[] = []
  /** Links have no previews on this server: nobody asks again. */
  #isOff = false

  constructor(api: FilesApi) {
    this.#api = api
  }

  all = (): readonly Look[] => this.#looks

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The previews of a draft, in the order of its links. */
  of(draftKey: string, text: string): readonly LinkPreviewView[] {
    const own = this.#looks.filter((one) => one.draftKey === draftKey)
    return linksIn(text).flatMap((url) => {
      const state = own.find((one) => one.url === url)?.state
      return typeof state === 'object' ? [state] : []
    })
  }

  /** The text is this now. */
  see(channelKey: string, draftKey: string, text: string): void {
    clearTimeout(this.#timers.get(draftKey))
    if (this.#isOff || !text.includes('://')) return
    const timer = setTimeout(() => this.#look(channelKey, draftKey, text), PAUSE_MS)
    this.#timers.set(draftKey, timer)
  }

  remove(draftKey: string, id: string): void {
    this.#set(
      this.#looks.map((one) =>
        one.draftKey === draftKey && typeof one.state === 'object' && one.state.id === id
          ? { ...one, state: 'removed' }
          : one,
      ),
    )
  }

  sent(draftKey: string): void {
    clearTimeout(this.#timers.get(draftKey))
    this.#set(this.#looks.filter((one) => one.draftKey !== draftKey))
  }

  #look(channelKey: string, draftKey: string, text: string): void {
    const known = new Set(this.#looks.flatMap((one) => (one.draftKey === draftKey ? one.url : [])))
    for (const url of linksIn(text).slice(0, MOST)) {
      if (known.has(url)) continue
      this.#set([...this.#looks, { draftKey, url, state: 'looking' }])
      void this.#ask(channelKey, draftKey, url)
    }
  }

  async #ask(channelKey: string, draftKey: string, url: string): Promise<void> {
    const state = await this.#api.preview(channelKey, url).catch((cause: unknown) => {
      if (cause instanceof ApiError && cause.code === 'previews_off') this.#isOff = true
      return 'none' as const
    })
    this.#set(
      this.#looks.map((one) =>
        one.draftKey === draftKey && one.url === url && one.state === 'looking'
          ? { ...one, state }
          : one,
      ),
    )
  }

  #set(looks: readonly Look[]): void {
    this.#looks = looks
    for (const listener of [...this.#listeners]) listener()
  }
}
