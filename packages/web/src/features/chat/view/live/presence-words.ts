// How somebody is, in words.

import { endOf } from '../../model/durations.ts'
import type { PresenceSaid } from '../../model/presence-said.ts'
import { liveTexts } from '../../model/texts-live.ts'

/** `Online`, `Do not disturb until 15:00`; absent: offline. */
export function availabilityText(said: PresenceSaid | undefined, nowMs: number): string {
  if (said?.availability === 'dnd' && said.untilMs !== undefined)
    return liveTexts.dndUntil(endOf(said.untilMs, nowMs))
  return liveTexts.availability[said?.availability ?? 'offline']
}

/** On one line: what somebody says of themselves, and how they are. */
export function presenceText(said: PresenceSaid | undefined, nowMs: number): string {
  const status = statusText(said)
  if (status === undefined) return availabilityText(said, nowMs)
  return `${status} · ${liveTexts.availability[said?.availability ?? 'offline']}`
}

/** The emoji and the text of a status on one line. */
export function statusText(said: PresenceSaid | undefined): string | undefined {
  const { emoji, text } = said?.status ?? {}
  const line = [emoji, text].filter((part) => part !== undefined && part !== '').join(' ')
  return line === '' ? undefined : line
}
