// The texts in the visitor's language, with what the owner put in their place.

import { en, type Texts } from '../lang/en.ts'

/** Each comes when it is wanted: nobody loads ten languages to read one. */
const LANGUAGES: Readonly<Record<string, () => Promise<Texts>>> = {
  ar: async () => (await import('../lang/ar.ts')).ar,
  de: async () => (await import('../lang/de.ts')).de,
  es: async () => (await import('../lang/es.ts')).es,
  fr: async () => (await import('../lang/fr.ts')).fr,
  he: async () => (await import('../lang/he.ts')).he,
  it: async () => (await import('../lang/it.ts')).it,
  nl: async () => (await import('../lang/nl.ts')).nl,
  pl: async () => (await import('../lang/pl.ts')).pl,
  pt: async () => (await import('../lang/pt.ts')).pt,
}

const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa', 'ur'])

export type Spoken = {
  /** Also for dates and numbers. */
  readonly tag: string
  readonly direction: 'ltr' | 'rtl'
  readonly texts: Texts
}

/** @param wanted language tags, the first first; English if there is none of them */
export async function spoken(
  wanted: readonly string[],
  overrides: Readonly<Record<string, string>> = {},
): Promise<Spoken> {
  const tag = wanted.find((each) => baseOf(each) === 'en' || baseOf(each) in LANGUAGES) ?? 'en'
  const base = baseOf(tag)
  // A language that does not come leaves the one that is here.
  const texts = (await LANGUAGES[base]?.().catch(() => undefined)) ?? en
  const own = Object.entries(overrides).filter(([name]) => name in en)
  return {
    tag: texts === en ? 'en' : tag,
    direction: RIGHT_TO_LEFT.has(base) && texts !== en ? 'rtl' : 'ltr',
    texts: { ...texts, ...Object.fromEntries(own) },
  }
}

const baseOf = (tag: string) => tag.toLowerCase().split('-')[0] ?? ''

export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
