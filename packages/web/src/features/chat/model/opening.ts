// Where a channel is opened. Pure.

import type { KeptPlace } from './places.ts'
import type { Row } from './rows.ts'
import type { Timeline } from './timeline.ts'

export type Opening =
  /** Where one was at this step of the browser's history. */
  | { readonly kind: 'kept'; readonly kept: KeptPlace }
  /** At the message the address names. */
  | { readonly kind: 'at'; readonly serial: string }
  /** At the first unread message. `load`: the serial around which to load first. */
  | { readonly kind: 'unread'; readonly load: string | undefined }
  | { readonly kind: 'newest' }

export type OpeningInput = {
  readonly kept: KeptPlace | undefined
  readonly at: string | undefined
  /** What was read last; absent if nothing is unread. */
  readonly seenSerial: string | undefined
  readonly timeline: Timeline
  readonly hasOlder: boolean
  readonly rows: readonly Row[]
}

export function openingOf(input: OpeningInput): Opening {
  const { kept, at, seenSerial, timeline } = input
  if (kept?.at === at && kept?.place.kind === 'row') return { kind: 'kept', kept }
  if (at !== undefined) return { kind: 'at', serial: at }
  if (seenSerial === undefined || seenSerial >= (timeline.at(-1)?.serial ?? ''))
    return { kind: 'newest' }
  const isHeld = !input.hasOlder || seenSerial >= (timeline[0]?.serial ?? '')
  if (!isHeld) return { kind: 'unread', load: seenSerial }
  return unreadRow(input.rows) === undefined
    ? { kind: 'newest' }
    : { kind: 'unread', load: undefined }
}

export function unreadRow(rows: readonly Row[]): Row | undefined {
  return rows.find((row) => row.kind === 'unread')
}

/** The row of a message. */
export function rowOfSerial(rows: readonly Row[], serial: string): Row | undefined {
  return rows.find((row) => 'entry' in row && row.entry.serial === serial)
}
