// The server's time: the wall clock without its jumps. A clock that is set wrong and back again ends no right early and
// brings none back; one that was set right is followed after a while.

/** More than this is a jump, not drift; milliseconds. */
const JUMP_MS = 1_000
/** How long the wall clock must stay where it jumped to before it is followed; milliseconds. */
export const FOLLOW_AFTER_MS = 300_000

/**
 * Small differences are followed at once, without ever going back. The time of a machine that slept counts as a jump.
 *
 * @param wall      milliseconds since 1970, may jump
 * @param monotonic milliseconds since whenever, never jumps
 * @returns milliseconds since 1970, whole
 */
export function steadyClock(wall: () => number, monotonic: () => number): () => number {
  let offset = wall() - monotonic()
  let last = Number.NEGATIVE_INFINITY
  let jump: { readonly offset: number; readonly sinceMs: number } | undefined
  const follow = (to: number): void => {
    offset = to
    jump = undefined
  }
  return () => {
    const ticks = monotonic()
    const seen = wall() - ticks
    if (Math.abs(seen - offset) <= JUMP_MS) follow(seen)
    else if (jump === undefined || Math.abs(seen - jump.offset) > JUMP_MS)
      jump = { offset: seen, sinceMs: ticks }
    else if (ticks - jump.sinceMs >= FOLLOW_AFTER_MS) {
      follow(seen)
      last = Number.NEGATIVE_INFINITY
    }
    last = Math.max(last, Math.floor(ticks + offset))
    return last
  }
}

/** The one clock of this process. */
export const steadyNow = steadyClock(
  () => Date.now(),
  () => performance.now(),
)
