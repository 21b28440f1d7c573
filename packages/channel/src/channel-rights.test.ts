// New rights on places that stand: what is cut, what is kept, what is told.

import { describe, expect, test } from 'vitest'
import {
  attach,
  back,
  channel,
  enters,
  fleeting,
  flush,
  read,
  rights,
  SUBSCRIBE,
  says,
  steps,
  text,
} from '../test/build.ts'
import { Channel } from './channel.ts'
import type { ChannelEvent } from './events.ts'
import { DEFAULT_MODES, MODE, NO_MODES } from './modes.ts'

/** May write, may not read. */
const mute = attach('c1', { allowed: MODE.publish })
const reading = rights({ c1: SUBSCRIBE | MODE.publish })
const revoked = rights({ c1: MODE.publish })

describe('the cut', () => {
  test('[CH40] message, grant, message: only the second is shown', () => {
    const effects = steps(channel(mute, attach('c2')), says('s1'), reading, says('s2'), flush)
    expect(text(effects).filter((line) => line.startsWith('c1 gets'))).toEqual(['c1 gets s2'])
    expect(text(effects).filter((line) => line.startsWith('c2 gets'))).toEqual([
      'c2 gets s1',
      'c2 gets s2',
    ])
  })

  test.each([
    ['a message', says('s1')],
    ['a fleeting message', fleeting('s1')],
    ['presence', enters('c2', 'bob')],
  ])('[CH40] revoke, %s, grant: nothing of it is shown', (_, told) => {
    const made = channel(attach('c1'), attach('c2'))
    const effects = steps(made, revoked, told, reading, flush)
    expect(text(effects).some((line) => line.startsWith('c1 gets'))).toBe(false)
    expect(text(effects).some((line) => line.startsWith('c2 gets'))).toBe(true)
  })

  test('[CH40] revoke by token, message, grant: it is not shown, what follows is', () => {
    const effects = steps(
      channel(attach('c1')),
      rights({ c1: MODE.publish }, 'token'),
      says('s1'),
      rights({ c1: DEFAULT_MODES }, 'token'),
      says('s2'),
      flush,
    )
    expect(text(effects).filter((line) => line.startsWith('c1 gets'))).toEqual(['c1 gets s2'])
  })

  test('[CH40] message, revoke: what was told before goes by the old rights, and goes first', () => {
    const effects = steps(
      channel(attach('c1'), attach('c2')),
      says('s1'),
      revoked,
      says('s2'),
      flush,
    )
    expect(text(effects)).toEqual([
      'flush soon',
      'c1 gets s1',
      'c2 gets s1',
      'c1 purge',
      'c1 refused revoked',
      'flush soon',
      'c2 gets s2',
    ])
  })

  test('[CH40] rights of others cut all the same, and are all that changes', () => {
    const made = channel(attach('c1'), attach('c2'), says('s1'))
    expect(text(made.step(rights({ c9: NO_MODES })))).toEqual(['c1 gets s1', 'c2 gets s1'])
    expect(made.attachment('c1')?.modes).toBe(DEFAULT_MODES)
  })
})

