// Pictures of messages as the page holds them: fetched once while they are shown, let go of when the conversation is left
// or lost. The browser keeps none of them.

import { useEffect, useState } from 'react'

type Held = {
  url: string | undefined
  users: number
  readonly loading: Promise<string | undefined>
}

/** Held though nobody shows them now, so that scrolling back shows them at once. */
const MOST_IDLE = 80

const held = new Map<string, Held>()

/** An address to show: undefined while it loads, `gone` if it is not there, or not for the reader. */
export function useObjectUrl(path: string | undefined): string | 'gone' | undefined {
  const [shown, setShown] = useState<{ path: string; url: string | 'gone' }>()
  useEffect(() => {
    if (path === undefined) return
    let isOver = false
    const one = take(path)
    void one.loading.then((url) => {
      if (!isOver) setShown({ path, url: url ?? 'gone' })
    })
    return () => {
      isOver = true
      give(path, one)
    }
  }, [path])
  if (path === undefined) return undefined
  return shown?.path === path ? shown.url : held.get(path)?.url
}

/** Lets go of everything: the channel is left, or may not be seen any more. */
export function forgetPictures(): void {
  for (const [path, one] of held) drop(path, one)
}

function take(path: string): Held {
  const known = held.get(path)
  if (known !== undefined) {
    known.users += 1
    // The latest last.
    held.delete(path)
    held.set(path, known)
    return known
  }
  const one: Held = { url: undefined, users: 1, loading: load(path) }
  held.set(path, one)
  void one.loading.then((url) => {
    one.url = url
    // Forgotten while it came, or not there: the next look asks again.
    if (held.get(path) !== one) revoke(one)
    else if (url === undefined) held.delete(path)
  })
  return one
}

function give(path: string, one: Held): void {
  one.users -= 1
  if (held.get(path) !== one) {
    if (one.users === 0) revoke(one)
    return
  }
  const idle = [...held].filter(([, { users }]) => users === 0)
  for (const [other, old] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) drop(other, old)
}

function drop(path: string, one: Held): void {
  held.delete(path)
  revoke(one)
}

function revoke(one: Held): void {
  if (one.url !== undefined) URL.revokeObjectURL(one.url)
  one.url = undefined
}

async function load(path: string): Promise<string | undefined> {
  try {
    const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store' })
    return response.ok ? URL.createObjectURL(await response.blob()) : undefined
  } catch {
    return undefined
  }
}
