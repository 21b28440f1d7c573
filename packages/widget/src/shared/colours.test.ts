import { describe, expect, test } from 'vitest'
import { contrast, palette, parsedColour, type Rgb } from './colours.ts'

const GROUNDS: Readonly<Record<'light' | 'dark', Rgb>> = {
  light: [255, 255, 255],
  dark: [24, 30, 33],
}
const LEAST = 4.5
const steps = ['00', '40', '80', 'c0', 'ff']
const colours = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))
const rgb = (text: string) => parsedColour(text) as Rgb

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test('whatever colour the owner names can be read, and read on', () => {
    for (const colour of colours) {
      const { accent, onAccent, accentText, accentSoft } = palette(colour, theme)
      const pairs = {
        fill: [accent, onAccent],
        link: [accentText, accentSoft],
      } as const
      for (const [what, [one, other]] of Object.entries(pairs))
        expect(contrast(rgb(one), rgb(other)), `${what} of ${colour}`).toBeGreaterThanOrEqual(LEAST)
      expect(contrast(rgb(accentText), GROUNDS[theme]), colour).toBeGreaterThanOrEqual(LEAST)
      // A fill is told from the sheet it lies on.
      expect(contrast(rgb(accent), GROUNDS[theme]), colour).toBeGreaterThanOrEqual(1.35)
    }
  })

  test('the owner’s colour is filled in as it is, with their colour on it if that can be read', () => {
    for (const colour of ['#8a4b2f', '#f2c14e', '#3b5bdb']) {
      expect(palette(colour, theme).accent).toBe(colour)
      expect(palette(colour, theme, colour).onAccent).toBe(palette(colour, theme).onAccent)
    }
    expect(palette('#8a4b2f', theme, '#fff4e0').onAccent).toBe('#fff4e0')
  })

  test('what is no colour is ours', () => {
    for (const text of ['red', '#12', 'url(x)', '', undefined])
      expect(palette(text, theme)).toEqual(palette(undefined, theme))
  })
})

test('short colours are long ones', () => {
  expect(parsedColour('#abc')).toEqual(parsedColour('#aabbcc'))
})
