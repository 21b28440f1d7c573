// Fetches the emoji, once for a language, when somebody first wants one. Names come in the language of the page; the codes
// between colons are the same everywhere.

import { useEffect, useState } from 'react'
import { spokenLanguage } from '../../../ui/words.ts'
import { type EmojiCodes, type EmojiRecord, type EmojiTable, tableOf } from './emoji-table.ts'
import { isShown } from './shown-emoji.ts'

type Names = () => Promise<{ readonly default: unknown }>

const NAMES: Readonly<Record<string, Names>> = {
  en: () => import('emojibase-data/en/data.json'),
  de: () => import('emojibase-data/de/data.json'),
}

const tables = new Map<string, Promise<EmojiTable>>()
const ready = new Map<string, EmojiTable>()

/** All emoji, named in the language of the page or, where there is none for it, in English. */
export function loadEmoji(language: string = spokenLanguage()): Promise<EmojiTable> {
  const known = tables.get(language)
  if (known !== undefined) return known
  const loading = fetchTable(language)
  tables.set(language, loading)
  // A failure is not kept: the next who asks tries again.
  loading.then(
    (table) => ready.set(language, table),
    () => tables.delete(language),
  )
  return loading
}

/** The table if it is here already. */
export function emojiNow(): EmojiTable | undefined {
  return ready.get(spokenLanguage())
}

/** The table once it is here; fetches it only if `isWanted`. */
export function useEmoji(isWanted = true): EmojiTable | undefined {
  const [table, setTable] = useState(emojiNow)
  useEffect(() => {
    if (!isWanted) return
    let isGone = false
    loadEmoji().then(
      (loaded) => {
        if (!isGone) setTable(loaded)
      },
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [isWanted])
  return table
}

async function fetchTable(language: string): Promise<EmojiTable> {
  const [names, codes] = await Promise.all([
    (NAMES[language] ?? NAMES.en)?.(),
    import('emojibase-data/en/shortcodes/github.json'),
  ])
  return tableOf(
    (names?.default ?? []) as readonly EmojiRecord[],
    codes.default as EmojiCodes,
    isShown,
  )
}
