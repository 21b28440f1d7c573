// The reports: what the roll-ups hold, cut by the clocks of a zone, for whoever asks.

import type { World } from '@sayso/policy'
import { MOST_AUTHORS, SLOT_MS, type Slot } from '@sayso/store'
import { deskFigures } from './desk-figures.ts'
import { moderationActs } from './moderation.ts'
import type { Asked, Report, Row } from './report-shape.ts'
import { channelsIn, isIn, peopleIn, type Scope } from './scope.ts'
import { titleOf } from './titles.ts'
import { boundsOf, weekHourOf } from './zone.ts'

export const REPORTS = [
  'active-people',
  'messages',
  'messages-by-channel',
  'busiest-hours',
  'denials',
  'moderation',
  'joins',
  'desk',
] as const
export type ReportName = (typeof REPORTS)[number]

/** A group of fewer people than this is not told to everybody. */
export const LEAST_GROUP = 5

/** @throws {StoreUnavailable} */
export function reportOf(name: ReportName, asked: Asked): Promise<Report> {
  return reports[name](asked)
}

const reports: Readonly<Record<ReportName, (asked: Asked) => Promise<Report>>> = {
  'active-people': activePeople,
  messages,
  'messages-by-channel': byChannel,
  'busiest-hours': busiestHours,
  denials,
  moderation,
  joins,
  desk: deskFigures,
}

async function activePeople(asked: Asked): Promise<Report> {
  const { analytics, world, scope, step } = asked
  const bounds = boundsOf(asked.span, step, asked.zone)
  const people = peopleIn(world, scope)
  const counts = await analytics.ask({
    kind: 'people',
    bounds,
    by: step,
    ...(people === undefined ? {} : { people }),
  })
  const rows = counts.map(({ people: count, isTotal }, index) => {
    const isFew = !scope.showsPeople && count !== undefined && count > 0 && count < LEAST_GROUP
    return {
      ...spanRow(bounds, index),
      people: isFew ? null : (count ?? null),
      ...(isFew && { few: true }),
      ...(isTotal && { total: true }),
    }
  })
  const hidden = rows.filter(({ few }) => few === true).length
  return { rows, ...(hidden > 0 && { hidden }) }
}

async function messages(asked: Asked): Promise<Report> {
  const { analytics, world, scope, span, step, zone, channel } = asked
  const channels = channelsAsked(world, scope, channel)
  if (channel !== undefined && !scope.showsPeople) {
    const [only] = await analytics.ask({ kind: 'channels', span, channels: channels ?? [channel] })
    if (only !== undefined && only.authors < LEAST_GROUP) return { rows: [], hidden: 1 }
  }
  const counts = await analytics.ask({
    kind: 'messages',
    span,
    ...(channels === undefined ? {} : { channels }),
  })
  return { rows: stepped(counts, boundsOf(span, step, zone), 'messages') }
}

/** One that is of another tenant, or of none, has no messages here. */
function channelsAsked(world: World, scope: Scope, channel: string | undefined) {
  if (channel === undefined) return channelsIn(world, scope)
  return isIn(world, scope)(channel) ? [channel] : []
}

async function byChannel({ analytics, world, scope, span }: Asked): Promise<Report> {
  const channels = channelsIn(world, scope)
  const found = await analytics.ask({
    kind: 'channels',
    span,
    ...(channels === undefined ? {} : { channels }),
  })
  const shown = found.filter(({ authors }) => scope.showsPeople || authors >= LEAST_GROUP)
  const hidden = found.length - shown.length
  const rows = shown.map(({ channel, messages: count, authors }) => ({
    channel,
    title: titleOf(world, channel),
    messages: count,
    authors,
    ...(authors >= MOST_AUTHORS && { orMore: true }),
  }))
  return { rows, ...(hidden > 0 && { hidden }) }
}

async function busiestHours(asked: Asked): Promise<Report> {
  const { analytics, world, scope, span, zone, channel } = asked
  const channels = channelsAsked(world, scope, channel)
  const counts = await analytics.ask({
    kind: 'messages',
    span,
    ...(channels === undefined ? {} : { channels }),
  })
  const clock = zone.clockOver(span)
  const sums = new Map<string, number>()
  for (const { slot, count } of counts) {
    const { weekday, hour } = weekHourOf(clock(slot))
    const name = `${weekday} ${hour}`
    sums.set(name, (sums.get(name) ?? 0) + count)
  }
  const rows = Array.from({ length: 7 * 24 }, (_, index) => {
    const [weekday, hour] = [Math.floor(index / 24) + 1, index % 24]
    return { weekday, hour, messages: sums.get(`${weekday} ${hour}`) ?? 0 }
  })
  return { rows }
}

