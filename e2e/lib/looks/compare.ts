// Two pictures of one screen, pixel by pixel. Not one may differ: both come from the same browser on the same machine.

import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

export type Difference = {
  /** How many pixels differ, those of a place that only one picture has included. */
  readonly pixels: number
  /** The first picture grown pale, what differs in red; PNG. */
  readonly picture: Buffer
}

/** @param before @param after PNG files @returns undefined if they are the same */
export function compared(before: Buffer, after: Buffer): Difference | undefined {
  if (before.equals(after)) return undefined
  const [one, other] = [PNG.sync.read(before), PNG.sync.read(after)]
  const width = Math.max(one.width, other.width)
  const height = Math.max(one.height, other.height)
  const drawn = new PNG({ width, height })
  const pixels = pixelmatch(
    onto(one, width, height),
    onto(other, width, height),
    drawn.data,
    width,
    height,
    { threshold: 0, includeAA: true },
  )
  return pixels === 0 ? undefined : { pixels, picture: PNG.sync.write(drawn) }
}

/** The pixels on a larger ground that is transparent, as nothing on a page is. */
function onto(png: PNG, width: number, height: number): Buffer {
  if (png.width === width && png.height === height) return png.data
  const ground = new PNG({ width, height })
  PNG.bitblt(png, ground, 0, 0, png.width, png.height, 0, 0)
  return ground.data
}

type Shots = readonly Buffer[]

/**
 * Of several pictures of each: undefined if any two are the same, else how the last two differ. A screen that was caught a moment
 * too early once is not different.
 */
export function unlike(before: Shots, after: Shots): Difference | undefined {
  let last: Difference | undefined
  for (const one of before)
    for (const other of after) {
      last = compared(one, other)
      if (last === undefined) return undefined
    }
  return last
}
