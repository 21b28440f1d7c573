// Places in the log: how serials are written, read and advanced. They sort like revisions and are never issued twice.

import { randomBytes } from 'node:crypto'

/** Where an entry stands in time: its millisecond, and its place among the entries of that millisecond. */
export type Instant = { readonly ms: number; readonly counter: number }

/** `revision`, `serial` and `atMs` of an entry as the feed carries them. */
export type Place = { readonly revision: number; readonly serial: string; readonly atMs: number }

const LAST_MS = 99_999_999_999_999
const LAST_COUNTER = 999
const ENTRY = /^(\d{14})-(\d{3})@([A-Za-z0-9_-]{1,32})$/
const MESSAGE = /^(\d{14}-\d{3}@[A-Za-z0-9_-]{1,32}):(\d{3})$/
const SITE = /^[A-Za-z0-9_-]{1,32}$/

/** Before the first entry of every log. */
export const ORIGIN: Instant = { ms: 0, counter: 0 }

/**
 * The instant of the next entry: the clock's if it moved on, else just after the last one.
 *
 * @param nowMs   what the clock says; one that stands still or runs backwards lowers nothing
 * @param aboveMs the entry must be later than this millisecond (an edit is later than what it edits)
 */
export function nextInstant(last: Instant, nowMs: number, aboveMs = -1): Instant {
  const clock = Number.isFinite(nowMs) ? Math.min(Math.floor(nowMs), LAST_MS) : 0
  const ms = Math.max(clock, last.ms, aboveMs + 1)
  if (ms > last.ms) return { ms, counter: 0 }
  if (last.counter < LAST_COUNTER) return { ms, counter: last.counter + 1 }
  return { ms: ms + 1, counter: 0 }
}

export function formatSerial(instant: Instant, site: string): string {
  return `${padMs(instant.ms)}-${String(instant.counter).padStart(3, '0')}@${site}`
}

/** 14 digits, so that text sorts like time. */
export function padMs(ms: number): string {
  return String(Math.min(Math.max(Math.floor(ms), 0), LAST_MS)).padStart(14, '0')
}

/** The place of the `index`th message of an entry. */
export function messageSerial(entrySerial: string, index: number): string {
  return `${entrySerial}:${String(index).padStart(3, '0')}`
}

/** Absent if the text is no entry serial. */
export function parseEntrySerial(text: string): (Instant & { readonly site: string }) | undefined {
  const [, ms, counter, site] = ENTRY.exec(text) ?? []
  if (site === undefined) return undefined
  return { ms: Number(ms), counter: Number(counter), site }
}

/** The entry a message came with and its index there; absent if the text is no message serial. */
export function parseMessageSerial(
  text: string,
): { readonly entrySerial: string; readonly index: number } | undefined {
  const [, entrySerial, index] = MESSAGE.exec(text) ?? []
  return entrySerial === undefined ? undefined : { entrySerial, index: Number(index) }
}

/** The name of this log in its serials: the given one, checked, or a random one. */
export function siteOrRandom(site: string | undefined): string {
  if (site === undefined) return randomBytes(4).toString('hex')
  if (!SITE.test(site))
    throw new RangeError(`\`${site}\` is no site name: 1 to 32 of A-Z a-z 0-9 _ -`)
  return site
}
