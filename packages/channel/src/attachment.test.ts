// The table of places: what every event does to a connection in every state of its place. Complete by type.

import { describe, expect, test } from 'vitest'
import {
  attach,
  back,
  channel,
  enters,
  flush,
  member,
  read,
  rights,
  SUBSCRIBE,
  says,
  steps,
  text,
} from '../test/build.ts'
import { type Attachment, granted, variantOf } from './attachment.ts'
import type { ChannelEvent } from './events.ts'
import { DEFAULT_MODES, MODE, NO_MODES } from './modes.ts'

type Place = 'none' | Attachment['state']
/** What is asked to be done, and the place afterwards. */
type Expected = { readonly effects: readonly string[]; readonly after: Place }

/** `c1` in each state, with a member of its own; `c2` looks on; `s1` waits for the flush. */
const before: Record<Place, readonly ChannelEvent[]> = {
  none: [],
  attaching: [back('c1', 's0')],
  attached: [attach('c1')],
}

const events: Record<ChannelEvent['name'], ChannelEvent> = {
  attach: attach('c1', { head: 's1' }),
  backlog: read('c1', 's0', { serials: ['s1'], upTo: 's1' }),
  detach: { name: 'detach', connection: 'c1', nowMs: 9 },
  forget: { name: 'forget', connection: 'c1', nowMs: 9 },
  leavePresence: { name: 'leavePresence', connection: 'c1', nowMs: 9 },
  suspend: { name: 'suspend', connection: 'c1' },
  message: says('s2'),
  presence: enters('c1', 'bob'),
  sync: { name: 'sync', connection: 'c1' },
  reauthorize: rights({ c1: NO_MODES }),
  flush,
  tellOccupancy: { name: 'tellOccupancy' },
}

const annLeaves = 'c2 gets leave:ann'
const table: Record<Place, Record<ChannelEvent['name'], Expected>> = {
  none: {
    attach: { effects: ['c2 gets s1', 'c1 attached anew s1', 'c1 sees ann'], after: 'attached' },
    backlog: { effects: ['c2 gets s1'], after: 'none' },
    detach: { effects: ['c2 gets s1', 'flush soon', 'c1 detached', annLeaves], after: 'none' },
    forget: { effects: ['c2 gets s1', 'flush soon', annLeaves], after: 'none' },
    leavePresence: { effects: ['c2 gets s1 leave:ann'], after: 'none' },
    suspend: { effects: ['c2 gets s1'], after: 'none' },
    message: { effects: ['c2 gets s1 s2'], after: 'none' },
    presence: { effects: ['c2 gets s1 enter:bob'], after: 'none' },
    sync: { effects: ['c2 gets s1'], after: 'none' },
    reauthorize: { effects: ['c2 gets s1', 'flush soon', annLeaves], after: 'none' },
    flush: { effects: ['c2 gets s1'], after: 'none' },
    tellOccupancy: { effects: ['c2 gets s1'], after: 'none' },
  },
  attaching: {
    attach: { effects: ['c2 gets s1', 'c1 attached anew s1', 'c1 sees ann'], after: 'attached' },
    backlog: {
      effects: ['c2 gets s1', 'c1 attached resumed s0', 'c1 missed s1', 'c1 sees ann'],
      after: 'attached',
    },
    detach: { effects: ['c2 gets s1', 'flush soon', 'c1 detached', annLeaves], after: 'none' },
    forget: { effects: ['c2 gets s1', 'flush soon', annLeaves], after: 'none' },
    leavePresence: { effects: ['c2 gets s1 leave:ann'], after: 'attaching' },
    suspend: { effects: ['c2 gets s1'], after: 'none' },
    message: { effects: ['c2 gets s1 s2'], after: 'attaching' },
    presence: { effects: ['c2 gets s1 enter:bob'], after: 'attaching' },
    sync: { effects: ['c2 gets s1'], after: 'attaching' },
    reauthorize: {
      effects: ['c2 gets s1', 'c1 purge', 'c1 refused revoked', 'flush soon', annLeaves],
      after: 'none',
    },
    flush: { effects: ['c2 gets s1'], after: 'attaching' },
    tellOccupancy: { effects: ['c2 gets s1'], after: 'attaching' },
  },
  attached: {
    attach: {
      effects: ['c2 gets s1', 'c1 gets s1', 'c1 attached resumed s1', 'c1 sees ann'],
      after: 'attached',
    },
    backlog: { effects: ['c2 gets s1', 'c1 gets s1'], after: 'attached' },
    detach: {
      effects: ['c2 gets s1', 'c1 gets s1', 'flush soon', 'c1 detached', annLeaves],
      after: 'none',
    },
    forget: { effects: ['c2 gets s1', 'c1 gets s1', 'flush soon', annLeaves], after: 'none' },
    leavePresence: {
      effects: ['c2 gets s1 leave:ann', 'c1 gets s1 leave:ann'],
      after: 'attached',
    },
    suspend: { effects: ['c2 gets s1'], after: 'none' },
    message: { effects: ['c2 gets s1 s2', 'c1 gets s1 s2'], after: 'attached' },
    presence: { effects: ['c2 gets s1 enter:bob', 'c1 gets s1 enter:bob'], after: 'attached' },
    sync: { effects: ['c2 gets s1', 'c1 gets s1', 'c1 sees ann'], after: 'attached' },
    reauthorize: {
      effects: [
        'c2 gets s1',
        'c1 gets s1',
        'c1 purge',
        'c1 refused revoked',
        'flush soon',
        annLeaves,
      ],
      after: 'none',
    },
    flush: { effects: ['c2 gets s1', 'c1 gets s1'], after: 'attached' },
    tellOccupancy: { effects: ['c2 gets s1', 'c1 gets s1'], after: 'attached' },
  },
}

