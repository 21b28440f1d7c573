import { describe, expect, test } from 'vitest'
import type { ChannelMessage } from './message.ts'
import { isTooMuch, MAX_BACKLOG_BYTES, resumeAt } from './resume.ts'

describe('where an attach goes on', () => {
  test.each([undefined, ''])('[CH16] at no position (%o) it is fresh, lost or not', (serial) => {
    expect(resumeAt(serial, true, 's5')).toEqual({ kind: 'fresh' })
    expect(resumeAt(serial, false, 's5')).toEqual({ kind: 'fresh' })
  })

  test('[CH16] of a connection that was lost, it has a gap', () => {
    const gap = { kind: 'gap', reason: 'connection_lost' }
    expect(resumeAt('s3', false, 's5')).toEqual(gap)
    expect(resumeAt('s9', false, 's5')).toEqual(gap)
  })

  test('[CH16] past the head, it has a gap', () => {
    expect(resumeAt('s6', true, 's5')).toEqual({ kind: 'gap', reason: 'unknown_position' })
    expect(resumeAt('s1', true, '')).toEqual({ kind: 'gap', reason: 'unknown_position' })
  })

  test.each(['s3', 's5'])('[CH16] at %s, up to the head, it resumes there', (serial) => {
    expect(resumeAt(serial, true, 's5')).toEqual({ kind: 'resumed', from: serial })
  })
})

describe('what was missed', () => {
  const publish = (...sizes: readonly number[]): ChannelMessage => ({
    kind: 'message',
    serial: 's1',
    atMs: 1,
    id: 'a',
    messages: sizes.map((size, index) => ({
      id: `a:${index}`,
      serial: `s1:${index}`,
      timestampMs: 1,
      action: 'create',
      ...(index % 2 === 0 ? { data: 'x'.repeat(size) } : { data: new Uint8Array(size) }),
    })),
  })

  test('[CH31] is counted by the payloads of all its messages, text and bytes alike', () => {
    const half = MAX_BACKLOG_BYTES / 2
    expect(isTooMuch([publish(half, half)])).toBe(false)
    expect(isTooMuch([publish(half), publish(half, 1)])).toBe(true)
  })
})
