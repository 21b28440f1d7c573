// English, 40 % longer: shows what a language of long words does to the screens. Made from the catalogue while it is read; no
// file of texts. At the address with `?lang=x-long`.

import { type Catalogue, englishParts, speak } from './words.ts'

const SHARE = 0.4
/** Names of icons, colours and the like in what texts give; not read by anybody. */
const NOT_SAID = new Set(['tone', 'glyph', 'icon', 'look', 'kind', 'explanation'])
const VOWEL = /[aeiouy]/i

/** Speaks it from now on. */
export function speakLong(): void {
  speak('en', CATALOGUE)
}

const CATALOGUE: Catalogue = new Proxy({} as Catalogue, {
  get: (_, part) => {
    const english = englishParts().get(String(part))
    return english === undefined ? undefined : lengthened(english)
  },
})

const made = new WeakMap<object, unknown>()

/** Texts in it longer, whatever it is: a text, what makes one, or both within each other. */
function lengthened(value: unknown): unknown {
  if (typeof value === 'string') return longer(value)
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value
  const known = made.get(value) ?? anew(value)
  made.set(value, known)
  return known
}

function anew(value: object): unknown {
  if (typeof value === 'function')
    return (...given: readonly unknown[]) =>
      lengthened((value as (...all: unknown[]) => unknown)(...given))
  if (Array.isArray(value)) return value.map(lengthened)
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      NOT_SAID.has(name) ? inner : lengthened(inner),
    ]),
  )
}

/** A text with 40 % more letters, within its words: vowels are drawn out. What stands in `{}` and `<>` stays as it is. */
export function longer(text: string): string {
  return text
    .split(/(\{[^}]*\}|<[^>]*>)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/\p{L}+/gu, drawnOut)))
    .join('')
}

function drawnOut(word: string): string {
  const more = Math.ceil(word.length * SHARE)
  const found = word.search(VOWEL)
  const at = found < 0 ? word.length - 1 : found
  return (
    word.slice(0, at) +
    (word[at] ?? '') +
    (word[at] ?? '').toLowerCase().repeat(more) +
    word.slice(at + 1)
  )
}
