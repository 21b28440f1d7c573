// Whether this device has a picture for an emoji. Fonts lag years behind the standard, and a box is nothing to pick.

const SIZE = 32
/** Parts of what belongs together, drawn side by side, are wider than one picture. */
const WIDEST = 1.6

export function isShown(char: string): boolean {
  if (typeof document === 'undefined') return true
  const context = canvas()
  if (context === undefined) return true
  const isOne = context.measureText(char).width < WIDEST * context.measureText('\u{1F600}').width
  if (!isOne) return false
  // A picture has its own colours; a letter or a box takes the colour it is drawn in.
  const black = drawn(context, char, '#000')
  const white = drawn(context, char, '#fff')
  return black.some((value) => value > 0) && black.every((value, at) => value === white[at])
}

let shared: CanvasRenderingContext2D | undefined

function canvas(): CanvasRenderingContext2D | undefined {
  if (shared !== undefined) return shared
  const element = document.createElement('canvas')
  element.width = SIZE * 2
  element.height = SIZE * 2
  const context = element.getContext('2d', { willReadFrequently: true }) ?? undefined
  if (context === undefined) return undefined
  context.textBaseline = 'top'
  context.font = `${SIZE}px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif`
  shared = context
  return context
}

function drawn(context: CanvasRenderingContext2D, char: string, colour: string): Uint8ClampedArray {
  context.clearRect(0, 0, SIZE * 2, SIZE * 2)
  context.fillStyle = colour
  context.fillText(char, 0, 0)
  return context.getImageData(0, 0, SIZE * 2, SIZE * 2).data
}
