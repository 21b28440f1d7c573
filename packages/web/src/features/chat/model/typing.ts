// Who is writing now, and when one's own writing is told: the messages `typing.started` and `typing.stopped` of the stock chat
// client, which are told and kept nowhere. Pure.

/** A stock client repeats itself every ten seconds while its person writes, and takes others to have stopped after twelve. */
export const HEARD_MS = 12_000
/** One has stopped so long after the last key. */
export const STOPPED_MS = 5_000
/** While one goes on writing it is told so often. */
export const AGAIN_MS = 4_000
/** Nobody is believed to read more names. */
const MOST = 200

export type TypingEvent = {
  readonly who: string
  /** Serial of the root, in a thread. */
  readonly thread?: string | undefined
  readonly isWriting: boolean
  readonly atMs: number
}

/** Until when somebody is taken to be writing, and where. */
export type Typing = ReadonlyMap<string, { readonly untilMs: number; readonly thread?: string }>

export const SILENCE: Typing = new Map()

/** One person writes in one place at a time. The order is the one in which they began. */
export function typingAfter(now: Typing, event: TypingEvent): Typing {
  const { who, thread, isWriting, atMs } = event
  const before = now.get(who)
  // The word that one has stopped elsewhere comes after the word that one began here.
  if (!isWriting && (before === undefined || before.thread !== thread)) return now
  const next = new Map([...now].filter(([, one]) => one.untilMs > atMs))
  if (isWriting && (next.has(who) || next.size < MOST))
    next.set(who, { untilMs: atMs + HEARD_MS, ...(thread === undefined ? {} : { thread }) })
  else next.delete(who)
  return next
}

/** Who writes in one place at an instant. */
export function typistsIn(
  now: Typing,
  thread: string | undefined,
  atMs: number,
): readonly string[] {
  return [...now].flatMap(([who, one]) =>
    one.thread === thread && one.untilMs > atMs ? [who] : [],
  )
}

/** When the next of them is taken to have stopped; absent: nobody writes. */
export function nextSilenceMs(now: Typing): number | undefined {
  const ends = [...now.values()].map(({ untilMs }) => untilMs)
  return ends.length === 0 ? undefined : Math.min(...ends)
}

/** One's own writing in one place: when it was told last, and the last key. Absent: others think that one does not write. */
export type OwnTyping = { readonly toldMs: number; readonly keyMs: number } | undefined

export type OwnStep = {
  readonly next: OwnTyping
  readonly tell?: 'typing.started' | 'typing.stopped'
}

/** A key was pressed. */
export function afterKey(now: OwnTyping, nowMs: number): OwnStep {
  const isTold = now !== undefined && nowMs - now.toldMs < AGAIN_MS
  if (isTold) return { next: { ...now, keyMs: nowMs } }
  return { next: { toldMs: nowMs, keyMs: nowMs }, tell: 'typing.started' }
}

/** Time has passed. */
export function afterPause(now: OwnTyping, nowMs: number): OwnStep {
  return now === undefined || nowMs - now.keyMs < STOPPED_MS ? { next: now } : afterStop(now)
}

/** The text was sent or taken away, or one has left. */
export function afterStop(now: OwnTyping): OwnStep {
  return now === undefined ? { next: now } : { next: undefined, tell: 'typing.stopped' }
}
