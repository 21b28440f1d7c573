// Computes every pair of colours that carries text or meaning, in both themes and in high contrast.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

type Theme = 'light' | 'dark'
type Rgb = readonly [number, number, number]
type Colour = { readonly rgb: Rgb; readonly alpha: number }

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const plain = tokensOf(css.slice(0, css.indexOf('[data-theme=')))
const more = new Map([
  ...plain,
  ...tokensOf(/\[data-contrast="more"\] \{([^}]*)\}/.exec(css)?.[1] ?? ''),
])

const GROUNDS = ['desk', 'surface', 'surface-sunk', 'surface-raised', 'accent-soft']
const TEXTS = ['ink', 'ink-2', 'ink-3', 'accent-text', 'positive', 'caution', 'danger', 'info']
const ROLES = ['owner', 'admin', 'moderator', 'operator', 'participant', 'guest', 'bot'].map(
  (name) => `role-${name}`,
)
const ON_FILL = [
  ['on-accent', 'accent'],
  ['on-marker', 'marker'],
  ['on-danger', 'danger'],
  ['marker-text', 'marker-soft'],
  ['ink', 'marker-soft'],
  ['ink-3', 'marker-soft'],
  ['positive', 'positive-soft'],
  ['caution', 'caution-soft'],
  ['ink', 'caution-soft'],
  ['ink-2', 'caution-soft'],
  ['danger', 'danger-soft'],
  ['info', 'info-soft'],
  ['ink-invert', 'ink'],
] as const
const EDGES = ['line-control', 'focus', 'presence-online', 'presence-off']
const cases = (['light', 'dark'] as const).flatMap((theme) => [
  { theme, contrast: 'normal', tokens: plain, least: 4.5 },
  { theme, contrast: 'more', tokens: more, least: 7 },
])

describe.each(cases)('$theme theme, $contrast contrast', ({ theme, tokens, least }) => {
  const ratio = (front: string, back: string) =>
    contrast(colour(tokens, front, theme), colour(tokens, back, theme))

  test.each([...TEXTS, ...ROLES])('%s as text', (text) => {
    for (const ground of GROUNDS)
      expect([ground, ratio(text, ground) >= least]).toEqual([ground, true])
  })

  test.each(ON_FILL)('%s on %s', (text, ground) => {
    expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(EDGES)('%s as an edge that means something', (edge) => {
    for (const ground of GROUNDS.slice(0, 4))
      expect([ground, ratio(edge, ground) >= 3]).toEqual([ground, true])
  })

  test('initials in every hue', () => {
    const avatar = tokensOf(/\[data-hue\] \{([^}]*)\}/.exec(css)?.[1] ?? '')
    for (let hue = 0; hue < 360; hue += 15) {
      const own = new Map(
        [...avatar].map(([name, value]) => [name, value.replaceAll('var(--hue, 220)', `${hue}`)]),
      )
      const least = contrast(colour(own, 'avatar-fg', theme), colour(own, 'avatar-bg', theme))
      expect([hue, least >= 4.5]).toEqual([hue, true])
    }
  })
})

function tokensOf(block: string): Map<string, string> {
  const clean = block.replaceAll(/\/\*[\s\S]*?\*\//g, '')
  const found = clean.matchAll(/--([\w-]+):\s*([^;]+);/g)
  return new Map(
    [...found].map(([, name = '', value = '']) => [name, value.replaceAll(/\s+/g, ' ').trim()]),
  )
}

function colour(tokens: ReadonlyMap<string, string>, name: string, theme: Theme): Colour {
  const value = tokens.get(name)
  if (value === undefined) throw new Error(`no token --${name}`)
  const reference = /^var\(--([\w-]+)\)$/.exec(value)?.[1]
  if (reference !== undefined) return colour(tokens, reference, theme)
  const both = /^light-dark\( ?(oklch\([^)]*\)), ?(oklch\([^)]*\)) ?\)$/.exec(value)
  const text = theme === 'light' ? both?.[1] : both?.[2]
  if (text === undefined) throw new Error(`--${name} is no pair: ${value}`)
  return oklch(text)
}

function oklch(text: string): Colour {
  const [l = 0, c = 0, h = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ]
  const rgb: Rgb = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ]
  return { rgb: rgb.map((part) => Math.min(1, Math.max(0, part))) as unknown as Rgb, alpha }
}

function contrast(one: Colour, other: Colour): number {
  expect([one.alpha, other.alpha]).toEqual([1, 1])
  const [bright = 0, dark = 0] = [luminance(one.rgb), luminance(other.rgb)].sort((a, b) => b - a)
  return (bright + 0.05) / (dark + 0.05)
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
