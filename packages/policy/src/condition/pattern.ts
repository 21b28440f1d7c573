// Patterns of `matches`, by an engine whose time is linear in the text: the text comes from strangers.
// The one door to the pattern library.

import { RE2JS } from '@bufbuild/re2'

export type Pattern = { test(text: string): boolean }

/** The pattern in RE2 syntax; undefined if it is none. */
export function compilePattern(text: string): Pattern | undefined {
  try {
    const pattern = RE2JS.compile(text)
    // The library reads the pattern when it is first asked.
    pattern.test('')
    return pattern
  } catch {
    return undefined
  }
}
