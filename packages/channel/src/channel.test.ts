// Places and delivery. Coming back, rights and presence have their own files.

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
import type { ChannelEffect, ChannelEvent } from './events.ts'
import { DEFAULT_MODES, MODE, NO_MODES } from './modes.ts'

const suspend: ChannelEvent = { name: 'suspend', connection: 'c1' }
const detach: ChannelEvent = { name: 'detach', connection: 'c1', nowMs: 9 }
const forget: ChannelEvent = { name: 'forget', connection: 'c1', nowMs: 9 }

function delivered(effects: readonly ChannelEffect[]) {
  return effects.filter((effect) => effect.name === 'deliver')
}

describe('attaching', () => {
  test('[CH17] it is granted what is requested and allowed, at the newest position', () => {
    const made = new Channel('any')
    const asked = attach('c1', {
      requested: SUBSCRIBE | MODE.publish,
      allowed: SUBSCRIBE,
      head: 's7',
    })
    expect(made.step(asked)).toEqual([
      {
        name: 'attached',
        connection: 'c1',
        modes: SUBSCRIBE,
        serial: 's7',
        resumed: false,
        hasBacklog: false,
        hasPresence: false,
      },
    ])
    expect(made.attachment('c1')).toMatchObject({ state: 'attached', modes: SUBSCRIBE })
  })

  test.each([
    [DEFAULT_MODES, NO_MODES],
    [MODE.publish, SUBSCRIBE],
    [NO_MODES, DEFAULT_MODES],
  ])('[CH18] requested %i, allowed %i: refused, and no place', (requested, allowed) => {
    const made = new Channel('any')
    expect(made.step(attach('c1', { requested, allowed }))).toEqual([
      { name: 'refused', connection: 'c1', cause: 'never_granted' },
    ])
    expect(made.attachment('c1')).toBeUndefined()
    expect(made.isIdle).toBe(true)
  })

  test('[CH18] refused while attached, it hears what waited and nothing later', () => {
    const made = channel(attach('c1'), says('s1'))
    const effects = steps(made, attach('c1', { allowed: NO_MODES }), says('s2'), flush)
    expect(text(effects)).toEqual(['c1 gets s1', 'c1 refused never_granted'])
  })

  test('[CH18] refused while attaching, an answer finds nobody', () => {
    const made = channel(back('c1', 's1'), attach('c1', { allowed: NO_MODES }))
    expect(made.step(read('c1', 's1', { upTo: 's1' }))).toEqual([])
    expect(made.isIdle).toBe(true)
  })

  test('[CH19] attached again, it goes on with its new modes, losing and doubling nothing', () => {
    const made = channel(attach('c1'), says('s1'))
    const again = attach('c1', { requested: MODE.subscribe, head: 's1' })
    const effects = steps(made, again, says('s2'), flush)
    expect(text(effects)).toEqual([
      'c1 gets s1',
      'c1 attached resumed s1',
      'flush soon',
      'c1 gets s2',
    ])
    expect(made.attachment('c1')?.modes).toBe(MODE.subscribe)
  })

  test('[CH19] attached again it is resumed, whatever the position it names', () => {
    const gap = { kind: 'gap', reason: 'connection_lost' } as const
    for (const resume of [gap, { kind: 'resumed', from: 's0' } as const]) {
      const effects = channel(attach('c1')).step(attach('c1', { resume, head: 's3' }))
      expect(effects).toHaveLength(1)
      expect(effects[0]).toMatchObject({ name: 'attached', resumed: true, serial: 's3' })
      expect(effects[0]).not.toHaveProperty('gap')
    }
  })

  test('[CH19] attached again in another format, it is served in that', () => {
    const made = channel(attach('c1'), attach('c1', { format: 'msgpack' }), says('s1'))
    expect(delivered(made.step(flush)).map((effect) => effect.variant.format)).toEqual(['msgpack'])
  })
})

describe('leaving', () => {
  test('[CH20] a detach is confirmed, attached or not', () => {
    expect(new Channel('any').step(detach)).toEqual([{ name: 'detached', connection: 'c1' }])
    expect(text(channel(back('c1', 's1')).step(detach))).toEqual(['c1 detached'])
  })

  test('[CH20] who detaches hears what waited, and nothing more', () => {
    const made = channel(attach('c1'), says('s1'))
    expect(text(steps(made, detach, says('s2'), flush))).toEqual(['c1 gets s1', 'c1 detached'])
    expect(made.attachment('c1')).toBeUndefined()
  })

  test('[CH20] who detaches is no longer present', () => {
    const made = channel(attach('c1'), attach('c2'), enters('c1', 'ann'), flush)
    expect(text(steps(made, detach, flush))).toEqual([
      'flush soon',
      'c1 detached',
      'c2 gets leave:ann',
    ])
    expect(made.members.size).toBe(0)
  })

  test('[CH21] a lost socket ends the place without a word, and the members stay', () => {
    const made = channel(attach('c1'), enters('c1', 'ann'), flush, suspend)
    expect(made.attachment('c1')).toBeUndefined()
    expect(made.members.size).toBe(1)
    expect(steps(made, says('s1'), flush)).toEqual([])
  })

  test('[CH21] a socket is not written to once it is lost', () => {
    const made = channel(attach('c1'), attach('c2'), says('s1'), suspend)
    expect(text(made.step(flush))).toEqual(['c2 gets s1'])
  })

  test('[CH22] a forgotten connection hears nothing, others hear of its members', () => {
    const made = channel(attach('c1'), attach('c2'), enters('c1', 'ann'), flush)
    expect(text(steps(made, forget, flush))).toEqual(['flush soon', 'c2 gets leave:ann'])
    expect(made.attachment('c1')).toBeUndefined()
  })

  test('[CH22] its members leave though its socket was lost before', () => {
    const made = channel(attach('c1'), attach('c2'), enters('c1', 'ann'), flush, suspend)
    expect(text(steps(made, forget, flush))).toEqual(['flush soon', 'c2 gets leave:ann'])
  })

  test('[CH23] a channel is idle with no place, no member and nothing waiting', () => {
    const made = new Channel('any')
    expect(made.isIdle).toBe(true)
    made.step(attach('c1'))
    expect(made.isIdle).toBe(false)
    made.step(enters('c1', 'ann'))
    steps(made, flush, suspend)
    expect(made.isIdle).toBe(false)
    made.step(forget)
    expect(made.isIdle).toBe(true)
  })

  test('[CH23] nothing waits once nobody is left to hear it', () => {
    const made = channel(attach('c1'), says('s1'), suspend)
    expect(made.isIdle).toBe(true)
    expect(made.step(flush)).toEqual([])
  })

  test('[CH23] who is attaching keeps the channel', () => {
    expect(channel(back('c1', 's1')).isIdle).toBe(false)
  })
})

