// Apps beside the main one that are open now, each with a folder of its own: sandbox apps and those the registry keeps.

import type { ConnectionKeys } from './access/connection-key.ts'
import { moveConnection } from './connections.ts'
import type { Erasures } from './erasure/erasures.ts'
import type { OneApp } from './one-app.ts'

/** An app in a folder of its own. */
export type HeldApp = OneApp & {
  /** Its own: a connection of one app is never continued in another. */
  readonly keys: ConnectionKeys
  /** Of its visitors; absent: the main app, whose erasures end accounts as well. */
  readonly erasures?: Erasures
}

/** Something that goes along with an app while it is open. */
export type Companion = { stop(): Promise<void> }

export class HeldApps {
  readonly #load: (appId: string, folder: string) => Promise<HeldApp>
  readonly #held = new Map<string, HeldApp>()
  readonly #opening = new Map<string, Promise<HeldApp>>()
  readonly #companions = new Map<string, Promise<Companion>>()
  #begin: ((app: HeldApp) => Promise<Companion>) | undefined

  /** @param load opens an app of that id in that folder */
  constructor(load: (appId: string, folder: string) => Promise<HeldApp>) {
    this.#load = load
  }

  get(appId: string): HeldApp | undefined {
    return this.#held.get(appId)
  }

  values(): Iterable<HeldApp> {
    return this.#held.values()
  }

  /** Opens an app once, however many ask for it at the same time. @throws {StoreUnavailable} */
  open(appId: string, folder: string): Promise<HeldApp> {
    const known = this.#held.get(appId)
    if (known !== undefined) return Promise.resolve(known)
    const opening =
      this.#opening.get(appId) ??
      this.#load(appId, folder)
        .then((app) => {
          this.#held.set(appId, app)
          this.#accompany(appId, app)
          return app
        })
        .finally(() => this.#opening.delete(appId))
    this.#opening.set(appId, opening)
    return opening
  }

  /** Begins something for every app that is open or will be; what it returns ends it for all. */
  attend(begin: (app: HeldApp) => Promise<Companion>): () => Promise<void> {
    this.#begin = begin
    for (const [appId, app] of this.#held) this.#accompany(appId, app)
    return async () => {
      this.#begin = undefined
      for (const appId of [...this.#companions.keys()]) await this.#leave(appId)
    }
  }

  #accompany(appId: string, app: HeldApp): void {
    if (this.#begin !== undefined) this.#companions.set(appId, this.#begin(app))
  }

  async #leave(appId: string): Promise<void> {
    const companion = this.#companions.get(appId)
    this.#companions.delete(appId)
    await (await companion)?.stop()
  }

  /** Tells its connections that it is gone, and closes it. */
  async end(appId: string): Promise<void> {
    await this.#opening.get(appId)?.catch(() => undefined)
    const app = this.#held.get(appId)
    if (app === undefined) return
    this.#held.delete(appId)
    await this.#leave(appId)
    await app.erasures?.stop()
    await app.stop()
    for (const connection of [...app.hub.connections()])
      moveConnection(app.hub, connection, { name: 'cut', reason: 'app_gone' }, Date.now())
    await told()
    await app.context.decisions.log?.close()
    await app.context.analytics?.close()
    await app.context.store.close()
  }

  /** Closes every app; their connections have been told already. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#opening.values())
    for (const app of this.#held.values()) {
      await app.erasures?.stop()
      await app.context.store.close()
    }
    this.#held.clear()
  }
}

/** Resolves when what was said in this turn has been written. */
export async function told(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))
}
