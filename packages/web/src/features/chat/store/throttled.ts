// Tells listeners at once, then not again until a moment has passed: a flood is drawn in gulps, a single message at once.

export type Subscribe = (listener: () => void) => () => void

/** `waitMs` is the shortest time between two calls of one listener. The last change is always told. */
export function throttled(subscribe: Subscribe, waitMs: number): Subscribe {
  return (listener) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOwed = false
    const rest = () => {
      timer = undefined
      if (!isOwed) return
      isOwed = false
      tell()
    }
    const tell = () => {
      timer = setTimeout(rest, waitMs)
      listener()
    }
    const stop = subscribe(() => {
      if (timer === undefined) tell()
      else isOwed = true
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }
}
