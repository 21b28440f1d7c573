// Who is signed in, as state of the whole app.

import { type Api, ApiError, type SessionView } from '@sayso/client'
import { useCallback, useEffect, useState } from 'react'

export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unreached'; readonly detail: string }
  | { readonly kind: 'known'; readonly session: SessionView }

export type Session = SessionState & { readonly refresh: () => Promise<void> }

export function useSession(api: Api): Session {
  const [state, setState] = useState<SessionState>({ kind: 'loading' })
  const refresh = useCallback(async () => {
    try {
      const session = (await asked()) ?? (await api.session())
      setState({ kind: 'known', session })
    } catch (cause) {
      const detail = cause instanceof ApiError ? cause.problem.detail : String(cause)
      // Once known, a failed question changes nothing: the page stays usable.
      setState((now) => (now.kind === 'known' ? now : { kind: 'unreached', detail }))
    }
  }, [api])
  useEffect(() => {
    void refresh()
    const onStorage = (event: StorageEvent) => {
      if (event.key === CHANGED) void refresh()
    }
    window.addEventListener('storage', onStorage)
    return () => window.removeEventListener('storage', onStorage)
  }, [refresh])
  return { ...state, refresh }
}

declare global {
  /** Asked by `public/theme.js` while the script of the pages was on its way; undefined if there was no answer. */
  var saysoSession: Promise<SessionView | undefined> | undefined
}

/** What was asked before we were here, once: later it is old. */
async function asked(): Promise<SessionView | undefined> {
  const answer = globalThis.saysoSession
  globalThis.saysoSession = undefined
  return answer
}

const CHANGED = 'sayso.session'

/** Signing out in one tab is signing out in all of them: each asks again who it is. */
export function tellOtherTabs(): void {
  try {
    localStorage.setItem(CHANGED, String(Date.now()))
  } catch {
    // Storage is closed: the other tabs find out by their connection.
  }
}
