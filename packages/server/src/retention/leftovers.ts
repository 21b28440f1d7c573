// What points to messages that are no more, and copies of them: pins, reports, saved ones, what webhooks were told. Found by
// what it says, not by what was just removed, so that it may be repeated after a crash.

import type { ChannelName } from '@sayso/policy'
import type { NewRecord, StoredRecord } from '@sayso/store'
import { commit } from '../commands/decide-and-commit.ts'
import type { Context } from '../context.ts'
import { pages } from '../files/file-record.ts'
import { everyOwn } from '../own/own-records.ts'
import { PINS } from '../pins.ts'
import { REPORTS } from '../reports.ts'
import { DELIVERIES, WAITING } from '../webhooks/endpoints.ts'

const AT_ONCE = 500

export type Gone = {
  /** Whether retention has taken a message away. */
  message(channel: ChannelName, serial: string): Promise<boolean>
  /** Whether what was said in a channel at an instant is past. */
  isPast(channel: ChannelName, atMs: number): boolean
}

/** @returns how many records went */
export async function removeLeftovers(context: Context, gone: Gone): Promise<number> {
  const removals: NewRecord[] = []
  for await (const removal of leftovers(context, gone)) removals.push(removal)
  for (let from = 0; from < removals.length; from += AT_ONCE)
    await commit(context, { entries: [], records: removals.slice(from, from + AT_ONCE) })
  return removals.length
}

async function* leftovers(context: Context, gone: Gone): AsyncGenerator<NewRecord> {
  yield* marksOf(context, PINS, pinned, gone)
  yield* marksOf(context, REPORTS, reported, gone)
  for await (const { removal, value } of everyOwn(context.store, 'saved')) {
    const { channel, serial } = value
    if (await gone.message(String(channel) as ChannelName, String(serial))) yield removal
  }
  yield* toldOf(context, WAITING, gone)
  yield* toldOf(context, DELIVERIES, gone)
}

/** Records that are about one message each. */
async function* marksOf(
  { store }: Context,
  collection: string,
  placeOf: (record: StoredRecord) => Place | undefined,
  gone: Gone,
): AsyncGenerator<NewRecord> {
  for await (const record of pages(store, collection)) {
    const place = placeOf(record)
    if (place !== undefined && (await gone.message(...place)))
      yield { collection, key: record.key, value: undefined }
  }
}

/** What endpoints are told, and were. */
async function* toldOf(
  { store }: Context,
  collection: string,
  gone: Gone,
): AsyncGenerator<NewRecord> {
  for await (const { key, value, createdAtMs } of pages(store, collection)) {
    const { channel, atMs = createdAtMs } = toldIn(value)
    if (channel !== undefined && gone.isPast(channel, atMs))
      yield { collection, key, value: undefined }
  }
}

type Place = readonly [channel: ChannelName, serial: string]

/** Channel and serial, with a line break between them. */
function pinned({ key }: StoredRecord): Place | undefined {
  const [channel, serial] = key.split('\n')
  return serial === undefined ? undefined : [channel as ChannelName, serial]
}

function reported({ value }: StoredRecord): Place {
  return [String(value.channel) as ChannelName, String(value.serial)]
}

/** Channel and instant of what an endpoint is told, or was: of that the body is kept as a text. */
function toldIn(value: StoredRecord['value']): {
  readonly channel?: ChannelName
  readonly atMs?: number
} {
  const told = typeof value.body === 'string' ? parsed(value.body) : value
  const { data, timestamp } = told as {
    readonly data?: { readonly channel?: unknown }
    readonly timestamp?: unknown
  }
  if (typeof data?.channel !== 'string') return {}
  const atMs = Date.parse(String(timestamp))
  return { channel: data.channel as ChannelName, ...(Number.isFinite(atMs) && { atMs }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}
