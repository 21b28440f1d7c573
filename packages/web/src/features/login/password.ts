// How strong a password is, roughly and honestly: length first, variety second, the obvious not at all. Pure.

import { texts } from './texts.ts'

export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 128

export type Strength = {
  /** 0 to 4, as bars. */
  readonly bars: number
  readonly words: string
  readonly isEnough: boolean
}

/** Judges a password. `known`: words that do not count, such as the name and the address. */
export function strengthOf(password: string, known: readonly string[] = []): Strength {
  const { length } = password
  const said = texts.strength
  const rule = said.rule(MIN_PASSWORD)
  if (length === 0) return { bars: 0, words: rule, isEnough: false }
  if (length < MIN_PASSWORD)
    return { bars: 1, words: said.missing(MIN_PASSWORD - length), isEnough: false }
  if (length > MAX_PASSWORD) return { bars: 1, words: said.tooLong(MAX_PASSWORD), isEnough: false }
  const bars = Math.max(1, Math.min(4, barsOf(withoutKnown(password, known))))
  return { bars, words: `${said.bars[bars - 1] ?? ''}. ${rule}`, isEnough: true }
}

/** One bar per 18 bits or so: an estimate from what differs, so that one key held down stays weak. */
function barsOf(password: string): number {
  const characters = [...password]
  const distinct = new Set(characters).size
  const steps = characters.filter((character, at) => isStep(characters[at - 1], character)).length
  const bits = (characters.length - steps * 0.8) * Math.log2(Math.max(2, distinct)) * 0.9
  return Math.round(bits / 18)
}

/** The same again, or the next of an alphabet or a row of digits. */
function isStep(before: string | undefined, now: string): boolean {
  const distance = (now.codePointAt(0) ?? 0) - (before?.codePointAt(0) ?? -9)
  return Math.abs(distance) <= 1
}

function withoutKnown(password: string, known: readonly string[]): string {
  const parts = known
    .flatMap((one) => one.toLowerCase().split(/[\s@.]+/))
    .filter((part) => part.length > 2)
  return parts.reduce(
    (left, part) => left.replaceAll(new RegExp(escaped(part), 'gi'), ''),
    password,
  )
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
