// Coming back to a channel: read what was missed, and join without losing or doubling anything.

import { describe, expect, test } from 'vitest'
import {
  attach,
  back,
  channel,
  enters,
  fleeting,
  flush,
  message,
  read,
  replayed,
  SUBSCRIBE,
  says,
  steps,
  text,
} from '../test/build.ts'
import { Channel } from './channel.ts'
import type { ChannelEvent } from './events.ts'
import { DEFAULT_MODES, MODE } from './modes.ts'
import { MAX_BACKLOG } from './resume.ts'

const suspend: ChannelEvent = { name: 'suspend', connection: 'c1' }

function failedRead(after: string, reason: 'unknown_position' | 'rights_changed'): ChannelEvent {
  return { name: 'backlog', connection: 'c1', after, answer: { kind: 'gap', reason }, head: 's9' }
}

/** Places `from`..`to` in the order, of equal width. */
function serials(from: number, to: number): string[] {
  return Array.from(
    { length: to - from + 1 },
    (_, index) => `s${String(from + index).padStart(5, '0')}`,
  )
}

describe('reading', () => {
  test('[CH25] it reads from its position on and receives nothing meanwhile', () => {
    const made = new Channel('any')
    const effects = steps(made, back('c1', 's1', { head: 's3' }), says('s4'), flush)
    expect(text(effects)).toEqual(['c1 reads after s1'])
    expect(made.attachment('c1')?.state).toBe('attaching')
  })

  test('[CH25] while there is more it reads on', () => {
    const made = channel(back('c1', 's1', { head: 's5' }))
    expect(
      text(made.step(read('c1', 's1', { serials: ['s2', 's3'], more: true, upTo: 's5' }))),
    ).toEqual(['c1 reads after s3'])
  })

  test('[CH26] with the last page it is attached, told its own position, then what it missed', () => {
    const made = channel(
      attach('c2'),
      enters('c2', 'bob'),
      flush,
      back('c1', 's1', { head: 's5' }),
      read('c1', 's1', { serials: ['s2', 's3'], more: true, upTo: 's5' }),
    )
    expect(made.step(read('c1', 's3', { serials: ['s5'], upTo: 's5' }))).toEqual([
      {
        name: 'attached',
        connection: 'c1',
        modes: DEFAULT_MODES,
        serial: 's1',
        resumed: true,
        hasBacklog: true,
        hasPresence: true,
      },
      replayed(
        'c1',
        ['s2', 's3', 's5'].map((s) => message(s)),
      ),
      { name: 'sync', connection: 'c1', members: [...made.members.values()] },
    ])
    expect(made.attachment('c1')?.state).toBe('attached')
  })

  test('[CH26] having missed nothing it is attached without a backlog', () => {
    const made = channel(back('c1', 's5', { head: 's5' }))
    const effects = made.step(read('c1', 's5', { upTo: 's5' }))
    expect(text(effects)).toEqual(['c1 attached resumed s5'])
    expect(effects[0]).toMatchObject({ hasBacklog: false })
  })

  test('[CH27] told before the answer and beyond it: it reads on', () => {
    const made = channel(back('c1', 's1', { head: 's2' }), says('s3'))
    const effects = steps(
      made,
      read('c1', 's1', { serials: ['s2'], upTo: 's2' }),
      read('c1', 's2', { serials: ['s3'], upTo: 's3' }),
      says('s4'),
      flush,
    )
    expect(text(effects)).toEqual([
      'c1 reads after s2',
      'c1 attached resumed s1',
      'c1 missed s2 s3',
      'flush soon',
      'c1 gets s4',
    ])
  })

  test('[CH27] told before the answer and within it: it is not told twice', () => {
    const made = channel(attach('c2'), back('c1', 's1', { head: 's1' }), says('s2'))
    const effects = steps(made, read('c1', 's1', { serials: ['s2'], upTo: 's2' }), flush)
    expect(text(effects)).toEqual(['c2 gets s2', 'c1 attached resumed s1', 'c1 missed s2'])
  })

  test('[CH27] told in the same turn after the answer: it is delivered live', () => {
    const made = channel(back('c1', 's1', { head: 's2' }))
    const answer = read('c1', 's1', { serials: ['s2'], upTo: 's2' })
    expect(text(steps(made, answer, says('s3'), flush))).toEqual([
      'c1 attached resumed s1',
      'c1 missed s2',
      'flush soon',
      'c1 gets s3',
    ])
  })

  test('[CH28] an answer from another position, or to nobody, changes nothing', () => {
    const made = channel(back('c1', 's1', { head: 's2' }))
    expect(made.step(read('c1', 's0', { serials: ['s1', 's2'], upTo: 's2' }))).toEqual([])
    expect(made.step(read('c9', 's1', { serials: ['s2'], upTo: 's2' }))).toEqual([])
    expect(made.step(failedRead('s0', 'unknown_position'))).toEqual([])
    expect(made.attachment('c1')).toMatchObject({ state: 'attaching', backlog: [] })
  })

  test('[CH28] the same page twice is taken once', () => {
    const made = channel(back('c1', 's1', { head: 's3' }))
    const page = read('c1', 's1', { serials: ['s2'], more: true, upTo: 's3' })
    const last = read('c1', 's2', { serials: ['s3'], upTo: 's3' })
    expect(text(steps(made, page, page, last, last))).toEqual([
      'c1 reads after s2',
      'c1 attached resumed s1',
      'c1 missed s2 s3',
    ])
  })

  test('[CH28] attached again without a position while reading, it no longer waits', () => {
    const made = channel(back('c1', 's1', { head: 's2' }), attach('c1', { head: 's2' }))
    expect(made.step(read('c1', 's1', { serials: ['s2'], upTo: 's2' }))).toEqual([])
    expect(made.attachment('c1')?.state).toBe('attached')
  })

  test('[CH29] an answer from before the present attach is read on from', () => {
    const early = read('c1', 's1', { upTo: 's1' })
    const made = channel(
      back('c1', 's1', { head: 's1' }),
      suspend,
      back('c1', 's1', { head: 's2' }),
    )
    expect(text(made.step(early))).toEqual(['c1 reads after s1'])
    const again = new Channel('any')
    again.step(back('c1', 's1', { head: 's2' }))
    expect(text(steps(again, early, read('c1', 's1', { serials: ['s2'], upTo: 's2' })))).toEqual([
      'c1 reads after s1',
      'c1 attached resumed s1',
      'c1 missed s2',
    ])
  })
})

