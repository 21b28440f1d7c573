import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyWorld } from '../test/worlds.ts'
import { later, told, worldOf } from '../test/yard.ts'
import type { Grant, KeyRecord, RightsChange } from './change.ts'
import type { KeyId, Revision } from './names.ts'
import { dueChanges, nextDueMs } from './time.ts'
import { formatTuple, parseTuple } from './tuple.ts'
import { foldRights, type World } from './world.ts'

const tuplesIn = ({ facts }: World) => [...facts.tuples()].map(formatTuple).sort()

const tuple = parseTuple('dock:a#docker@user:ada')
const assign = (grant: Grant): RightsChange => ({ kind: 'assign', tuple, ...grant })

test('[PO104] a pending grant grants nothing until it is assigned without a start', () => {
  const window = { notBeforeMs: 5, expiresAtMs: 900, reason: 'shift' }
  const world = later(worldOf(), assign(window), { kind: 'pass-time', atMs: 100 })
  expect(world.facts.has(tuple)).toBe(false)
  expect(world.facts.grant(tuple)).toEqual(window)
  expect([...world.facts.pending()]).toEqual([[tuple, window]])
  const due = dueChanges(world, 100)
  expect(due).toEqual([assign({ expiresAtMs: 900, reason: 'shift' })])
  const started = later(world, ...due)
  expect(started.facts.has(tuple)).toBe(true)
  expect([...started.facts.pending()]).toEqual([])
  expect(later(started, ...dueChanges(started, 900)).facts.grant(tuple)).toBeUndefined()
})

test('[PO104] assigning again replaces all that the grant said', () => {
  const world = later(
    worldOf(),
    assign({ expiresAtMs: 9, by: 'key:k' }),
    assign({ reason: 'stays' }),
  )
  expect(world.facts.grant(tuple)).toEqual({ reason: 'stays' })
  expect(nextDueMs({ ...world, timeMs: 9_000 })).toBeUndefined()
})

test('[PO109] the next instant is the earliest of grants and rules, and what is due comes in order', () => {
  const world = later(
    worldOf('dock:b#watcher@user:ben'),
    assign({ expiresAtMs: 1_500 }),
    {
      ...assign({ notBeforeMs: 1_400 }),
      tuple: parseTuple('dock:b#master@user:ben'),
    } as RightsChange,
    {
      ...assign({ notBeforeMs: 3, expiresAtMs: 4 }),
      tuple: parseTuple('dock:b#docker@user:cy'),
    } as RightsChange,
  )
  expect(nextDueMs(world)).toBe(3)
  expect(dueChanges(world, 2)).toEqual([])
  expect(dueChanges(world, 1_500)).toEqual([
    { kind: 'unassign', tuple },
    { kind: 'unassign', tuple: parseTuple('dock:b#docker@user:cy') },
    { kind: 'assign', tuple: parseTuple('dock:b#master@user:ben') },
    { kind: 'pass-time', atMs: 1_000 },
  ])
  expect(told('dock:a')).toHaveLength(1)
})

test('[PO109] what is due can be folded piece by piece and leads to the same', () => {
  fc.assert(
    fc.property(
      anyWorld,
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 3 }),
      (world, nowMs, most) => {
        const whole = foldRights(world, dueChanges(world, nowMs), 2 as Revision)
        let pieces = world
        for (
          let due = dueChanges(pieces, nowMs, most);
          due.length > 0;
          due = dueChanges(pieces, nowMs, most)
        )
          pieces = foldRights(pieces, due, 2 as Revision)
        expect(tuplesIn(pieces)).toEqual(tuplesIn(whole))
        expect(pieces.timeMs).toBe(whole.timeMs)
        expect(nextDueMs(pieces)).toBe(nextDueMs(whole))
      },
    ),
  )
})

test('[PO109] folding what is due leaves nothing due', () => {
  fc.assert(
    fc.property(anyWorld, fc.integer({ min: 0, max: 12 }), (world, nowMs) => {
      const next = nextDueMs(world)
      const due = dueChanges(world, nowMs)
      expect(due.length > 0).toBe(next !== undefined && next <= nowMs)
      const after = foldRights(world, due, 2 as Revision)
      expect(dueChanges(after, nowMs)).toEqual([])
      expect(nextDueMs(after) ?? nowMs + 1).toBeGreaterThan(nowMs)
    }),
  )
})

test('[PO229] a revocation is forgotten when its time is over, the others stay', () => {
  const revoke = (value: string, untilMs?: number): RightsChange => ({
    kind: 'revoke-tokens',
    revocation: {
      key: 'k' as KeyId,
      target: { type: 'tokenId', value },
      issuedBeforeMs: 500,
      ...(untilMs === undefined ? {} : { untilMs }),
    },
  })
  const world = later(
    worldOf(),
    { kind: 'pass-time', atMs: 10_000 },
    revoke('stays'),
    revoke('b', 900),
    revoke('a', 800),
  )
  expect(nextDueMs(world)).toBe(800)
  expect(dueChanges(world, 799)).toEqual([])
  expect(dueChanges(world, 900, 1)).toMatchObject([{ revocation: { target: { value: 'a' } } }])
  const after = later(world, ...dueChanges(world, 900))
  expect([...after.revocations.entries()]).toMatchObject([
    [expect.any(String), { target: { value: 'stays' } }],
  ])
  for (const clock of [0, 799, 900]) expect(dueChanges(after, clock)).toEqual([])
  expect(nextDueMs(after)).toBeUndefined()
})

test('[PO205] a key ends by one change, an older secret by another, and neither is due again', () => {
  const terms = { scopes: [], capability: {}, sealedSecret: 'new', createdAtMs: 0 } as const
  const put = (id: string, more: Partial<KeyRecord>): RightsChange => ({
    kind: 'put-key',
    key: { id: id as KeyId, name: id, ...terms, ...more },
  })
  const previous = { sealedSecret: 'old', untilMs: 700 }
  const world = later(
    worldOf(),
    { kind: 'pass-time', atMs: 10_000 },
    put('b', { expiresAtMs: 900 }),
    put('a', { expiresAtMs: 900, previous }),
    put('stays', {}),
  )
  expect(nextDueMs(world)).toBe(700)
  expect(dueChanges(world, 699)).toEqual([])
  const overlapped = later(world, ...dueChanges(world, 700))
  expect(dueChanges(world, 700)).toEqual([put('a', { expiresAtMs: 900 })])
  expect([...overlapped.keys.keys()]).toEqual([...world.keys.keys()])
  // A clock that jumps back ends nothing again.
  for (const clock of [0, 700, 899]) expect(dueChanges(overlapped, clock)).toEqual([])
  const ends: RightsChange[] = [
    { kind: 'remove-key', key: 'a' as KeyId },
    { kind: 'remove-key', key: 'b' as KeyId },
  ]
  expect(dueChanges(overlapped, 900)).toEqual(ends)
  // Everything at once, after a long stop: the key goes with its secrets.
  expect(dueChanges(world, 5_000)).toEqual(ends)
  const after = later(overlapped, ...ends)
  expect([nextDueMs(after), dueChanges(after, 1e12)]).toEqual([undefined, []])
  expect(after.keys.has('stays' as KeyId)).toBe(true)
})