describe('loss', () => {
  test.each([
    ['SUBSCRIBE', MODE.publish | MODE.presence],
    ['everything', NO_MODES],
  ])('[CH41] the policy takes %s: purged, then refused', (_, left) => {
    const made = channel(attach('c1'))
    expect(made.step(rights({ c1: left }))).toEqual([
      { name: 'purge', connection: 'c1' },
      { name: 'refused', connection: 'c1', cause: 'revoked' },
    ])
    expect(made.attachment('c1')).toBeUndefined()
  })

  test('[CH41] its members leave, and it does not hear of it', () => {
    const made = channel(attach('c1'), attach('c2'), enters('c1', 'ann'), flush)
    expect(text(steps(made, revoked, flush))).toEqual([
      'c1 purge',
      'c1 refused revoked',
      'flush soon',
      'c2 gets leave:ann',
    ])
  })

  test('[CH41] while attaching it is refused, and the answer finds nobody', () => {
    const made = channel(back('c1', 's1', { head: 's2' }))
    const answer = read('c1', 's1', { serials: ['s2'], upTo: 's2' })
    expect(text(steps(made, revoked, answer))).toEqual(['c1 purge', 'c1 refused revoked'])
  })

  test('[CH41] a token that leaves nothing refuses too', () => {
    const effects = channel(attach('c1')).step(rights({ c1: NO_MODES }, 'token'))
    expect(text(effects)).toEqual(['c1 purge', 'c1 refused revoked'])
  })

  test('[CH41] who never asked to subscribe keeps its place when the policy takes it', () => {
    const made = channel(attach('c1', { requested: MODE.publish | MODE.presenceSubscribe }))
    expect(text(made.step(revoked))).toEqual(['c1 attached resumed s9'])
    expect(made.attachment('c1')?.modes).toBe(MODE.publish)
  })

  test('[CH42] the policy takes less: fewer modes, resumed, at the newest position', () => {
    expect(channel(attach('c1')).step(rights({ c1: SUBSCRIBE }))).toEqual([
      {
        name: 'attached',
        connection: 'c1',
        modes: SUBSCRIBE,
        serial: 's9',
        resumed: true,
        hasBacklog: false,
        hasPresence: false,
      },
    ])
  })

  test('[CH42] modes that stay as they are are not told', () => {
    const wider = DEFAULT_MODES | MODE.annotationSubscribe
    expect(channel(attach('c1')).step(rights({ c1: wider }))).toEqual([])
  })

  test('[CH42] while attaching, modes change without a word until it is attached', () => {
    const made = channel(back('c1', 's1', { head: 's2' }))
    expect(made.step(rights({ c1: SUBSCRIBE }))).toEqual([])
    const effects = made.step(read('c1', 's1', { serials: ['s2'], upTo: 's2' }))
    expect(text(effects)).toEqual(['c1 attached resumed s1', 'c1 missed s2'])
    expect(effects[0]).toMatchObject({ modes: SUBSCRIBE })
  })

  test('[CH43] a token without SUBSCRIBE narrows the place', () => {
    const made = channel(attach('c1'))
    const effects = steps(made, rights({ c1: MODE.publish }, 'token'), says('s1'), flush)
    expect(text(effects)).toEqual(['c1 attached resumed s9'])
    expect(made.attachment('c1')?.modes).toBe(MODE.publish)
  })

  test('[CH43] while attaching, such a token leaves nothing to replay', () => {
    const made = channel(back('c1', 's1', { head: 's2' }))
    made.step(rights({ c1: MODE.publish }, 'token'))
    const effects = made.step(read('c1', 's1', { serials: ['s2'], upTo: 's2' }))
    expect(text(effects)).toEqual(['c1 attached resumed s1'])
  })
})

describe('growth', () => {
  test('[CH44] rights beyond the request change nothing', () => {
    const made = channel(attach('c1', { requested: MODE.subscribe }))
    expect(made.step(rights({ c1: DEFAULT_MODES }))).toEqual([])
    expect(made.attachment('c1')?.modes).toBe(MODE.subscribe)
  })

  test('[CH44] rights that come back restore what was requested', () => {
    const made = channel(attach('c1'))
    steps(made, rights({ c1: SUBSCRIBE }), rights({ c1: DEFAULT_MODES }))
    expect(made.attachment('c1')?.modes).toBe(DEFAULT_MODES)
  })

  test('[CH45] who gains SUBSCRIBE while attaching sees nothing older than the right', () => {
    const made = channel(back('c1', 's1', { allowed: MODE.publish, head: 's1' }), says('s2'))
    const late = read('c1', 's1', { serials: ['s2'], upTo: 's2' })
    expect(text(steps(made, reading, late, says('sA'), flush))).toEqual([
      'c1 attached anew s9 rights_changed',
      'flush soon',
      'c1 gets sA',
    ])
  })

  test('[CH45] who lost it by a token and has it again, too', () => {
    const made = channel(back('c1', 's1', { head: 's1' }), rights({ c1: MODE.publish }, 'token'))
    expect(text(steps(made, says('s2'), rights({ c1: DEFAULT_MODES }, 'token')))).toEqual([
      'c1 attached anew s9 rights_changed',
    ])
  })

  test('[CH46] who gains sight of presence is sent the members', () => {
    const made = channel(mute, attach('c2'), enters('c2', 'bob'), flush)
    const effects = made.step(reading)
    expect(text(effects)).toEqual(['c1 attached resumed s9', 'c1 sees bob'])
    expect(effects[0]).toMatchObject({ hasPresence: true })
  })

  test('[CH46] of none as well: it may remember some', () => {
    expect(text(channel(mute).step(reading))).toEqual(['c1 attached resumed s9', 'c1 sees'])
    const again = channel(attach('c1', { requested: MODE.publish })).step(attach('c1'))
    expect(text(again)).toEqual(['c1 attached resumed s0', 'c1 sees'])
  })
})

