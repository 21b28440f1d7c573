// One realtime connection for as long as somebody is signed in.

import type { RealtimeClient } from 'ably'
import { useEffect, useState } from 'react'
import { connect } from './connect.ts'

/** Absent until it is made. */
export function useRealtime(personId: string): RealtimeClient | undefined {
  const [realtime, setRealtime] = useState<RealtimeClient>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person is another connection
  useEffect(() => {
    const opened = connect(location)
    setRealtime(opened)
    return () => {
      opened.close()
      setRealtime(undefined)
    }
  }, [personId])
  return realtime
}
