// Tells of what others say, for as long as the chat is open in some tab.

import { useEffect, useRef } from 'react'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { measureServer, serverNow } from '../../../../ui/server-clock.ts'
import { choiceIn } from '../../model/notifying.ts'
import { type Notifier, notifierOf } from '../../store/notifier.ts'
import { oneTab } from '../../store/one-tab.ts'
import type { LiveProps } from './live-props.ts'
import { ownSaid } from './own-said.ts'
import { systemNotices, tone } from './system-notices.ts'
import { after } from './timer.ts'

export function useNotifying(props: LiveProps): void {
  const { store, realtime, api, me } = props
  const navigate = useNavigate()
  const latest = useRef({ ...props, navigate })
  latest.current = { ...props, navigate }
  const notifier = useRef<Notifier>(undefined)
  useEffect(() => {
    const tabs = oneTab(me, navigator.locks as LockManager | undefined)
    const notices = systemNotices((href) => latest.current.navigate(href))
    const look = () => tabs.setViewing(viewed(latest.current))
    // What is old is told by the server's time.
    measureServer(api).catch(() => undefined)
    const opened = notifierOf({
      realtime,
      api,
      personal: store.personal,
      me,
      views: () => latest.current.views ?? [],
      counts: () => latest.current.counts,
      now: serverNow,
      timer: after,
      isDnd: () => ownSaid().availability === 'dnd',
      isTeller: tabs.isTeller,
      isViewed: async (channel) => {
        look()
        return tabs.isViewed(channel)
      },
      show: notices.show,
      hide: notices.hide,
      beep: tone,
    })
    notifier.current = opened
    const onLeave = () => notices.hide(undefined)
    for (const name of FOCUS) window.addEventListener(name, look)
    window.addEventListener('pagehide', onLeave)
    look()
    return () => {
      for (const name of FOCUS) window.removeEventListener(name, look)
      window.removeEventListener('pagehide', onLeave)
      opened.close()
      tabs.close()
      notifier.current = undefined
    }
  }, [store, realtime, api, me])
  // Which channel is looked at follows from the address and from what may be read.
  useEffect(() => {
    window.dispatchEvent(new Event(LOOKED))
    notifier.current?.tidy()
  })
  useEndedChoices(props)
}

const LOOKED = 'sayso-looked'
const FOCUS = ['focus', 'blur', 'visibilitychange', LOOKED] as const

/** The channel one has before one's eyes: the page has the focus, and shows it. */
function viewed({ view, isCovered }: LiveProps): string | undefined {
  const isHere = document.visibilityState === 'visible' && document.hasFocus()
  return isHere && !isCovered ? view?.channel : undefined
}

/** A choice that is over is taken away, so that everything that shows it is drawn again. */
function useEndedChoices({ store }: LiveProps): void {
  useEffect(() => {
    const { personal } = store
    let stop: (() => void) | undefined
    const check = () => {
      stop?.()
      const nowMs = serverNow()
      const kept = [...personal.all('notify')]
      for (const [name, value] of kept)
        if (choiceIn(value, nowMs) === undefined) personal.set('notify', name, undefined)
      const ends = kept.flatMap(([, value]) => choiceIn(value, nowMs)?.untilMs ?? [])
      const wait = Math.min(...ends) - nowMs
      stop = Number.isFinite(wait) ? after(check, Math.min(wait + 20, DAY_MS)) : undefined
    }
    let before = personal.all('notify')
    const stopPersonal = personal.subscribe(() => {
      const now = personal.all('notify')
      if (now === before) return
      before = now
      check()
    })
    check()
    return () => {
      stop?.()
      stopPersonal()
    }
  }, [store])
}

const DAY_MS = 86_400_000
