// How much of a channel is held: what is far from where one reads is let go of, and can be loaded again. Pure.

import { newest, nextTo } from '../model/timeline.ts'
import type { SessionState } from './session-state.ts'

/** Held while reading at the bottom: enough to scroll back a little, few enough for a flood. */
const MOST_AT_BOTTOM = 700
const KEPT_AT_BOTTOM = 500
/** Held while reading further up. */
const MOST_HELD = 12_000
const KEPT_HELD = 10_000

/** What becomes of a state in which too much is held; nothing, if that is not so. */
export function letGo(
  state: SessionState,
  isAtBottom: boolean,
  readingAt: string | undefined,
): Partial<SessionState> {
  const { timeline, hasGap, hasNewer } = state
  if (hasGap) return {}
  if (isAtBottom && !hasNewer) {
    if (timeline.length <= MOST_AT_BOTTOM) return {}
    return { timeline: newest(timeline, KEPT_AT_BOTTOM), hasOlder: true }
  }
  if (timeline.length <= MOST_HELD || readingAt === undefined) return {}
  const kept = nextTo(timeline, readingAt, KEPT_HELD)
  return {
    timeline: kept,
    hasOlder: state.hasOlder || kept[0] !== timeline[0],
    hasNewer: hasNewer || kept.at(-1) !== timeline.at(-1),
  }
}
