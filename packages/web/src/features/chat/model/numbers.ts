// Numbers as the language of the pages writes them.

import { spokenLanguage } from '../../../ui/words.ts'

/** `10,000` in English, `10.000` in German. */
export function shownNumber(value: number): string {
  return new Intl.NumberFormat(spokenLanguage()).format(value)
}
