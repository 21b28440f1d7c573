// Numbers as the language of the pages writes them.

import { spokenLanguage } from '../../../ui/words.ts'

/** Making a format costs a hundred times what using it does. */
const made = new Map<string, Intl.NumberFormat>()

/** `10,000` in English, `10.000` in German. */
export function shownNumber(value: number): string {
  const language = spokenLanguage()
  const known = made.get(language) ?? new Intl.NumberFormat(language)
  made.set(language, known)
  return known.format(value)
}
