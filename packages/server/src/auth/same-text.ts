// Compares secrets without telling by the time it takes how much of a guess was right.

import { createHash, timingSafeEqual } from 'node:crypto'

/** True if both are the same text; takes the same time wherever they differ. Lengths are not told either. */
export function sameText(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
