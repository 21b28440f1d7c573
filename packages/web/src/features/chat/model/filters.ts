// A filter being typed into a search: which one, what of its value stands there, and how a value is put in. Pure.

import { dayOf, dayTitle } from '../../../ui/times.ts'
import { fit } from './completion.ts'

export const FILTERS = ['from', 'in', 'has', 'before', 'after'] as const
export type Filter = (typeof FILTERS)[number]

/** What is begun at the caret. */
export type Begun = {
  /** Absent: perhaps the name of a filter. */
  readonly filter: Filter | undefined
  /** What stands there of the value, or of the filter's name. */
  readonly typed: string
  /** Where the filter begins. */
  readonly from: number
}

const VALUE = /(?:^|\s)(from|in|has|before|after):(?:"([^"]*)|([^\s"]*))$/iu
const NAME = /(?:^|\s)([a-z]*)$/iu

/** The filter that ends at the caret; absent: words. */
export function begunAt(text: string, caret: number): Begun | undefined {
  const before = text.slice(0, caret)
  const value = VALUE.exec(before)
  if (value !== null) {
    const [all, name = '', quoted, plain = ''] = value
    const typed = (quoted ?? plain).replace(/^[@#]/u, '')
    return { filter: name.toLowerCase() as Filter, typed, from: caret - all.trimStart().length }
  }
  const [, typed] = NAME.exec(before) ?? []
  return typed === undefined ? undefined : { filter: undefined, typed, from: caret - typed.length }
}

/** Filters one may be beginning: all where nothing stands yet, those that begin so after a letter. */
export function filtersBegun(text: string, { typed }: Begun): readonly Filter[] {
  if (typed === '') return text.trim() === '' ? FILTERS : []
  return FILTERS.filter((filter) => filter.startsWith(typed.toLowerCase()))
}

/** A value as it is typed: with spaces in quotes. */
export function filterText(filter: Filter, value: string): string {
  return /\s/u.test(value) ? `${filter}:"${value.replaceAll('"', '')}" ` : `${filter}:${value} `
}

/** The text with what was chosen in place of what was begun, and where the caret stands then. */
export function withChosen(
  text: string,
  caret: number,
  begun: Begun,
  chosen: string,
): { readonly text: string; readonly caret: number } {
  // The quote that was begun is closed by what comes in its place.
  const after = text.slice(caret).replace(/^"/u, '').trimStart()
  const before = text.slice(0, begun.from) + chosen
  return { text: before + after, caret: before.length }
}

export type Day = { readonly day: string; readonly title: string }

const DAY_MS = 86_400_000
/** Today, yesterday, a week, a month and a year ago. */
const DAYS_AGO = [0, 1, 7, 30, 365]

/** Days one is likely to mean, that fit what was typed of their date or name. */
export function daysBegun(typed: string, nowMs: number): readonly Day[] {
  return DAYS_AGO.map((ago) => nowMs - ago * DAY_MS)
    .map((atMs) => ({ day: dayOf(atMs), title: dayTitle(atMs, nowMs) }))
    .filter(({ day, title }) => fit(`${day} ${title}`, typed) !== undefined)
}
