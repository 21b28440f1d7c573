// Random histories for comparing backends: plain values, so that a failing one can be kept and replayed.

import type { ChannelName, Revision, RightsChange } from '@sayso/policy'
import fc from 'fast-check'
import type { NewEntry, NewRecord, Store } from '../src/store.ts'
import {
  amend,
  annotate,
  assign,
  join,
  leave,
  passTime,
  publish,
  putKey,
  putPerson,
  putPolicy,
  putResource,
  putTenant,
  relate,
  removeKey,
  removeResource,
  removeTenant,
  rights,
  unassign,
  unrelate,
} from './builders.ts'

/** One entry of a write; messages are named by when they were published, as serials are not known beforehand. */
type Part =
  | {
      readonly do: 'publish'
      readonly channel: string
      readonly data: readonly string[]
      readonly base?: string
      readonly id?: string
    }
  | {
      readonly do: 'amend'
      readonly channel: string
      readonly nth: number
      readonly action: 'update' | 'delete' | 'append'
      readonly data?: string
      readonly base?: string
    }
  | {
      readonly do: 'annotate'
      readonly channel: string
      readonly nth: number
      readonly type: string
      readonly name: string
      readonly by?: string
      readonly back: boolean
      readonly base?: string
    }
  | { readonly do: 'rights'; readonly changes: readonly RightsChange[] }

/** What happens in one turn: the clock moves, writes arrive together, then somebody reads. */
export type Turn = {
  readonly moveMs: number
  readonly writes: readonly {
    readonly expectAgo?: number
    readonly parts: readonly Part[]
    readonly records?: readonly NewRecord[]
  }[]
  readonly read: {
    readonly channel: string
    readonly backwards: boolean
    readonly limit: number
    readonly nth: number
    readonly ago: number
  }
}

const channel = fc.constantFrom('a', 'b')
const key = fc.option(fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5'), { nil: undefined })
const small = fc.nat(6)
const who = fc.constantFrom('ada', 'bob')
const place = fc.constantFrom('hall', 'shed')
const tenant = fc.constantFrom('acme', 'zoo')

/** Few facts in few places, so that changes meet. */
export const change: fc.Arbitrary<RightsChange> = fc.oneof(
  fc.tuple(place, who).map(([on, to]) => assign(`${on}#host@${to}`)),
  fc.tuple(place, who).map(([on, to]) => unassign(`${on}#host@${to}`)),
  fc
    .tuple(place, who, fc.constantFrom({ notBeforeMs: 5 }, { expiresAtMs: 9 }, { reason: 'x' }))
    .map(([on, to, grant]) => assign(`${on}#host@${to}`, grant)),
  fc.tuple(place, place).map(([from, to]) => relate(`${from}#parent@${to}`)),
  fc.tuple(place, place).map(([from, to]) => unrelate(`${from}#parent@${to}`)),
  fc.tuple(place, tenant).map(([on, to]) => join(on, to)),
  fc.tuple(place, tenant).map(([on, to]) => leave(on, to)),
  fc.constantFrom(putTenant('acme'), removeTenant('acme'), removeTenant('zoo')),
  fc.nat(4).map(passTime),
  fc.tuple(place, fc.constantFrom('x', 'y')).map(([on, title]) => putResource(on, title)),
  place.map(removeResource),
  fc.tuple(who, fc.constantFrom('x', 'y')).map(([to, name]) => putPerson(to, name)),
  fc.constantFrom(putKey('k'), putKey('k', 'other'), removeKey('k')),
  fc.constantFrom(putPolicy('one'), putPolicy('two')),
)

const publishPart = fc.record(
  {
    do: fc.constant('publish' as const),
    channel,
    data: fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    base: key,
    id: key,
  },
  { requiredKeys: ['do', 'channel', 'data'] },
)
const amendPart = fc.record(
  {
    do: fc.constant('amend' as const),
    channel,
    nth: small,
    action: fc.constantFrom('update', 'delete', 'append'),
    data: fc.string({ maxLength: 3 }),
    base: key,
  },
  { requiredKeys: ['do', 'channel', 'nth', 'action'] },
)
const annotatePart = fc.record(
  {
    do: fc.constant('annotate' as const),
    channel,
    nth: small,
    type: fc.constantFrom('t:total.v1', 'd:distinct.v1', 'u:unique.v1', 'm:multiple.v1', 'x.y'),
    name: fc.constantFrom('up', 'down'),
    by: who,
    back: fc.boolean(),
    base: key,
  },
  { requiredKeys: ['do', 'channel', 'nth', 'type', 'name', 'back'] },
)
const rightsPart = fc.record({
  do: fc.constant('rights' as const),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
})

const part = fc.oneof(
  { arbitrary: publishPart, weight: 5 },
  { arbitrary: amendPart, weight: 3 },
  { arbitrary: annotatePart, weight: 3 },
  { arbitrary: rightsPart, weight: 2 },
) as fc.Arbitrary<Part>

const record = fc.record(
  {
    collection: fc.constantFrom('c', 'd'),
    key: fc.constantFrom('a', 'ab', 'b', '\uffee', '\u{1f600}'),
    value: fc.constantFrom({ x: 1 }, { x: 2 }, undefined),
    expectVersion: fc.nat(4),
  },
  { requiredKeys: ['collection', 'key', 'value'] },
)
// Sometimes the same twice, which is refused.
const records = fc.array(record, { minLength: 1, maxLength: 3 }) as fc.Arbitrary<NewRecord[]>

export const turns: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({
    moveMs: fc.integer({ min: -3, max: 3 }),
    writes: fc.array(
      fc.record(
        { expectAgo: fc.nat(2), parts: fc.array(part, { maxLength: 3 }), records },
        { requiredKeys: ['parts'] },
      ),
      { maxLength: 4 },
    ),
    read: fc.record({
      channel,
      backwards: fc.boolean(),
      limit: fc.integer({ min: 1, max: 5 }),
      nth: small,
      ago: small,
    }),
  }),
  { minLength: 1, maxLength: 8 },
) as fc.Arbitrary<Turn[]>

