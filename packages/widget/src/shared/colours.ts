// The owner names one colour; what stands on it, beside it and in the dark is worked out, so that all of it can be read.

/** Red, green and blue, 0–255. */
export type Rgb = readonly [number, number, number]

export const DEFAULT_COLOUR = '#0d6b62'

/** `#abc` and `#aabbcc`; undefined for anything else. */
export function parsedColour(text: string | undefined): Rgb | undefined {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text ?? '')?.[1]
  if (digits === undefined) return undefined
  const whole = digits.length === 3 ? [...digits].map((each) => each + each).join('') : digits
  const at = (index: number) => Number.parseInt(whole.slice(index, index + 2), 16)
  return [at(0), at(2), at(4)]
}

/** WCAG 2.2: 0 for black to 1 for white. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

export function mixed(one: Rgb, other: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2) => Math.round(one[index] * (1 - share) + other[index] * share)
  return [at(0), at(1), at(2)]
}

export const hex = (colour: Rgb): string =>
  `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
/** Body text needs 4.5:1; a little more, since colours are rounded. */
const READABLE = 4.6

/** The colour, moved towards `end` until it can be read on `ground`. */
function readableOn(colour: Rgb, ground: Rgb, end: Rgb): Rgb {
  let found = colour
  for (let step = 1; contrast(found, ground) < READABLE && step <= 20; step += 1)
    found = mixed(colour, end, step / 20)
  return found
}

export type Palette = {
  readonly accent: string
  readonly onAccent: string
  readonly accentText: string
  readonly accentSoft: string
  readonly accentLine: string
}

/** What is drawn with one colour in one theme. */
export function palette(colour: string | undefined, theme: 'light' | 'dark'): Palette {
  const own = parsedColour(colour) ?? (parsedColour(DEFAULT_COLOUR) as Rgb)
  const ground: Rgb = theme === 'light' ? WHITE : [24, 30, 33]
  const end = theme === 'light' ? BLACK : WHITE
  // As the text of links on the sheet, and as a fill that stands out from it.
  const accent = readableOn(own, ground, end)
  const soft = mixed(accent, ground, theme === 'light' ? 0.9 : 0.78)
  const onAccent = contrast(WHITE, accent) >= contrast([20, 20, 20], accent) ? WHITE : BLACK
  return {
    accent: hex(accent),
    onAccent: hex(onAccent),
    accentText: hex(readableOn(accent, soft, end)),
    accentSoft: hex(soft),
    accentLine: hex(mixed(accent, ground, 0.6)),
  }
}
