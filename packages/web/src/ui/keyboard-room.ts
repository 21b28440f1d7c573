// Where the keyboard of a phone lies over the page instead of making it smaller, the page makes itself smaller: what one writes
// in stays in view.

/** A bar of the browser that comes and goes is lower than any keyboard. */
const LEAST_PX = 80
/** Zoomed with two fingers, the page keeps its size. */
const MOST_SCALE = 1.01

/** Keeps `--seen`, the height that can be seen, on the root while a keyboard covers a part of the page. */
export function leaveRoomForKeyboard(): void {
  const viewport = window.visualViewport
  if (viewport === null) return
  const root = document.documentElement
  viewport.addEventListener('resize', () => {
    const isZoomed = viewport.scale > MOST_SCALE
    const isCovered = !isZoomed && root.clientHeight - viewport.height >= LEAST_PX
    if (!isCovered) return void root.style.removeProperty('--seen')
    root.style.setProperty('--seen', `${viewport.height}px`)
    // The browser may have pushed the page up to show the field.
    window.scrollTo(0, 0)
  })
}