describe('members', () => {
  test('[CH47] of two revoked in one step, neither hears that the other left', () => {
    const made = channel(attach('c1'), attach('c2'), attach('c3'))
    steps(made, enters('c1', 'ann'), enters('c2', 'bob'), flush)
    expect(text(steps(made, rights({ c1: NO_MODES, c2: NO_MODES }), flush))).toEqual([
      'c1 purge',
      'c1 refused revoked',
      'c2 purge',
      'c2 refused revoked',
      'flush soon',
      'c3 gets leave:ann leave:bob',
    ])
  })

  test('[CH47] who gains sight in the same step may hear it, and ends right', () => {
    const made = channel(attach('c1'), attach('c2', { allowed: MODE.publish }), enters('c1', 'ann'))
    const effects = steps(made, rights({ c2: DEFAULT_MODES, c1: NO_MODES }), flush)
    expect(text(effects).at(-1)).toBe('c2 gets leave:ann')
  })

  test.each([
    ['attached', [attach('c1'), enters('c1', 'ann'), flush]],
    ['attaching', [enters('c1', 'ann'), back('c1', 's0')]],
    [
      'suspended',
      [attach('c1'), enters('c1', 'ann'), { name: 'suspend', connection: 'c1' } as const],
    ],
    ['never attached', [enters('c1', 'ann')]],
  ])('[CH54] %s, it leaves with the right to be present', (_, events) => {
    const made = channel(attach('c2'), ...events, flush)
    expect([...made.connections()]).toContain('c1')
    const effects = steps(made, rights({ c1: SUBSCRIBE | MODE.publish }), flush)
    expect(text(effects)).toContain('c2 gets leave:ann')
    expect(made.members.size).toBe(0)
  })

  test.each([
    ['attached', [attach('c1'), enters('c1', 'ann')]],
    [
      'suspended',
      [attach('c1'), enters('c1', 'ann'), { name: 'suspend', connection: 'c1' } as const],
    ],
  ])('[CH54] %s, it stays while it keeps the right to be present', (_, events) => {
    const made = channel(...events)
    made.step(rights({ c1: SUBSCRIBE | MODE.presence }))
    expect(made.members.size).toBe(1)
  })

  test.each([
    ['refused', NO_MODES],
    ['without PRESENCE', SUBSCRIBE],
  ])('[CH54] coming back %s, its members leave', (_, allowed) => {
    const made = channel(attach('c2'), attach('c1'), enters('c1', 'ann'))
    steps(made, { name: 'suspend', connection: 'c1' }, flush)
    const effects = steps(made, back('c1', 's0', { allowed, nowMs: 70 }), flush)
    const told = effects.flatMap((effect) => (effect.name === 'deliver' ? effect.events : []))
    expect(told).toMatchObject([
      { action: 'leave', synthesized: true, member: { timestampMs: 70 } },
    ])
    expect(made.members.size).toBe(0)
  })
})

describe('who may not receive every message', () => {
  const groups = (ofChannel: Channel) => {
    const effects = ofChannel.step(says('s9'))
    return [...effects, ...ofChannel.step(flush)].flatMap((effect) =>
      effect.name === 'deliver' ? [[effect.variant.receiver, [...effect.to].sort()]] : [],
    )
  }
  const receivers = (words: Readonly<Record<string, string>>): ChannelEvent => ({
    name: 'reauthorize',
    allowed: new Map(Object.keys(words).map((each) => [each, DEFAULT_MODES] as const)),
    receivers: new Map(Object.entries(words)),
    source: 'policy',
    head: 's0',
    nowMs: 9,
  })

  test('[CH76] shares a batch with those of the same word only', () => {
    const room = new Channel('room')
    room.step(attach('c1'))
    room.step(attach('c2', { receiver: 'staff' }))
    room.step(attach('c3', { receiver: 'staff' }))
    expect(groups(room)).toEqual([
      ['', ['c1']],
      ['staff', ['c2', 'c3']],
    ])
  })

  test('[CH76] is regrouped without a word, and what waits is cut by the old one', () => {
    const room = new Channel('room')
    room.step(attach('c1'))
    room.step(attach('c2'))
    room.step(says('s1'))
    const effects = room.step(receivers({ c1: '', c2: 'guest' }))
    expect(effects.map((effect) => effect.name)).toEqual(['deliver'])
    expect(effects[0]).toMatchObject({ to: new Set(['c1', 'c2']) })
    expect(groups(room)).toEqual([
      ['', ['c1']],
      ['guest', ['c2']],
    ])
  })

  test('[CH76] keeps its word while it is coming back', () => {
    const room = new Channel('room')
    room.step(back('c1', 's0'))
    room.step(receivers({ c1: 'guest' }))
    const [replay] = room.step(read('c1', 's0', { serials: ['s1'], upTo: 's1' })).slice(-1)
    expect(replay).toMatchObject({ name: 'replay', variant: { receiver: 'guest' } })
  })
})
