// The three books of a channel laid side by side: what was acknowledged, what history holds, what subscribers heard.

import type * as Ably from 'ably'
import type { Outcome } from './load.ts'

export type Entry = { readonly id: string; readonly serial: string }

/** What a test says when all has been said, to know that everybody has heard everything. */
export const LAST_WORD = 'the end'

export const entryOf = (message: Ably.InboundMessage): Entry => ({
  id: message.name ?? '',
  serial: message.serial ?? '',
})

/** Reads a channel's whole history, oldest first. */
export async function wholeHistory(channel: Ably.Channel): Promise<Entry[]> {
  const entries: Entry[] = []
  let page: Ably.PaginatedResult<Ably.InboundMessage> | null = await channel.history({
    direction: 'forwards',
    limit: 1_000,
  })
  while (page !== null) {
    entries.push(...page.items.map(entryOf))
    page = page.hasNext() ? await page.next() : null
  }
  return entries
}

/** What one subscriber heard, and the stretches it was told it had missed. */
export type Heard = {
  readonly entries: readonly Entry[]
  /** Each from the last entry heard before, to the position at which it was attached anew. */
  readonly gaps: readonly { readonly after: string; readonly upTo: string }[]
}

/** Each a sentence; empty is a pass. */
export function compare(
  outcomes: readonly Outcome[],
  history: readonly Entry[],
  subscribers: readonly Heard[],
): string[] {
  return [
    ...acknowledged(outcomes, history),
    ...inOrder('history', history),
    ...asSent(outcomes, history),
    ...subscribers.flatMap((heard, index) => [
      ...inOrder(`subscriber ${index}`, heard.entries),
      ...same(`subscriber ${index}`, heard, history),
    ]),
  ]
}

function acknowledged(outcomes: readonly Outcome[], history: readonly Entry[]): string[] {
  const stored = new Map(history.map(({ id, serial }) => [id, serial]))
  return outcomes.flatMap(({ id, serial }) => {
    if (serial === undefined || stored.get(id) === serial) return []
    return [`${id} was acknowledged at ${serial} and history has it at ${stored.get(id)}`]
  })
}

/** Serials rise, and no id comes twice. */
function inOrder(who: string, entries: readonly Entry[]): string[] {
  const seen = new Set<string>()
  let last = ''
  return entries.flatMap(({ id, serial }) => {
    const problems: string[] = []
    if (seen.has(id)) problems.push(`${who} has ${id} twice`)
    if (serial <= last) problems.push(`${who} has ${id} at ${serial} after ${last}`)
    seen.add(id)
    last = serial
    return problems
  })
}

/** What one publisher said comes in the order in which it was said. */
function asSent(outcomes: readonly Outcome[], history: readonly Entry[]): string[] {
  const sent = new Map(outcomes.map((outcome) => [outcome.id, outcome]))
  const last = new Map<number, number>()
  return history.flatMap(({ id }) => {
    const found = sent.get(id)
    if (found === undefined) return id === LAST_WORD ? [] : [`history has ${id}, which nobody sent`]
    const { publisher, number } = found
    const before = last.get(publisher) ?? -1
    last.set(publisher, number)
    return number > before ? [] : [`${id} comes after ${publisher}-${before}`]
  })
}

/** Nothing is missing but what it was told is missing, and nothing is there that is not stored. */
function same(who: string, { entries, gaps }: Heard, history: readonly Entry[]): string[] {
  const serials = new Set(entries.map(({ serial }) => serial))
  const known = new Set(history.map(({ serial }) => serial))
  const isTold = (serial: string) =>
    gaps.some(({ after, upTo }) => serial > after && positionOf(serial) <= upTo)
  const missed = history.filter(({ serial }) => !serials.has(serial) && !isTold(serial))
  const extra = entries.filter(({ serial }) => !known.has(serial))
  return [
    ...(missed.length > 0 ? [`${who} missed ${missed.length}, first ${missed[0]?.id}`] : []),
    ...(extra.length > 0 ? [`${who} heard ${extra.length} that are not stored`] : []),
  ]
}

/** A message's serial without its index is the position of its entry. */
function positionOf(serial: string): string {
  return serial.replace(/:\d+$/, '')
}
