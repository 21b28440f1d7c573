// Tells listeners at once, then not again until a moment has passed: a flood is drawn in gulps, a single message at once.

export type Subscribe = (listener: () => void) => () => void

/**
 * `waitMs` is the shortest time between two calls of one listener. The last change is always told.
 *
 * @param when finds the moment to call it; absent: at once
 */
export function throttled(subscribe: Subscribe, waitMs: number, when = atOnce): Subscribe {
  return (listener) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOwed = false
    let isWaiting = false
    let takeBack = () => {}
    const rest = () => {
      timer = undefined
      if (!isOwed) return
      isOwed = false
      tell()
    }
    const tell = () => {
      isWaiting = true
      takeBack = when(() => {
        isWaiting = false
        timer = setTimeout(rest, waitMs)
        listener()
      })
    }
    const stop = subscribe(() => {
      if (isWaiting) return
      if (timer === undefined) tell()
      else isOwed = true
    })
    return () => {
      clearTimeout(timer)
      takeBack()
      stop()
    }
  }
}

function atOnce(work: () => void): () => void {
  work()
  return () => undefined
}
