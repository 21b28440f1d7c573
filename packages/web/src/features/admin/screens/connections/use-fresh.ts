import { useCallback, useEffect, useRef, useState } from 'react'
import type { Connection } from './model.ts'

const FRESH_MS = 2_000

/** Which connections have just come, or may do something else than a moment ago. Bytes that wait do not count. */
export function useFresh(items: readonly Connection[]): (one: Connection) => boolean {
  const seen = useRef<Map<string, { one: Connection; word: string }>>(undefined)
  const [fresh, setFresh] = useState<ReadonlyMap<string, number>>(new Map())
  useEffect(() => {
    const before = seen.current
    const now = new Map<string, { one: Connection; word: string }>()
    const changed: string[] = []
    for (const one of items) {
      const known = before?.get(one.id)
      // What has not changed is the same object.
      const word = known?.one === one ? known.word : wordOf(one)
      now.set(one.id, { one, word })
      if (known !== undefined && known.word !== word) changed.push(one.id)
    }
    seen.current = now
    if (changed.length === 0) return
    const atMs = Date.now()
    setFresh((marked) => {
      const still = [...marked].filter(([, since]) => atMs - since < FRESH_MS)
      return new Map([...still, ...changed.map((id) => [id, atMs] as const)])
    })
    const timer = setTimeout(() => setFresh(new Map()), FRESH_MS)
    return () => clearTimeout(timer)
  }, [items])
  return useCallback(({ id }: Connection) => fresh.has(id), [fresh])
}

function wordOf({ state, channels }: Connection): string {
  return `${state} ${channels.map(({ channel, modes }) => `${channel}:${modes.join()}`).join(' ')}`
}
