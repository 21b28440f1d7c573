// Tells those who wait where they stand, whenever that is another place: each conversation on its own channel, and nothing of it
// is kept.

import type { TellFleeting } from '../../commands/publish-ephemeral.ts'
import type { Context } from '../../context.ts'
import type { Book, BookNews } from '../book.ts'
import { fleetingOf } from '../fleeting.ts'

/** Changes within it are told as one; milliseconds. */
const TOGETHER_MS = 200

export type QueueNewsOptions = {
  readonly book: Book
  readonly context: Context
  readonly tell: TellFleeting
  readonly timer: (run: () => void, ms: number) => () => void
}

export class QueueNews {
  readonly #options: QueueNewsOptions
  /** What each was told last, by the key of the conversation. */
  readonly #told = new Map<string, string>()
  /** Keys of the tenants whose queue moved. */
  readonly #moved = new Set<string>()
  readonly #stop: () => void
  #cancel: (() => void) | undefined

  constructor(options: QueueNewsOptions) {
    this.#options = options
    this.#stop = options.book.listen((news) => this.#learn(news))
  }

  stop(): void {
    this.#stop()
    this.#cancel?.()
  }

  #learn({ key, before, after }: BookNews): void {
    const [was, is] = [before?.conversation.state, after?.conversation.state]
    if (was === is || (was !== 'waiting' && is !== 'waiting')) return
    if (is !== 'waiting') this.#told.delete(key)
    const tenant = (after ?? before)?.conversation.tenant
    if (tenant === undefined) return
    this.#moved.add(tenant)
    this.#cancel ??= this.#options.timer(() => this.#tellAll(), TOGETHER_MS)
  }

  #tellAll(): void {
    this.#cancel = undefined
    for (const tenant of this.#moved) this.#tellTenant(tenant)
    this.#moved.clear()
  }

  #tellTenant(tenant: string): void {
    const { context, tell } = this.#options
    const { queue } = context.visitors
    const expectedWaitMs = queue.expectedWaitMs(tenant)
    for (const [key, position] of queue.places(tenant)) {
      const data = { position, ...(expectedWaitMs !== undefined && { expectedWaitMs }) }
      const said = JSON.stringify(data)
      if (this.#told.get(key) === said) continue
      this.#told.set(key, said)
      tell(...fleetingOf(context, key, 'queue', data))
    }
  }
}
