// How one is seen by others: what one has chosen, else whether one is at the page. Kept with the personal settings under the
// key `presence`. Pure.

import { type Availability, type PresenceSaid, type StatusLine, statusIn } from './presence-said.ts'
import type { Fields } from './timeline.ts'

export const PRESENCE_KEY = 'presence'

/** Away after so long without a key, a touch or a movement. */
export const IDLE_MS = 5 * 60_000
/** Away when the page was hidden for so long: a glance at another tab is no absence. */
export const HIDDEN_MS = 10_000

/** What one has chosen; without a state one is online while one is at the page. */
export type OwnChoice = {
  readonly state?: 'away' | 'dnd'
  /** When the state ends; milliseconds since 1970. */
  readonly untilMs?: number
  readonly status?: StatusLine
}

/** What is kept, as far as it makes sense and is not over. */
export function ownChoiceIn(kept: Fields | undefined, nowMs: number): OwnChoice {
  const state = kept?.state === 'away' || kept?.state === 'dnd' ? kept.state : undefined
  const untilMs = typeof kept?.untilMs === 'number' ? kept.untilMs : undefined
  const isOver = untilMs !== undefined && untilMs <= nowMs
  const status = statusIn(kept?.status, nowMs)
  return {
    ...(state === undefined || isOver
      ? {}
      : { state, ...(untilMs === undefined ? {} : { untilMs }) }),
    ...(status === undefined ? {} : { status }),
  }
}

/** Whether one is at the page. */
export type AtPage = {
  readonly lastInputMs: number
  /** Absent while the page can be seen. */
  readonly hiddenSinceMs?: number | undefined
}

/** How one is seen now, and when that changes by itself. */
export function ownPresence(
  choice: OwnChoice,
  at: AtPage,
  nowMs: number,
): { readonly said: PresenceSaid; readonly nextMs: number | undefined } {
  const idleMs = at.lastInputMs + IDLE_MS
  const hiddenMs = (at.hiddenSinceMs ?? Number.POSITIVE_INFINITY) + HIDDEN_MS
  const awayMs = Math.min(idleMs, hiddenMs)
  const availability: Availability = choice.state ?? (awayMs <= nowMs ? 'away' : 'online')
  const said: PresenceSaid = {
    availability,
    ...(choice.state === 'dnd' && choice.untilMs !== undefined ? { untilMs: choice.untilMs } : {}),
    ...(choice.status === undefined ? {} : { status: choice.status }),
  }
  const ends = [
    choice.untilMs,
    choice.status?.untilMs,
    choice.state === undefined ? awayMs : undefined,
  ].filter((end) => end !== undefined && end > nowMs && Number.isFinite(end)) as number[]
  return { said, nextMs: ends.length === 0 ? undefined : Math.min(...ends) }
}
