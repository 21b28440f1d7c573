// What need not be in the next picture is done once that has been drawn.

/** Where no picture is drawn, as in a page behind another one, it is done all the same. */
const LATEST_MS = 200

/** Does `work` after the next paint. Returns what takes it back. */
export function afterPaint(work: () => void): () => void {
  let late: ReturnType<typeof setTimeout> | undefined
  const run = () => {
    stop()
    work()
  }
  const frame = requestAnimationFrame(() => {
    // Not the first task after it either: that is for what was asked of the picture itself.
    late = setTimeout(() => {
      late = setTimeout(run, 0)
    }, 0)
  })
  const timer = setTimeout(run, LATEST_MS)
  const stop = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    clearTimeout(late)
  }
  return stop
}
