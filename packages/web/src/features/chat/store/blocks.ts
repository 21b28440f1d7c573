// Whom one has blocked, fetched when it is first wanted and kept in step with what one does here.

import type { Api } from '@sayso/client'
import { useEffect, useSyncExternalStore } from 'react'

export type Blocks = {
  /** Absent until it is known. */
  readonly has: (person: string) => boolean | undefined
  /** @throws `ApiError` */
  readonly set: (person: string, isBlocked: boolean) => Promise<void>
}

class BlockList {
  readonly #api: Api
  readonly #listeners = new Set<() => void>()
  #ids: ReadonlySet<string> | undefined

  constructor(api: Api) {
    this.#api = api
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  ids = (): ReadonlySet<string> | undefined => this.#ids

  /** Asks again: another device may have changed it. */
  async load(): Promise<void> {
    const { items } = await this.#api.blocks()
    this.#put(new Set(items.map(({ id }) => id)))
  }

  async set(person: string, isBlocked: boolean): Promise<void> {
    await (isBlocked ? this.#api.block(person) : this.#api.unblock(person))
    const ids = new Set(this.#ids)
    if (isBlocked) ids.add(person)
    else ids.delete(person)
    this.#put(ids)
  }

  #put(ids: ReadonlySet<string>): void {
    this.#ids = ids
    for (const listener of this.#listeners) listener()
  }
}

const lists = new WeakMap<Api, BlockList>()

function listOf(api: Api): BlockList {
  const list = lists.get(api) ?? new BlockList(api)
  lists.set(api, list)
  return list
}

/** `isWanted`: from now on it must be known. */
export function useBlocks(api: Api, isWanted: boolean): Blocks {
  const list = listOf(api)
  const ids = useSyncExternalStore(list.subscribe, list.ids)
  useEffect(() => {
    if (isWanted) list.load().catch(() => undefined)
  }, [list, isWanted])
  return {
    has: (person) => ids?.has(person),
    set: (person, isBlocked) => list.set(person, isBlocked),
  }
}