const cells = Object.entries(table).flatMap(([place, row]) =>
  Object.entries(row).map(([event, expected]) => ({
    place: place as Place,
    event: event as ChannelEvent['name'],
    expected,
  })),
)

describe('every event in every state of a place', () => {
  test.each(cells)('[CH24] $place, $event', ({ place, event, expected }) => {
    const made = channel(attach('c2'), enters('c1', 'ann'), flush, ...before[place], says('s1'))
    expect(text(steps(made, events[event], flush))).toEqual(expected.effects)
    expect(made.attachment('c1')?.state ?? 'none').toBe(expected.after)
  })
})

describe('modes of a place', () => {
  test.each([
    [DEFAULT_MODES, SUBSCRIBE, SUBSCRIBE],
    [MODE.publish, DEFAULT_MODES, MODE.publish],
    [MODE.subscribe, MODE.publish, NO_MODES],
  ])('[CH17] requested %i, allowed %i: granted %i', (requested, allowed, modes) => {
    expect(granted(requested, allowed)).toBe(modes)
  })
})

describe('variants', () => {
  const place = (modes: number, changes: Partial<Attachment> = {}) => {
    const { connection = 'c1', format = 'json', echo = true } = changes
    const { wholeAppends = false, receiver = '' } = changes
    const place = { connection, requested: modes, modes, format, echo, wholeAppends, receiver }
    return variantOf(place)
  }

  test('[CH35] connections that see the same in the same format share one', () => {
    expect(place(DEFAULT_MODES, { connection: 'c2' })).toEqual(place(SUBSCRIBE))
  })

  test('[CH35] another format, other modes or echo off make another', () => {
    const modes = [SUBSCRIBE, MODE.subscribe, MODE.presenceSubscribe]
    const formats = ['json', 'msgpack'] as const
    const keys = modes.flatMap((each) =>
      formats.flatMap((format) => [
        place(each, { format })?.key,
        place(each, { format, echo: false })?.key,
        place(each, { format, echo: false, connection: 'c2' })?.key,
      ]),
    )
    expect(new Set(keys).size).toBe(18)
  })

  test('[CH36] who may see nothing has none', () => {
    expect(place(MODE.publish | MODE.presence)).toBeUndefined()
  })

  test('[CH37] echo off names the connection whose messages are left out', () => {
    expect(place(SUBSCRIBE, { echo: false })?.except).toBe('c1')
    expect(place(SUBSCRIBE)).not.toHaveProperty('except')
  })
})

test('[CH24] the member that looks on is not touched', () => {
  const made = channel(attach('c2'), enters('c2', 'cyd'), attach('c1'))
  steps(made, rights({ c1: NO_MODES }), flush)
  expect([...made.members.values()]).toEqual([member('c2', 'cyd')])
})
