// One thread as its pane shows it: answers from the server, page by page, and what comes live.

import type { Api } from '@sayso/client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { rootOf } from '../model/refs.ts'
import { fold, type Incoming, type Timeline } from '../model/timeline.ts'
import type { SessionState } from './channel-session.ts'
import { incomingOf, wireOf } from './port.ts'

export type ThreadState = {
  readonly answers: Timeline
  readonly hasOlder: boolean
  readonly isLoading: boolean
  readonly hasFailed: boolean
  readonly loadOlder: () => void
}

type Loaded = { readonly root: string; readonly answers: Timeline; readonly hasOlder: boolean }

export function useThread(
  api: Pick<Api, 'thread'>,
  channelKey: string,
  root: string,
  state: SessionState,
): ThreadState {
  const [loaded, setLoaded] = useState<Loaded>({ root, answers: [], hasOlder: false })
  const [isLoading, setLoading] = useState(true)
  const [hasFailed, setFailed] = useState(false)
  const current = useRef(root)
  current.current = root
  const load = useCallback(
    async (before?: string) => {
      setLoading(true)
      try {
        const { messages, hasMore } = await api.thread(channelKey, root, before)
        if (current.current !== root) return
        const incoming = messages
          .map((message) => incomingOf(wireOf(message)))
          .filter((one): one is Incoming => one !== undefined)
        setLoaded((now) => ({
          root,
          answers: fold(now.root === root ? now.answers : [], incoming),
          hasOlder: hasMore,
        }))
        setFailed(false)
      } catch {
        setFailed(true)
      } finally {
        setLoading(false)
      }
    },
    [api, channelKey, root],
  )
  // Also after a gap: what was missed in the channel was missed here.
  const isOpen = state.phase === 'open' && !state.isLoading && !state.hasGap
  useEffect(() => {
    if (isOpen) void load()
  }, [isOpen, load])
  const { timeline } = state
  const answers = useMemo(() => {
    const own = loaded.root === root ? loaded.answers : []
    const known = new Set(own.map(({ serial }) => serial))
    const live = timeline.filter((entry) => rootOf(entry) === root || known.has(entry.serial))
    return joined(own, live)
  }, [loaded, timeline, root])
  return {
    answers,
    hasOlder: loaded.hasOlder,
    isLoading,
    hasFailed,
    loadOlder: () => void load(loaded.answers[0]?.serial),
  }
}

/** Both, each message once, in its later version. */
function joined(one: Timeline, other: Timeline): Timeline {
  const bySerial = new Map(one.map((entry) => [entry.serial, entry]))
  for (const entry of other) {
    const known = bySerial.get(entry.serial)
    if (known === undefined || entry.version >= known.version) bySerial.set(entry.serial, entry)
  }
  return [...bySerial.values()].sort((a, b) => (a.serial < b.serial ? -1 : 1))
}
