// The chat's state as components see it.

import type { Api, PermissionChange, ResourceView } from '@sayso/client'
import { usePermissionChanges, usePermissions } from '@sayso/client/react'
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { afterPaint } from '../../../ui/after-paint.ts'
import { useVisible } from '../../../ui/use-visible.ts'
import { keyOf } from '../model/channels.ts'
import { afterState, type Link, nextDrawInMs, startingLink } from '../model/connection.ts'
import { afterChange, type Lost, NONE_LOST } from '../model/controls.ts'
import { lossReason } from '../model/notice-list.ts'
import type { Outbox } from '../model/outbox.ts'
import { betweenKeys } from './between-keys.ts'
import type { ChannelSession, SessionState } from './channel-session.ts'
import { type ChatStore, chatStore } from './chat-store.ts'
import { keepChoicesInStep } from './choices-in-step.ts'
import { personalOf } from './personal.ts'
import { PERSONAL_OF_VIEW } from './personal-of-view.ts'
import type { ConnectionChange, ConnectionPort, RealtimePort } from './port.ts'
import type { Sender } from './sender.ts'
import { EMPTY } from './session-state.ts'
import { keptFor } from './storage.ts'
import { throttled } from './throttled.ts'

/** The store of one signed-in person, fed with their live rights; absent for the first moment. */
export function useChatStore(
  realtime: RealtimePort,
  api: Api,
  me: string,
  isView = false,
): ChatStore | undefined {
  const live = usePermissions()
  const [store, setStore] = useState<ChatStore>()
  useEffect(() => {
    const kept = isView ? undefined : storage()
    const opened = chatStore({
      realtime,
      me,
      kept: keptFor(me, kept),
      storage: kept,
      personal: isView ? PERSONAL_OF_VIEW : personalOf({ realtime, api, me, storage: kept }),
      newId: () => crypto.randomUUID(),
      now: () => Date.now(),
      later: afterPaint,
    })
    const stopChoices = isView ? () => undefined : keepChoicesInStep(opened.personal)
    const follow = () => {
      if (live.known()) opened.setResources(live.resources())
    }
    follow()
    const stop = live.subscribe(follow)
    const onLeave = () => opened.removals.flush()
    window.addEventListener('pagehide', onLeave)
    setStore(opened)
    return () => {
      window.removeEventListener('pagehide', onLeave)
      stopChoices()
      stop()
      opened.close()
      setStore(undefined)
    }
  }, [realtime, api, me, live, isView])
  return store
}

/** Visits a channel for as long as it is mounted. */
export function useVisit(store: ChatStore, key: string): ChannelSession | undefined {
  // A channel one comes back to is there at the first drawing.
  const [session, setSession] = useState(() => store.held(key))
  useLayoutEffect(() => {
    setSession(store.session(key))
    store.visit(key)
    return () => store.leave(key)
  }, [store, key])
  return session
}

const NEVER = () => () => undefined
const NO_UNSENT: Outbox = []

/** Drawn at most this often; messages of a flood are drawn together. */
const DRAW_MS = 80
const between = betweenKeys(globalThis)

export function useSession(session: ChannelSession | undefined): SessionState {
  const subscribe = useMemo(
    () => (session === undefined ? NEVER : throttled(session.subscribe, DRAW_MS, between)),
    [session],
  )
  return useSyncExternalStore(subscribe, () => session?.state() ?? EMPTY)
}

export function useOutbox(sender: Sender | undefined): Outbox {
  return useSyncExternalStore(sender?.subscribe ?? NEVER, () => sender?.outbox() ?? NO_UNSENT)
}

/** What was lost since the visit began; mount it anew for each visit. */
export function useLost(view: ResourceView, me: string): Lost {
  const [lost, setLost] = useState<Lost>(NONE_LOST)
  usePermissionChanges((change: PermissionChange) => {
    const mine = change.changed.find((one) => one.resource === view.resource)
    if (mine === undefined) return
    setLost((now) => afterChange(now, mine, (action) => lossReason(action, change, me)))
  })
  return lost
}

/** The state of the connection as the banner needs it. */
export type LinkState = {
  readonly link: Link
  readonly isOnline: boolean
  readonly nowMs: number
}

/** Follows the connection; drawn again with time only while time matters. */
export function useLink(connection: ConnectionPort): LinkState {
  const [link, setLink] = useState<Link>(() =>
    connection.state === 'connected' ? { kind: 'fine' } : startingLink(Date.now()),
  )
  const [nowMs, setNowMs] = useState(() => Date.now())
  const isOnline = useOnline()
  useEffect(() => {
    const onState = (change: ConnectionChange) => {
      const atMs = Date.now()
      setNowMs(atMs)
      setLink((now) =>
        afterState(now, {
          state: change.current,
          retryInMs: change.retryIn,
          detail: change.reason?.message,
          atMs,
        }),
      )
    }
    connection.on(onState)
    return () => connection.off(onState)
  }, [connection])
  useEffect(() => {
    const waitMs = nextDrawInMs(link, nowMs)
    if (waitMs === undefined) return
    const timer = setTimeout(() => setNowMs(Date.now()), waitMs)
    return () => clearTimeout(timer)
  }, [link, nowMs])
  return useMemo(() => ({ link, isOnline, nowMs }), [link, isOnline, nowMs])
}

/** How long a line stands out once it can be seen. */
const FRESH_MS = 8_000

/** The serial after which lines of the server are news: it follows the newest line once that has been seen for a while. */
export function useFreshAfter(state: SessionState): string | undefined {
  const newest = state.timeline.at(-1)?.serial ?? ''
  const [freshAfter, setFreshAfter] = useState(() => (state.phase === 'open' ? newest : undefined))
  const line = state.timeline.findLast((entry) => entry.body.kind === 'line')?.serial ?? ''
  const isOpen = state.phase === 'open'
  useEffect(() => {
    if (isOpen) setFreshAfter((now) => now ?? newest)
  }, [isOpen, newest])
  const isVisible = useVisible()
  const isNews = freshAfter !== undefined && line > freshAfter
  useEffect(() => {
    if (!isNews || !isVisible) return
    const timer = setTimeout(() => setFreshAfter(line), FRESH_MS)
    return () => clearTimeout(timer)
  }, [isNews, isVisible, line])
  return freshAfter
}

/** Calls back when the channel's key, rights or people may have changed; coalesced by the caller. */
export function useCurrentChange(key: string, listener: () => void): void {
  const onChange = useEffectEvent(listener)
  usePermissionChanges((change) => {
    const touched = [...change.changed, ...change.gained].some((view) => keyOf(view) === key)
    if (touched || change.roles !== change.rolesBefore) onChange()
  })
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener)
      window.addEventListener('offline', listener)
      return () => {
        window.removeEventListener('online', listener)
        window.removeEventListener('offline', listener)
      }
    },
    () => navigator.onLine,
  )
}

function storage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
