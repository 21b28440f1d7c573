// Where something that floats goes: beside what it belongs to, turned over or pushed in if the window is too small.

export type Side = 'below' | 'above' | 'start'
export type Box = {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}
export type Size = { readonly width: number; readonly height: number }

const EDGE = 8

/** Left upper corner of `size` beside `anchor`, in pixels; `gap` is kept between them. Ends line up at the anchor's right. */
export function place(anchor: Box, size: Size, view: Size, side: Side, gap: number) {
  const right = anchor.left + anchor.width - size.width
  const below = anchor.top + anchor.height + gap
  const above = anchor.top - gap - size.height
  const fitsBelow = below + size.height <= view.height - EDGE
  const fitsAbove = above >= EDGE
  const top =
    side === 'start'
      ? anchor.top
      : side === 'below'
        ? fitsBelow || !fitsAbove
          ? below
          : above
        : fitsAbove || !fitsBelow
          ? above
          : below
  const left = side === 'start' ? anchor.left - gap - size.width : right
  return {
    left: clamp(left, EDGE, view.width - EDGE - size.width),
    top: clamp(top, EDGE, view.height - EDGE - size.height),
  }
}

/** Moves `floating` beside `anchor`; a style sheet may still put it elsewhere on a phone. */
export function float(
  anchor: Pick<Element, 'getBoundingClientRect'>,
  floating: HTMLElement,
  side: Side,
  gap = 6,
): void {
  const view = { width: window.innerWidth, height: window.innerHeight }
  const at = place(
    anchor.getBoundingClientRect(),
    floating.getBoundingClientRect(),
    view,
    side,
    gap,
  )
  floating.style.setProperty('--x', `${at.left}px`)
  floating.style.setProperty('--y', `${at.top}px`)
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