/** Everything a caller can tell apart after a turn, as one value. */
export async function play(store: Store, clock: { ms: number }, all: readonly Turn[]) {
  const heard: unknown[] = []
  const serials: string[] = []
  store.subscribe((entries) => {
    heard.push(...entries)
    for (const entry of entries) {
      if (entry.kind === 'message')
        for (const message of entry.messages) serials.push(message.serial)
    }
  })
  const seen: unknown[] = []
  for (const turn of all) {
    clock.ms += turn.moveMs
    const { rightsRevision } = await store.load()
    const results = await Promise.allSettled(
      turn.writes.map(({ expectAgo, parts, records }) =>
        store.transact({
          ...(records !== undefined && { records }),
          entries: parts.map((part) => entryOf(part, serials)),
          ...(expectAgo !== undefined && { expect: (rightsRevision - expectAgo) as Revision }),
          audit: { command: 'test', actor: 'server', target: 'x' },
        }),
      ),
    )
    const outcomes = results.map((result) =>
      result.status === 'fulfilled' ? result.value : String(result.reason.code),
    )
    seen.push(outcomes, await read(store, turn.read, serials))
  }
  return { seen, heard }
}

function entryOf(part: Part, serials: readonly string[]): NewEntry {
  if (part.do === 'rights') return rights(...part.changes)
  const rest = {
    channel: part.channel as ChannelName,
    ...(part.base !== undefined && { idBase: part.base }),
  }
  if (part.do === 'publish') {
    const { id } = part
    return publish(
      part.data.map((data, index) => ({ data, ...(id !== undefined && { id: `${id}:${index}` }) })),
      rest,
    )
  }
  const serial = serials[part.nth % Math.max(serials.length, 1)] ?? 'none'
  if (part.do === 'annotate') {
    const { type, name, by, back } = part
    const who = by === undefined ? {} : { clientId: by }
    return annotate(serial, { type, name, ...who, ...(back && { action: 'delete' }) }, rest)
  }
  const data = part.data === undefined ? {} : { data: part.data }
  return amend({ serial, action: part.action, ...data }, rest)
}

async function read(store: Store, asked: Turn['read'], serials: readonly string[]) {
  const snapshot = await store.load()
  const { backwards, limit, nth, ago } = asked
  const channel = asked.channel as ChannelName
  const upTo = Math.max(snapshot.revision - ago, 0) as Revision
  const serial = serials[nth % Math.max(serials.length, 1)] ?? 'none'
  const entrySerial = serial.split(':')[0] ?? ''
  const direction = backwards ? 'backwards' : 'forwards'
  const page = { channel, direction, limit, upTo } as const
  return [
    snapshot,
    await store.history(page),
    await store.history({ ...page, afterSerial: serial }),
    await store.history({ ...page, untilSerial: entrySerial }),
    await store.history({ ...page, startMs: 1_000 + nth, endMs: 1_003 + nth }),
    await store.since({ channel, serial: entrySerial, limit, upTo }),
    await store.message(channel, serial, upTo),
    await store.versions(channel, serial, upTo),
    await store.annotations({ channel, messageSerial: serial, limit, upTo }),
    await store.clientSummary(channel, serial, 'ada', upTo),
    await store.records({ collection: 'c', limit }),
    await store.records({ collection: 'c', prefix: 'a', afterKey: 'a', limit }),
    await store.record('d', 'b'),
    await store.audit({ limit: 3 }),
    await store.audit({ limit: 3, actor: 'server', sinceMs: 1_000 + nth, untilMs: 1_003 + nth }),
  ]
}
