// What a message answers, as its extras say: another message beside it in the channel, or the root of a thread. Pure.

import { type Entry, type Fields, isFields } from './timeline.ts'

export type Ref = { readonly type: 'reply' | 'thread'; readonly serial: string }

/** Anybody may send anything: what is not of this shape answers nothing. */
export function refOf(extras: Fields | undefined): Ref | undefined {
  const ref = extras?.ref
  if (!isFields(ref) || typeof ref.timeserial !== 'string' || ref.timeserial === '')
    return undefined
  if (ref.type !== 'reply' && ref.type !== 'thread') return undefined
  return { type: ref.type, serial: ref.timeserial }
}

/** The extras of an answer. */
export function answering(ref: Ref, isAlsoInChannel = false): Fields {
  return {
    ref: { type: ref.type, timeserial: ref.serial },
    ...(isAlsoInChannel ? { also: true } : {}),
  }
}

/** The root of the thread a message is in. */
export function rootOf(entry: Pick<Entry, 'extras'>): string | undefined {
  const ref = refOf(entry.extras)
  return ref?.type === 'thread' ? ref.serial : undefined
}

/** True for what stands in the channel itself: all but answers that are only in their thread. */
export function isInChannel(entry: Pick<Entry, 'extras'>): boolean {
  return rootOf(entry) === undefined || entry.extras?.also === true
}
