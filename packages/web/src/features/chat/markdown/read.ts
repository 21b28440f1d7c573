// Texts read lately: a row that comes back into sight is not read again.

import { parseMarkdown } from './parse.ts'
import type { Block } from './tree.ts'

const MOST = 600
/** What is longer is rare, and heavy to keep. */
const LONGEST = 4_000

const read = new Map<string, readonly Block[]>()

/** The blocks of a text, as `parseMarkdown` makes them. */
export function blocksOf(source: string): readonly Block[] {
  const known = read.get(source)
  const blocks = known ?? parseMarkdown(source)
  if (source.length > LONGEST) return blocks
  // The one used last stands at the end; the one at the front goes first.
  if (known !== undefined) read.delete(source)
  read.set(source, blocks)
  if (read.size > MOST) read.delete(read.keys().next().value ?? '')
  return blocks
}

/** Nothing that was read is kept: what may no longer be seen must not stay in memory. */
export function forgetTexts(): void {
  read.clear()
}