describe('gaps', () => {
  test('[CH30] a position that is not continuous attaches at the head, with the reason', () => {
    const resume = { kind: 'gap', reason: 'connection_lost' } as const
    const effects = new Channel('any').step(attach('c1', { resume, head: 's9' }))
    expect(text(effects)).toEqual(['c1 attached anew s9 connection_lost'])
    expect(effects[0]).toMatchObject({ hasBacklog: false })
  })

  test('[CH30] a read that finds a gap drops what earlier pages held', () => {
    const made = channel(
      back('c1', 's1', { head: 's9' }),
      read('c1', 's1', { serials: ['s2'], more: true, upTo: 's9' }),
    )
    expect(text(steps(made, failedRead('s2', 'unknown_position'), says('sA'), flush))).toEqual([
      'c1 attached anew s9 unknown_position',
      'flush soon',
      'c1 gets sA',
    ])
  })

  test('[CH30] after a gap members are shown as after any attach', () => {
    const made = channel(enters('c2', 'bob'), back('c1', 's1', { head: 's9' }))
    const effects = made.step(failedRead('s1', 'unknown_position'))
    expect(text(effects)).toEqual(['c1 attached anew s9 unknown_position', 'c1 sees bob'])
    expect(effects[0]).toMatchObject({ hasPresence: true })
  })

  const full = serials(1, MAX_BACKLOG)
  const [first = '', last = ''] = [full[0], full.at(-1)]

  test('[CH31] as many as may be replayed are replayed', () => {
    const made = channel(back('c1', 's', { head: last }))
    const effects = made.step(read('c1', 's', { serials: full, upTo: last }))
    expect(text(effects)).toEqual(['c1 attached resumed s', `c1 missed ${full.join(' ')}`])
  })

  test('[CH31] one more is a gap, found on whichever page it comes', () => {
    const more = serials(2, MAX_BACKLOG + 1)
    const upTo = more.at(-1) ?? ''
    const made = channel(back('c1', 's', { head: upTo }))
    const effects = steps(
      made,
      read('c1', 's', { serials: [first], more: true, upTo }),
      read('c1', first, { serials: more, upTo }),
    )
    expect(text(effects)).toEqual([
      `c1 reads after ${first}`,
      `c1 attached anew ${upTo} backlog_too_large`,
    ])
  })
})

describe('what is shown', () => {
  test('[CH32] nothing is replayed without SUBSCRIBE', () => {
    const made = channel(back('c1', 's1', { requested: MODE.publish, head: 's2' }))
    const effects = made.step(read('c1', 's1', { serials: ['s2'], upTo: 's2' }))
    expect(text(effects)).toEqual(['c1 attached resumed s1'])
    expect(effects[0]).toMatchObject({ hasBacklog: false })
  })

  test.each([
    [true, ['c1 attached resumed s1', 'c1 missed s2 s3']],
    [false, ['c1 attached resumed s1', 'c1 missed s3']],
  ])('[CH32] with echo %s its own messages are in the backlog or not', (echo, expected) => {
    const made = channel(back('c1', 's1', { echo, head: 's3' }))
    const messages = [message('s2', 'c1'), message('s3', 'c2')]
    const answer = { kind: 'messages', messages, hasMore: false, upTo: 's3', next: 's3' } as const
    const event = { name: 'backlog', connection: 'c1', after: 's1', answer, head: 's3' } as const
    expect(text(made.step(event))).toEqual(expected)
  })

  test('[CH32] with nothing but its own, echo off, there is no backlog', () => {
    const made = channel(back('c1', 's1', { echo: false, head: 's2' }))
    const answer = {
      kind: 'messages',
      messages: [message('s2', 'c1')],
      hasMore: false,
      upTo: 's2',
      next: 's2',
    } as const
    const effects = made.step({
      name: 'backlog',
      connection: 'c1',
      after: 's1',
      answer,
      head: 's2',
    })
    expect(text(effects)).toEqual(['c1 attached resumed s1'])
    expect(effects[0]).toMatchObject({ hasBacklog: false })
  })

  test('[CH33] a fleeting message is not waited for, nor kept for who is reading', () => {
    const made = channel(back('c1', 's1', { head: 's1', allowed: SUBSCRIBE }), fleeting('s5'))
    expect(text(steps(made, read('c1', 's1', { upTo: 's1' }), flush))).toEqual([
      'c1 attached resumed s1',
    ])
  })
})
