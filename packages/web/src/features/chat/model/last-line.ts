// What was said last in a channel, as it stands in one line of a list. Pure.

import type { FoundMessage } from '@sayso/client'
import { plainText } from '../markdown/plain.ts'
import { carriedIn } from './carried.ts'

export type LastLine = {
  readonly atMs: number
  readonly by:
    | {
        readonly id: string
        readonly name: string
        /** As they are called where there is little room. */
        readonly short: string
      }
    | undefined
  /** Its words without their marks, or else the name of the first file. */
  readonly text: string
}

export function lastLineOf({ atMs, author, text, extras }: FoundMessage): LastLine {
  const words = plainText(text)
  const by = author && { ...author, short: calledShort(author.name) }
  return { atMs, by, text: words === '' ? fileIn(extras) : words }
}

function fileIn(extras: FoundMessage['extras']): string {
  const carried = carriedIn(extras)
  const [first] = [...(carried?.pictures ?? []), ...(carried?.files ?? [])]
  return first?.name ?? ''
}

/** The first of their names. */
function calledShort(name: string): string {
  const [first = name] = name.trim().split(/\s+/)
  // An initial or a title alone names nobody.
  return first.length > 2 && !first.endsWith('.') ? first : name
}
