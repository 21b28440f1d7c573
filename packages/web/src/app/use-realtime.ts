// One realtime connection for as long as somebody is signed in.

import type { RealtimeClient } from 'ably'
import { useEffect, useState } from 'react'
import { connect } from './connect.ts'

/** Absent until it is made. */
export function useRealtime(personId: string): RealtimeClient | undefined {
  const [realtime, setRealtime] = useState<RealtimeClient>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person is another connection
  useEffect(() => {
    let opened: RealtimeClient | undefined
    let isOver = false
    const open = (first?: string) => {
      if (isOver) return
      opened = connect(location, first)
      setRealtime(opened)
    }
    const asked = askedBefore()
    if (asked === undefined) open()
    else void asked.then(open)
    return () => {
      isOver = true
      opened?.close()
      setRealtime(undefined)
    }
  }, [personId])
  return realtime
}

declare global {
  /** Asked by `public/theme.js` while the script of the pages was on its way; undefined if none was given. */
  var saysoToken: Promise<string | undefined> | undefined
}

/** The token asked for before we were here, once: later it is old, or somebody else's. */
function askedBefore(): Promise<string | undefined> | undefined {
  const asked = globalThis.saysoToken
  globalThis.saysoToken = undefined
  return asked
}
