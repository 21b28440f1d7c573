// The owner names one colour, which fills what is pressed as it is; what stands on it, beside it and in the dark is worked out, so
// that all of it can be read.

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
/** A fill that is hardly another colour than what is around it is no fill. */
const SEEN = 1.4

/** The colour, moved towards `end` until it stands out from `ground`. */
function against(ground: Rgb, colour: Rgb, end: Rgb, least: number): Rgb {
  let found = colour
  for (let step = 1; contrast(found, ground) < least && step <= 20; step += 1)
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

/**
 * What is drawn with one colour in one theme.
 *
 * @param text on the colour; one that cannot be read there is not taken
 */
export function palette(
  colour: string | undefined,
  theme: 'light' | 'dark',
  text?: string,
): Palette {
  const own = parsedColour(colour) ?? (parsedColour(DEFAULT_COLOUR) as Rgb)
  const ground: Rgb = theme === 'light' ? WHITE : [24, 30, 33]
  const end = theme === 'light' ? BLACK : WHITE
  const accent = against(ground, own, end, SEEN)
  const soft = mixed(accent, ground, theme === 'light' ? 0.9 : 0.78)
  const said = parsedColour(text)
  // Where white cannot be read, black can.
  const best = contrast(WHITE, accent) >= READABLE ? WHITE : BLACK
  const onAccent = said !== undefined && contrast(said, accent) >= READABLE ? said : best
  return {
    accent: hex(accent),
    onAccent: hex(onAccent),
    // On the sheet, and on the soft one.
    accentText: hex(against(soft, against(ground, own, end, READABLE), end, READABLE)),
    accentSoft: hex(soft),
    accentLine: hex(mixed(accent, ground, 0.6)),
  }
}
