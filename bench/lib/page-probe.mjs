// What a page can say of itself: frames while it scrolls, how long a key takes to the paint, when something is drawn.
// Runs inside the page.

/** Puts the probe into the page as `probe`. Times are milliseconds of the page's clock. */
export function installProbe() {
  const log = () => document.querySelector('.log')
  const painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(0)
      }),
    )
  const tasks = []
  new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map((entry) => entry.duration)),
  ).observe({ type: 'longtask' })
  const keys = []
  addEventListener(
    'keydown',
    (event) => void painted().then((at) => keys.push(at - event.timeStamp)),
    { capture: true },
  )

  /** Scrolls back by so much in each frame, for a time. */
  const fling = async (pxPerFrame, forMs) => {
    tasks.length = 0
    const begunAt = performance.now()
    const frames = []
    let mostDrawn = 0
    let before = begunAt
    while (before - begunAt < forMs) {
      log().scrollTop -= pxPerFrame
      const at = await new Promise(requestAnimationFrame)
      frames.push(at - before)
      before = at
      mostDrawn = Math.max(mostDrawn, document.querySelectorAll('.log article').length)
    }
    return { frames, mostDrawn, longestTaskMs: Math.max(0, ...tasks) }
  }

  /** When something that the selector finds says the text and has been painted. */
  const shown = (selector, text) =>
    new Promise((resolve) => {
      const look = () => {
        const found = [...document.querySelectorAll(selector)]
        if (!found.some((one) => one.textContent?.includes(text))) return
        watcher.disconnect()
        painted().then((at) => resolve({ at, dateMs: performance.timeOrigin + at }))
      }
      const watcher = new MutationObserver(look)
      watcher.observe(document.body, { subtree: true, childList: true, characterData: true })
      look()
    })

  /** Milliseconds from the next key to the paint of a text. */
  const afterKey = async (selector, text) => {
    const begun = await new Promise((resolve) =>
      addEventListener('keydown', (event) => resolve(event.timeStamp), { once: true }),
    )
    return (await shown(selector, text)).at - begun
  }

  globalThis.probe = { fling, shown, afterKey, keys, now: () => performance.now() }
}
