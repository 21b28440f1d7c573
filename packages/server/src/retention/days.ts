// How long messages are kept: what the policy says of a type of channels, unless a channel has a value of its own.

import { type ChannelName, type ResourceId, resourceOf, typeOf, type World } from '@sayso/policy'
import type { NewRecord, Store } from '@sayso/store'
import { deskOf } from '../desk/desk-type.ts'
import { pages } from '../files/file-record.ts'

const DAYS = 'retention'
export const DAY_MS = 86_400_000
/** A hundred years. */
export const MOST_DAYS = 36_500
/** The value of a channel that keeps everything, whatever its type says. */
export const FOR_GOOD = 0

export type Days = {
  /** Values of channels of their own. */
  readonly own: ReadonlyMap<string, number>
  /** In place of what the policy says of a type. */
  readonly types?: ReadonlyMap<string, number>
}

export type Rule = {
  readonly resource: ResourceId
  readonly days: number
  /** A conversation goes as a whole, so many days after it was closed. */
  readonly isDesk: boolean
}

export async function keptDays(store: Store): Promise<Days> {
  const own = new Map<string, number>()
  for await (const { key, value } of pages(store, DAYS)) own.set(key, Number(value.days))
  return { own }
}

/** @param days undefined: as the type says */
export function daysRecord(resource: ResourceId, days: number | undefined): NewRecord {
  return { collection: DAYS, key: resource, value: days === undefined ? undefined : { days } }
}

export async function daysOf(store: Store, resource: ResourceId): Promise<number | undefined> {
  const days = (await store.record(DAYS, resource))?.value.days
  return days === undefined ? undefined : Number(days)
}

/** What the policy says of a type; undefined: for good. */
export function daysOfType({ policy }: World, type: string): number | undefined {
  return policy.document.types[type]?.retention?.days
}

/** Undefined: what is said there is kept for good. */
export function ruleFor(
  world: World,
  { own, types }: Days,
  channel: ChannelName,
): Rule | undefined {
  const resource = resourceOf(world.policy, channel)
  if (resource === undefined) return undefined
  const type = typeOf(resource)
  const isDesk = deskOf(world)?.type === type
  const ofType = types?.get(type) ?? daysOfType(world, type) ?? FOR_GOOD
  const days = (isDesk ? undefined : own.get(resource)) ?? ofType
  return days === FOR_GOOD ? undefined : { resource, days, isDesk }
}
