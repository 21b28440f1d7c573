// A scripted stand-in for the calls that keep what is one's own: takes, refuses, or is not reached.

import type { Api, OwnEntry, OwnRemoval } from '@sayso/client'

export type OwnShelf = Pick<Api, 'keepOwn' | 'dropOwn'> & {
  /** What was asked for, in order: `read/lobby {"serial":"1"}`. */
  readonly asked: string[]
  /** What calls do next: an error with a status, or success if absent. */
  refuse: { readonly status: number } | undefined
  /** While true, calls do not answer. */
  isSilent: boolean
  /** Lets calls that wait have their answer. */
  answer(): void
}

export function ownShelf(): OwnShelf {
  const waiting: (() => void)[] = []
  let atMs = 0
  const call = async (entry: Omit<OwnEntry, 'atMs'> | Omit<OwnRemoval, 'atMs'>) => {
    shelf.asked.push(`${entry.collection}/${entry.key} ${JSON.stringify(entry.value)}`)
    atMs += 1
    const at = atMs
    if (shelf.isSilent) await new Promise<void>((resolve) => waiting.push(resolve))
    if (shelf.refuse !== undefined) throw shelf.refuse
    return { ...entry, atMs: at } as OwnEntry | OwnRemoval
  }
  const shelf: OwnShelf = {
    asked: [],
    refuse: undefined,
    isSilent: false,
    answer: () => {
      for (const resolve of waiting.splice(0)) resolve()
    },
    keepOwn: (collection, key, value) =>
      call({ collection, key, value: value as OwnEntry['value'] }),
    dropOwn: (collection, key) => call({ collection, key, value: null }),
  }
  return shelf
}
