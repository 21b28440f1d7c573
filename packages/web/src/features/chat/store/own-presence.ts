// How one is seen: follows what one has chosen and whether one is at the page, and says it when it changes.

import { type AtPage, ownChoiceIn, ownPresence, PRESENCE_KEY } from '../model/own-presence.ts'
import { type PresenceSaid, wirePresence } from '../model/presence-said.ts'
import type { Personal } from './personal.ts'

export type OwnPresenceNeeds = {
  readonly personal: Pick<Personal, 'get' | 'set' | 'subscribe'>
  readonly say: (data: object) => void
  readonly now: () => number
  /** Runs something after a while; returns a way to call it off. */
  readonly timer: (run: () => void, ms: number) => () => void
  /** The page, and what happens in it. */
  readonly page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
}

export type OwnPresence = {
  said(): PresenceSaid
  subscribe(listener: () => void): () => void
  close(): void
}

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const
/** A hundred movements are one sign of life. */
const NOTED_MS = 1_000
/** Browsers count no timer beyond some 24 days. */
const LONGEST_WAIT_MS = 86_400_000

export function ownPresenceOf(needs: OwnPresenceNeeds): OwnPresence {
  const { personal, page, now } = needs
  const listeners = new Set<() => void>()
  let at: AtPage = { lastInputMs: now(), hiddenSinceMs: hiddenMs(page, now()) }
  let said: PresenceSaid = { availability: 'online' }
  let told = ''
  let stopTimer: (() => void) | undefined

  const draw = () => {
    const nowMs = now()
    const kept = personal.get('settings', PRESENCE_KEY)
    const { said: next, nextMs } = ownPresence(ownChoiceIn(kept, nowMs), at, nowMs)
    stopTimer?.()
    stopTimer =
      nextMs === undefined
        ? undefined
        : needs.timer(draw, Math.min(nextMs - nowMs + 10, LONGEST_WAIT_MS))
    const data = wirePresence(next)
    const text = JSON.stringify(data)
    if (text === told) return
    told = text
    said = next
    needs.say(data)
    for (const listener of [...listeners]) listener()
  }
  const onSign = () => {
    const nowMs = now()
    if (nowMs - at.lastInputMs < NOTED_MS) return
    at = { ...at, lastInputMs: nowMs }
    // Later is soon enough: the timer that waits for the absence finds that there was none.
    if (said.availability === 'away') draw()
  }
  const onVisible = () => {
    const nowMs = now()
    const hiddenSinceMs = hiddenMs(page, nowMs)
    // Whoever comes back to the page is there, key or not.
    at = { lastInputMs: hiddenSinceMs === undefined ? nowMs : at.lastInputMs, hiddenSinceMs }
    draw()
  }
  for (const sign of SIGNS) page.addEventListener(sign, onSign, { passive: true })
  page.addEventListener('visibilitychange', onVisible)
  const stopPersonal = personal.subscribe(draw)
  draw()
  return {
    said: () => said,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      stopTimer?.()
      stopPersonal()
      listeners.clear()
      for (const sign of SIGNS) page.removeEventListener(sign, onSign)
      page.removeEventListener('visibilitychange', onVisible)
    },
  }
}

function hiddenMs(page: Pick<Document, 'visibilityState'>, nowMs: number): number | undefined {
  return page.visibilityState === 'hidden' ? nowMs : undefined
}
