// The catalogue of texts. Each part of the pages keeps its English texts beside it and registers them here; what it gets back
// speaks the reader's language. Read them while drawing, never while a module loads: the language may change.

export type Language = 'en' | 'de'

export const LANGUAGES: readonly { readonly key: Language; readonly title: string }[] = [
  { key: 'en', title: 'English' },
  { key: 'de', title: 'Deutsch' },
]

/** The texts of one part: texts, functions that make texts, and objects of both. */
type Part = object

/** One language: its parts by name. */
export type Catalogue = Readonly<Record<string, Part>>

let language: Language = 'en'
let catalogue: Catalogue = {}
let turn = 0
const english = new Map<string, Part>()
const listeners = new Set<() => void>()

/** Registers the English texts of a part. What the language of the reader lacks is said in English. */
export function words<T extends Part>(part: string, texts: T): T {
  english.set(part, texts)
  return new Proxy(texts, {
    get: (target, name) =>
      Reflect.get(catalogue[part] ?? target, name) ?? Reflect.get(target, name),
  })
}

/** Speaks another language from now on. Absent texts: English. */
export function speak(next: Language, texts: Catalogue = {}): void {
  language = next
  catalogue = texts
  turn += 1
  for (const listener of [...listeners]) listener()
}

export function spokenLanguage(): Language {
  return language
}

/** Another number after each change of what is spoken, also of the texts of one language. */
export function spokenTurn(): number {
  return turn
}

/** Calls back after the language has changed. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Every part whose English is loaded, for the test that holds the languages complete. */
export function englishParts(): ReadonlyMap<string, Part> {
  return english
}