describe('delivery', () => {
  test('[CH34] a flush is asked for once, and what waits leaves in order, once', () => {
    const made = channel(attach('c1'))
    const effects = steps(made, says('s1'), fleeting('f1'), enters('c1', 'ann'), says('s2'), flush)
    expect(text(effects)).toEqual(['flush soon', 'c1 gets s1 f1 enter:ann s2'])
    expect(made.step(flush)).toEqual([])
  })

  test('[CH34] after a flush the next is asked for again', () => {
    const made = channel(attach('c1'), says('s1'), flush)
    expect(text(made.step(says('s2')))).toEqual(['flush soon'])
  })

  test('[CH34] a channel that nobody listens to asks for nothing', () => {
    const deaf = attach('c1', { requested: MODE.publish })
    expect(steps(channel(deaf), says('s1'), flush)).toEqual([])
    expect(steps(new Channel('any'), says('s1'), flush)).toEqual([])
  })

  test.each([1, 2, 500])('[CH35] %i subscribers of each kind, one delivery per kind', (count) => {
    const places = Array.from({ length: count }, (_, index) => [
      attach(`json${index}`),
      attach(`msgpack${index}`, { format: 'msgpack' }),
      attach(`messages${index}`, { requested: MODE.subscribe }),
      attach(`deaf${index}`, { requested: MODE.publish }),
    ]).flat()
    const made = channel(...places, says('s1'), says('s2'))
    const effects = made.step(flush)
    expect(effects).toHaveLength(3)
    for (const effect of delivered(effects)) {
      expect(effect.to.size).toBe(count)
      expect(effect.events).toHaveLength(2)
    }
  })

  test('[CH36] messages and presence reach those whose modes show them', () => {
    const made = channel(
      attach('both'),
      attach('messages', { requested: MODE.subscribe }),
      attach('presence', { requested: MODE.presenceSubscribe }),
      attach('neither', { requested: MODE.publish | MODE.presence }),
      says('s1'),
      enters('both', 'ann'),
    )
    expect(text(made.step(flush))).toEqual([
      'both gets s1 enter:ann',
      'messages gets s1',
      'presence gets enter:ann',
    ])
  })

  test('[CH36] a batch that shows nothing to a variant makes no delivery for it', () => {
    const made = channel(attach('c1', { requested: MODE.presenceSubscribe }), says('s1'))
    expect(made.step(flush)).toEqual([])
  })

  test('[CH37] with echo off its own messages are left out, for it alone', () => {
    const made = channel(attach('c1', { echo: false }), attach('c2', { echo: false }), attach('c3'))
    const effects = steps(made, says('s1', 'c1'), says('s2', 'c2'), says('s3'), flush)
    expect(text(effects)).toEqual([
      'flush soon',
      'c1 gets s2 s3',
      'c2 gets s1 s3',
      'c3 gets s1 s2 s3',
    ])
  })

  test('[CH37] with echo off it still hears of its own presence', () => {
    const made = channel(attach('c1', { echo: false }), enters('c1', 'ann'))
    expect(text(made.step(flush))).toEqual(['c1 gets enter:ann'])
  })

  test('[CH38] who comes later does not get what waited', () => {
    const made = channel(attach('c1'), says('s1'))
    expect(text(steps(made, attach('c2', { head: 's1' }), says('s2'), flush))).toEqual([
      'c1 gets s1',
      'c2 attached anew s1',
      'flush soon',
      'c1 gets s2',
      'c2 gets s2',
    ])
  })

  test('[CH39] the recipients of a delivery stay as they were at the cut', () => {
    const made = channel(attach('c1'), attach('c2'), says('s1'))
    const [first] = delivered(made.step(detach))
    expect([...(first?.to ?? [])]).toEqual(['c1', 'c2'])
    made.step(says('s2'))
    const [second] = delivered(made.step(attach('c3', { head: 's2' })))
    steps(made, says('s3'), flush, rights({ c2: NO_MODES }), says('s4'), flush)
    expect([...(first?.to ?? [])]).toEqual(['c1', 'c2'])
    expect([...(second?.to ?? [])]).toEqual(['c2'])
  })
})
