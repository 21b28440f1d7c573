// Canned replies: found by a slash, their variables filled. Pure.

import type { CannedReply } from './shapes.ts'

/** What stands behind the slash that is being written, and where it begins. */
export type Slash = { readonly from: number; readonly word: string }

/** The slash before the caret, at the start or behind a space; anywhere in the text. */
export function slashAt(text: string, caret: number): Slash | undefined {
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret))
  if (found === null) return undefined
  const word = found[1] ?? ''
  return { from: caret - word.length - 1, word }
}

const MOST_SHOWN = 8

/** Those whose shortcut begins so, then those that hold the word. */
export function found(replies: readonly CannedReply[], word: string): readonly CannedReply[] {
  const wanted = word.toLocaleLowerCase()
  const rank = ({ shortcut, text }: CannedReply) => {
    const name = shortcut.toLocaleLowerCase()
    if (name.startsWith(wanted)) return 0
    return name.includes(wanted) || text.toLocaleLowerCase().includes(wanted) ? 1 : 2
  }
  return replies
    .filter((one) => rank(one) < 2)
    .toSorted((one, other) => rank(one) - rank(other) || one.shortcut.localeCompare(other.shortcut))
    .slice(0, MOST_SHOWN)
}

/** What variables stand for: `{visitor.name}`. */
export type Variables = Readonly<Record<string, string | undefined>>

export const VARIABLES = [
  'visitor.name',
  'visitor.email',
  'operator.name',
  'conversation.key',
  'widget.name',
] as const

export type Filled = {
  readonly text: string
  /** Variables nothing is known for: they stay as they are, so that it is seen. */
  readonly missing: readonly string[]
}

export function filled(text: string, variables: Variables): Filled {
  const missing = new Set<string>()
  const said = text.replaceAll(/\{([a-z]+\.[\w.]+)\}/g, (whole, name: string) => {
    const value = variables[name]
    if (value !== undefined && value !== '') return value
    missing.add(name)
    return whole
  })
  return { text: said, missing: [...missing] }
}

/** The text with the slash replaced, and where the caret goes. */
export function inserted(
  text: string,
  slash: Slash,
  reply: string,
): { readonly text: string; readonly caret: number } {
  const end = slash.from + slash.word.length + 1
  return {
    text: `${text.slice(0, slash.from)}${reply}${text.slice(end)}`,
    caret: slash.from + reply.length,
  }
}
