// Files that are brought along while one writes: how far each has come, and the way to let go of it.

import { filesApi } from '@sayso/client/files'
import { useEffect, useRef, useState } from 'react'
import { refusalOf } from '../../../ui/refusal.ts'
import { bringFile } from '../store/bring-file.ts'

export type Attached = {
  readonly key: string
  readonly name: string
  readonly bytes: number
  readonly sent: number
  /** Of a file that is whole. */
  readonly id?: string
  /** Why it did not arrive. */
  readonly why?: string
}

export const MOST_FILES = 10

/** @param conversation its key */
export function useAttachments(conversation: string) {
  const [items, setItems] = useState<readonly Attached[]>([])
  const stops = useRef(new Map<string, AbortController>())
  const [api] = useState(filesApi)
  const change = (key: string, some: Partial<Attached>) =>
    setItems((now) => now.map((one) => (one.key === key ? { ...one, ...some } : one)))
  useEffect(() => {
    const all = stops.current
    return () => {
      for (const stop of all.values()) stop.abort()
    }
  }, [])
  const add = (files: readonly File[]) => {
    for (const file of files.slice(0, MOST_FILES - items.length)) {
      const key = crypto.randomUUID()
      const stop = new AbortController()
      stops.current.set(key, stop)
      setItems((now) => [...now, { key, name: file.name, bytes: file.size, sent: 0 }])
      bringFile(api, conversation, file, stop.signal, (sent) => change(key, { sent })).then(
        ({ id }) => change(key, { id }),
        (cause: unknown) => {
          if (!stop.signal.aborted) change(key, { why: refusalOf(cause) })
        },
      )
    }
  }
  const remove = (key: string) => {
    stops.current.get(key)?.abort()
    const id = items.find((one) => one.key === key)?.id
    if (id !== undefined) api.drop(id).catch(() => undefined)
    setItems((now) => now.filter((one) => one.key !== key))
  }
  return {
    items,
    add,
    remove,
    /** They are on their way with a message. */
    clear: () => setItems([]),
    isReady: items.length > 0 && items.every(({ id }) => id !== undefined),
    isBusy: items.some(({ id, why }) => id === undefined && why === undefined),
  }
}