async function denials({ analytics, scope, span, step, zone }: Asked): Promise<Report> {
  const of = { span, ...(scope.tenants !== 'all' && { tenants: [...scope.tenants] }) }
  const [found, slots] = await Promise.all([
    analytics.ask({ kind: 'denials', ...of }),
    analytics.ask({ kind: 'denials-by-slot', ...of }),
  ])
  return {
    rows: found.map(({ action, by, reason, tenant, count }) => ({
      action,
      rule: by,
      reason,
      tenant,
      denials: count,
    })),
    series: stepped(slots, boundsOf(span, step, zone), 'denials'),
  }
}

async function moderation(asked: Asked): Promise<Report> {
  const { analytics, world, scope, span, step, zone } = asked
  const found = await analytics.ask({ kind: 'acts', span })
  const known = moderationActs(
    world,
    found.filter(({ on }) => isIn(world, scope)(on)),
  )
  const isShown = scope.showsPeople ? () => true : isGroupOf(known)
  const shown = known.filter(({ act }) => isShown(act))
  const only = distinct(shown.map(({ told, on }) => ({ act: told, on })))
  const slots = await analytics.ask({ kind: 'acts-by-slot', span, only })
  const series = stepped(slots, boundsOf(span, step, zone), 'acts')
  if (!scope.showsPeople) return { ...withoutPeople(known, isShown), series }
  const rows = summed(known, ({ act, on, by }) => ({ act, on, by }))
  const titles = new Map(only.map(({ on }) => [on, titleOf(world, on)]))
  return {
    rows: rows.map(({ act, on, by, count }) => ({
      act,
      on,
      title: titles.get(String(on)),
      by,
      acts: count,
    })),
    series,
  }
}

function distinct(pairs: readonly { readonly act: string; readonly on: string }[]) {
  return [...new Map(pairs.map((each) => [`${each.act} ${each.on}`, each])).values()]
}

type Act = { readonly act: string; readonly by: string; readonly count: number }

/** Tells what was done by enough different people. */
function isGroupOf(acts: readonly Act[]): (act: string) => boolean {
  const people = new Map<string, Set<string>>()
  for (const { act, by } of acts) {
    const some = people.get(act) ?? new Set()
    if (by.startsWith('user:')) some.add(by)
    people.set(act, some)
  }
  return (act) => (people.get(act)?.size ?? 0) >= LEAST_GROUP
}

/** By what was done; where fewer than five people did it, not how often. */
function withoutPeople(acts: readonly Act[], isShown: (act: string) => boolean) {
  const rows = summed(acts, ({ act }) => ({ act })).map(({ act, count }) =>
    isShown(String(act)) ? { act, acts: count } : { act, acts: null, few: true },
  )
  const hidden = rows.filter(({ acts: count }) => count === null).length
  return { rows, ...(hidden > 0 && { hidden }) }
}

async function joins({ analytics, world, scope, span, step, zone }: Asked): Promise<Report> {
  const isOf = isIn(world, scope)
  const found = (await analytics.ask({ kind: 'joins', span })).filter(
    ({ on }) => scope.tenants === 'all' || isOf(on),
  )
  const bounds = boundsOf(span, step, zone)
  const isNew = ({ how }: { readonly how: string }) => how === 'new'
  const came = stepped(found.filter(isNew), bounds, 'people')
  const joined = stepped(
    found.filter((each) => !isNew(each)),
    bounds,
    'joins',
  )
  return { rows: came.map((row, index) => ({ ...row, joins: joined[index]?.joins ?? 0 })) }
}

/** Equal things added up, the most first. */
function summed<T extends { readonly count: number }>(
  items: readonly T[],
  of: (item: T) => Row,
): readonly (Row & { readonly count: number })[] {
  const sums = new Map<string, { readonly row: Row; count: number }>()
  for (const item of items) {
    const row = of(item)
    const name = Object.values(row).join('\n')
    const sum = sums.get(name) ?? { row, count: 0 }
    sum.count += item.count
    sums.set(name, sum)
  }
  return [...sums.values()]
    .map(({ row, count }) => ({ ...row, count }))
    .sort((a, b) => b.count - a.count)
}

/** A row for each step of the span, also where nothing happened. */
function stepped(
  counts: readonly { readonly slot: Slot; readonly count: number }[],
  bounds: readonly Slot[],
  name: string,
): readonly Row[] {
  const sums = new Float64Array(bounds.length - 1)
  const sorted = [...counts].sort((a, b) => a.slot - b.slot)
  let at = 0
  for (const { slot, count } of sorted) {
    while (at + 1 < sums.length && slot >= (bounds[at + 1] ?? 0)) at += 1
    sums[at] = (sums[at] ?? 0) + count
  }
  return [...sums].map((sum, index) => ({ ...spanRow(bounds, index), [name]: sum }))
}

function spanRow(bounds: readonly Slot[], index: number) {
  return { at: iso(bounds[index] ?? 0), to: iso(bounds[index + 1] ?? 0) }
}

function iso(slot: Slot): string {
  return new Date(slot * SLOT_MS).toISOString()
}
