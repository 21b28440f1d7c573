// Which language the pages speak: the one chosen on this device, else the first of the browser's that we have.

import { type Catalogue, LANGUAGES, type Language, speak } from './words.ts'

const KEY = 'sayso.language'

/** How the texts of each language are fetched. */
export type Catalogues = Readonly<Record<Language, () => Promise<Catalogue>>>

let catalogues: Catalogues | undefined

/** Speaks the reader's language before anything is drawn. Without its catalogue the pages speak English. */
export async function startLanguage(known: Catalogues): Promise<void> {
  catalogues = known
  await setLanguage(chosenLanguage() ?? preferred(navigator.languages)).catch(() => undefined)
}

/**
 * Speaks a language from now on, also at the next visit of this device. `undefined`: what the browser asks for.
 *
 * @throws if its texts could not be fetched; the language stays as it was
 */
export async function chooseLanguage(next: Language | undefined): Promise<void> {
  await setLanguage(next ?? preferred(navigator.languages))
  try {
    if (next === undefined) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, next)
  } catch {
    // Storage is full or closed: the language holds until the page is left.
  }
}

/** The language chosen on this device. */
export function chosenLanguage(): Language | undefined {
  try {
    const kept = localStorage.getItem(KEY)
    return LANGUAGES.find((one) => one.key === kept)?.key
  } catch {
    return undefined
  }
}

/** The first of the wanted tags (`de-AT`) whose language we speak. */
export function preferred(tags: readonly string[]): Language {
  const wanted = tags.map((tag) => tag.toLowerCase().split('-')[0])
  const found = wanted.find((one) => LANGUAGES.some((known) => known.key === one))
  return LANGUAGES.find((one) => one.key === found)?.key ?? 'en'
}

async function setLanguage(next: Language): Promise<void> {
  speak(next, await catalogues?.[next]())
  document.documentElement.lang = next
}
