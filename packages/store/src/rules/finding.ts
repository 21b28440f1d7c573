// From what people write to what the index holds, and from what they type to a question of it. Pure.

import type { Message } from '@sayso/channel'
import { EVERYONE, type Trait, targetOfPerson, targetOfRole } from '../finder.ts'

/** Scripts that put no spaces between words: each character is a word, and what is typed is looked for as a row of them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu
const IN_WORDS = /[\p{L}\p{N}]/u
const LINK = /\bhttps?:\/\/\S/i
const CODE = /(^|\n)\s*(```|~~~)/
/** A beginning of fewer characters would be that of most words. */
const SHORTEST_BEGINNING = 2

export function inWords(text: string): string {
  return text.normalize('NFKC').replace(UNSPACED, ' $& ')
}

/** The text of a message, if it is one that people read: as it is, or the `text` of a chat SDK's message. */
export function textOf({ data, encoding }: Pick<Message, 'data' | 'encoding'>): string | undefined {
  if (typeof data !== 'string') return undefined
  if (encoding === undefined || encoding === '' || encoding === 'utf-8') return data
  if (encoding !== 'json' && encoding !== 'utf-8/json') return undefined
  try {
    const { text } = JSON.parse(data) as { text?: unknown }
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

type Extras = Readonly<Record<string, unknown>> | undefined

/** False for lines of the server, and for answers that stand in their thread only. */
export function isInMainList(extras: Extras): boolean {
  if (isFields(extras?.sayso)) return false
  const ref = extras?.ref
  return !(isFields(ref) && ref.type === 'thread') || extras?.also === true
}

export function traitsOf(text: string, extras: Extras): readonly Trait[] {
  const files = Array.isArray(extras?.attachments) ? extras.attachments : []
  const isImage = (one: unknown) =>
    isFields(one) && typeof one.type === 'string' && one.type.startsWith('image/')
  const traits: Trait[] = []
  if (files.length > 0) traits.push('file')
  if (files.some(isImage)) traits.push('image')
  if (LINK.test(text)) traits.push('link')
  if (CODE.test(text)) traits.push('code')
  return traits
}

/** Names of files are found like words. */
export function fileNames(extras: Extras): string {
  const files = Array.isArray(extras?.attachments) ? extras.attachments : []
  return files
    .flatMap((one) => (isFields(one) && typeof one.name === 'string' ? [one.name] : []))
    .join(' ')
}

/** Of one message at most so many are told of it by name. */
const MOST_NAMED = 100

/** Whom a message mentions. What is not of the agreed form mentions nobody. */
export function targetsOf(extras: Extras): readonly string[] {
  const mentions = extras?.mentions
  if (!isFields(mentions)) return []
  const people = names(mentions.people).map(targetOfPerson)
  const roles = names(mentions.roles).map(targetOfRole)
  return [...new Set([...people, ...roles, ...(mentions.everyone === true ? [EVERYONE] : [])])]
}

function names(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.filter((one): one is string => typeof one === 'string').slice(0, MOST_NAMED)
}

/**
 * What is typed as a question of the index: every word or quoted phrase, the last one as a beginning.
 *
 * @returns undefined if nothing in it can be looked for
 */
export function matchOf(typed: string): string | undefined {
  const parts = [...typed.normalize('NFKC').matchAll(/"([^"]*)("|$)|(\S+)/gu)]
    .map(([, phrase, close, word]) => ({ text: phrase ?? word ?? '', isWhole: close === '"' }))
    .filter(({ text }) => IN_WORDS.test(text))
  if (parts.length === 0) return undefined
  const isOpenEnd = !/\s$/u.test(typed)
  return parts
    .map(({ text, isWhole }, index) => {
      const quoted = `"${inWords(text).replaceAll('"', ' ')}"`
      const isLast = index === parts.length - 1 && isOpenEnd && !isWhole
      return isLast && isBeginning(text) ? `${quoted} *` : quoted
    })
    .join(' AND ')
}

/** A character of an unspaced script is a whole word. */
function isBeginning(text: string): boolean {
  const letters = [...text].filter((each) => IN_WORDS.test(each))
  const last = letters.at(-1) ?? ''
  return letters.length >= SHORTEST_BEGINNING && last.replace(UNSPACED, '') !== ''
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
