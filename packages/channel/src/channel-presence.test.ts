// Presence on a channel: who is told, who is sent the whole, whose word it is.

import { describe, expect, test } from 'vitest'
import {
  attach,
  back,
  channel,
  enters,
  flush,
  member,
  presence,
  read,
  SUBSCRIBE,
  says,
  steps,
  text,
} from '../test/build.ts'
import type { ChannelEvent } from './events.ts'
import { MODE } from './modes.ts'

const sync: ChannelEvent = { name: 'sync', connection: 'c1' }

describe('telling', () => {
  test('[CH48] enter, update and leave are told in order', () => {
    const made = channel(attach('c2'))
    const update = presence('update', member('c1', 'ann', { id: 'c1:1:0', data: 'busy' }))
    const leave = presence('leave', member('c1', 'ann', { id: 'c1:2:0' }))
    expect(text(steps(made, enters('c1', 'ann'), update, leave, flush))).toEqual([
      'flush soon',
      'c2 gets enter:ann update:ann leave:ann',
    ])
    expect(made.members.size).toBe(0)
  })

  test('[CH48] changes of one frame are told together, those that mean nothing not at all', () => {
    const made = channel(attach('c2'))
    const changes = [
      { action: 'leave', member: member('c1', 'nobody') },
      { action: 'update', member: member('c1', 'ann') },
      { action: 'enter', member: member('c1', 'bob') },
    ] as const
    expect(text(steps(made, { name: 'presence', changes }, flush))).toEqual([
      'flush soon',
      'c2 gets enter:ann enter:bob',
    ])
    expect(steps(made, { name: 'presence', changes: [changes[0]] }, flush)).toEqual([])
  })

  test('[CH49] who comes back and enters again with the same id is not told of', () => {
    const made = channel(attach('c2'), attach('c1'), enters('c1', 'ann'), flush)
    const effects = steps(
      made,
      { name: 'suspend', connection: 'c1' },
      attach('c1'),
      enters('c1', 'ann'),
    )
    expect(text(effects)).toEqual(['c1 attached anew s0', 'c1 sees ann'])
  })

  test('[CH52] an owner that sees no presence hears of itself, at once', () => {
    const blind = attach('c1', { requested: MODE.presence | MODE.subscribe })
    expect(text(steps(channel(blind), enters('c1', 'ann'), flush))).toEqual([
      'flush soon',
      'c1 hears itself enter:ann',
    ])
    const alone = attach('c1', { requested: MODE.presence })
    expect(text(steps(channel(alone), enters('c1', 'ann'), flush))).toEqual([
      'c1 hears itself enter:ann',
    ])
  })

  test('[CH52] an owner that sees presence hears of itself once', () => {
    expect(text(steps(channel(attach('c1')), enters('c1', 'ann'), flush))).toEqual([
      'flush soon',
      'c1 gets enter:ann',
    ])
  })

  test('[CH52] who is attaching hears of itself when it is sent the members', () => {
    const made = channel(back('c1', 's1', { head: 's1' }))
    const effects = steps(made, enters('c1', 'ann'), read('c1', 's1', { upTo: 's1' }), flush)
    expect(text(effects)).toEqual(['c1 attached resumed s1', 'c1 sees ann'])
  })

  test('[CH52] an owner that the server speaks for is not echoed', () => {
    const made = channel(attach('c1', { requested: MODE.presence }), enters('c1', 'ann'))
    expect(made.step({ name: 'leavePresence', connection: 'c1', nowMs: 9 })).toEqual([])
    expect(made.members.size).toBe(0)
  })

  test('[CH53] who does not come back in time leaves by a word of the server', () => {
    const made = channel(attach('c2'), enters('c1', 'ann'), flush)
    const effects = steps(made, { name: 'leavePresence', connection: 'c1', nowMs: 9 }, flush)
    const told = effects.flatMap((effect) => (effect.name === 'deliver' ? effect.events : []))
    expect(told).toMatchObject([
      { action: 'leave', synthesized: true, member: { clientId: 'ann', timestampMs: 9 } },
    ])
    expect(told[0]?.kind === 'presence' && told[0].member.id.startsWith('c1')).toBe(false)
  })
})

describe('sending the whole', () => {
  test('[CH51] who attaches is sent the members if there are any', () => {
    const made = channel(enters('c2', 'bob'), enters('c3', 'cyd'))
    const effects = made.step(attach('c1'))
    expect(text(effects)).toEqual(['c1 attached anew s0', 'c1 sees bob cyd'])
    expect(effects[0]).toMatchObject({ hasPresence: true })
    expect(channel().step(attach('c1'))).toMatchObject([{ name: 'attached', hasPresence: false }])
  })

  test('[CH51] who may not see presence is sent nobody', () => {
    const made = channel(enters('c2', 'bob'))
    const effects = made.step(attach('c1', { requested: MODE.subscribe }))
    expect(effects).toMatchObject([{ name: 'attached', hasPresence: false }])
    expect(made.step(sync)).toEqual([])
  })

  test('[CH51] who asks again is sent the members after what waits, and no members too', () => {
    const made = channel(attach('c1'), enters('c2', 'bob'), says('s1'))
    expect(text(made.step(sync))).toEqual(['c1 gets enter:bob s1', 'c1 sees bob'])
    expect(text(channel(attach('c1')).step(sync))).toEqual(['c1 sees'])
  })

  test('[CH51] what it was sent does not change afterwards', () => {
    const made = channel(attach('c1', { allowed: SUBSCRIBE }), enters('c2', 'bob'), flush)
    const [sent] = made.step(sync)
    made.step({ name: 'leavePresence', connection: 'c2', nowMs: 9 })
    expect(sent).toMatchObject({ members: [{ clientId: 'bob' }] })
  })

  test('[CH55] who comes while something waits ends with the same members', () => {
    const made = channel(attach('c2'), enters('c2', 'bob'))
    const effects = steps(made, attach('c1'), enters('c3', 'cyd'), flush)
    expect(text(effects)).toEqual([
      'c2 gets enter:bob',
      'c1 attached anew s0',
      'c1 sees bob',
      'flush soon',
      'c2 gets enter:cyd',
      'c1 gets enter:cyd',
    ])
  })
})

test('[CH66] what happened to members can be taken once, in order, heard by nobody or not', () => {
  const made = channel()
  const leave = presence('leave', member('c1', 'ann', { id: 'c1:2:0' }))
  steps(made, enters('c1', 'ann'), leave, enters('c2', 'bob'))
  made.step({ name: 'forget', connection: 'c2', nowMs: 9 })
  const happened = made.takeHappened().map(({ action, member: who }) => `${action} ${who.clientId}`)
  expect(happened).toEqual(['enter ann', 'leave ann', 'enter bob', 'leave bob'])
  expect(made.takeHappened()).toEqual([])
})
