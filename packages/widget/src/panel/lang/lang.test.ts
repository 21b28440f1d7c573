import { expect, test } from 'vitest'
import { labelsIn } from '../../loader/labels.ts'
import { filled, spoken } from '../model/texts.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en, type Texts } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import { it } from './it.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'

const LANGUAGES: Readonly<Record<string, Texts>> = { ar, de, es, fr, he, it, nl, pl, pt }
const bracesIn = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

test.each(Object.entries(LANGUAGES))(
  '%s says all of it, with the same names filled in',
  (_, texts) => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort())
    for (const [name, text] of Object.entries(texts)) {
      expect(text.trim(), name).not.toBe('')
      expect(bracesIn(text), name).toEqual(bracesIn(en[name as keyof Texts]))
    }
  },
)

test('the page says what the panel says, in every language', () => {
  for (const [tag, { title, unavailable }] of Object.entries({ en, ...LANGUAGES }))
    expect(labelsIn(['xx', `${tag}-XX`])).toEqual([title, unavailable])
  expect(labelsIn([])).toEqual([en.title, en.unavailable])
})

test('the first language there is counts, whatever its country', async () => {
  expect((await spoken(['xx', 'pt-BR', 'de'])).texts.send).toBe(pt.send)
  expect(await spoken(['xx'])).toMatchObject({ tag: 'en', direction: 'ltr' })
  expect(await spoken(['ar-EG'])).toMatchObject({ tag: 'ar-EG', direction: 'rtl' })
})

test('the owner’s words take the place of ours, and no others come in', async () => {
  const { texts } = await spoken(['en'], { hello: 'Ahoy', other: 'x' })
  expect(texts.hello).toBe('Ahoy')
  expect(Object.keys(texts)).toHaveLength(Object.keys(en).length)
})

test('names are filled in; what is not said stays as it is', () => {
  expect(filled('{a} and {b}', { a: 1 })).toBe('1 and {b}')
})
