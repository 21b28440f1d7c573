// What channels that keep nothing were told lately: in order, bounded, and never less than it says.

import type { ChannelMessage } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import { describe, expect, test } from 'vitest'
import { Recent, storedPart } from '../src/recent.ts'

const LOG = 'log:1' as ChannelName
const OTHER = 'log:2' as ChannelName
const HEAD = '00000000001000-000@here'
const NEXT = '00000000001000-001@here'

function opened(nowMs = 1_000) {
  const recent = new Recent(HEAD, nowMs)
  const say = (data: string, atMs = nowMs, channel = LOG, head = HEAD): string => {
    const serial = recent.nextSerial(head, atMs)
    const message = { data, serial: `${serial}:000` } as ChannelMessage['messages'][number]
    const told = { kind: 'message', serial, atMs, id: data, messages: [message] } as const
    recent.keep(channel, told, [`id ${data}`])
    return serial
  }
  const since = (after: string, channel = LOG) =>
    recent.since(channel, after, '~')?.map(({ id }) => id)
  return { recent, say, since }
}

describe('recent messages', () => {
  test('take places behind the stored entry and before the next, each after the last', () => {
    const { recent, say } = opened()
    const start = recent.position(LOG, HEAD)
    const serials = [say('a'), say('b'), say('c', 5_000), say('d', 900), say('e', 5_000, LOG, NEXT)]
    const all = [HEAD, start, ...serials.slice(0, 4), NEXT, ...serials.slice(4)]
    expect([...all].sort()).toEqual(all)
    expect(new Set(all).size).toBe(all.length)
    expect(serials.map(storedPart)).toEqual([HEAD, HEAD, HEAD, HEAD, NEXT])
    expect(recent.position(LOG, NEXT)).toBe(serials[4])
    expect(new Recent(NEXT, 6_000).position(LOG, NEXT) > String(serials[4])).toBe(true)
  })

  test('are there for who comes back, from its own position on, in its own channel', () => {
    const { recent, say, since } = opened()
    const start = recent.position(LOG, HEAD)
    const first = say('a')
    say('x', 1_000, OTHER)
    say('b')
    expect(since(start)).toEqual(['a', 'b'])
    expect(since(first)).toEqual(['b'])
    expect(since(start, OTHER)).toEqual(['x'])
    expect(recent.since(LOG, start, first)?.map(({ id }) => id)).toEqual(['a'])
  })

  test('are forgotten after two minutes; who would miss one is told of the gap', () => {
    const { recent, say, since } = opened()
    const start = recent.position(LOG, HEAD)
    const first = say('a', 1_000)
    say('b', 60_000)
    recent.forget(121_000)
    expect(since(start)).toBeUndefined()
    expect(since(first)).toEqual(['b'])
    expect(recent.repeatOf(LOG, ['id a'])).toBeUndefined()
    recent.forget(180_000)
    expect(since(first)).toBeUndefined()
    expect(since(start, OTHER)).toEqual([])
  })

  test('of a time before this process nothing is known', () => {
    const { since } = opened()
    expect(since(HEAD)).toBeUndefined()
    expect(since('00000000000999-000@here~00000000000999-000000')).toBeUndefined()
  })

  test('a repeat is known by any of its keys, in its channel', () => {
    const { recent, say } = opened()
    const serial = say('a')
    expect(recent.repeatOf(LOG, ['id z', 'id a'])?.serial).toBe(serial)
    expect(recent.repeatOf(OTHER, ['id a'])).toBeUndefined()
  })

  test('are no more than a thousand of one channel', () => {
    const { recent, say, since } = opened()
    const start = recent.position(LOG, HEAD)
    const [first] = Array.from({ length: 1_001 }, (_, index) => say(`${index}`))
    expect(since(start)).toBeUndefined()
    expect(since(String(first))).toHaveLength(1_000)
    recent.forget(500_000)
    expect(recent.position(LOG, HEAD)).toBe(start)
  })
})
