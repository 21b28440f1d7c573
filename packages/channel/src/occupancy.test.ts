// Who is here in numbers: for whoever asked and may know.

import { describe, expect, test } from 'vitest'
import { attach, channel, enters, member, presence, steps } from '../test/build.ts'
import type { ChannelEffect, ChannelEvent } from './events.ts'
import { DEFAULT_MODES, MODE, OCCUPANCY } from './modes.ts'

const WATCHING = DEFAULT_MODES | OCCUPANCY
const watching = { requested: WATCHING, allowed: WATCHING }
const tell: ChannelEvent = { name: 'tellOccupancy' }

function numbers(effects: readonly ChannelEffect[]) {
  return effects.flatMap((effect) =>
    effect.name === 'occupancy' ? [{ to: effect.to, ...effect.metrics }] : [],
  )
}

function asked(effects: readonly ChannelEffect[]): boolean[] {
  return effects.flatMap((effect) => (effect.name === 'occupancySoon' ? [effect.atOnce] : []))
}

function rights(connection: string, allowed: number): ChannelEvent {
  const by = new Map([[connection, allowed]])
  return { name: 'reauthorize', allowed: by, source: 'policy', head: 's1', nowMs: 1 }
}

describe('occupancy', () => {
  test('[CH62] the numbers count places by what they may do, and members', () => {
    const made = channel(
      attach('c1'),
      attach('c2', { requested: MODE.subscribe }),
      attach('c3', { requested: MODE.publish | MODE.presence }),
      enters('c3', 'cyd'),
    )
    expect(made.metrics).toEqual({
      connections: 3,
      presenceConnections: 2,
      presenceMembers: 1,
      presenceSubscribers: 1,
      publishers: 2,
      subscribers: 2,
    })
    steps(
      made,
      { name: 'suspend', connection: 'c1' },
      { name: 'detach', connection: 'c3', nowMs: 1 },
    )
    expect(made.metrics).toMatchObject({ connections: 1, publishers: 0, presenceMembers: 0 })
  })

  test('[CH63] who asked and may know is told as it is attached, nobody else', () => {
    const made = channel(attach('c1'))
    expect(numbers(made.step(attach('c2', watching)))).toMatchObject([
      { to: ['c2'], connections: 2 },
    ])
    expect(numbers(made.step(attach('c3', { ...watching, allowed: DEFAULT_MODES })))).toEqual([])
    expect(numbers(made.step(tell))).toMatchObject([{ to: ['c2'], connections: 3 }])
  })

  test('[CH64] a change is asked to be told once: soon, or at once if something appears or is gone', () => {
    const made = channel(attach('c1', watching), attach('c2'))
    made.step(tell)
    expect(asked(made.step(attach('c3')))).toEqual([false])
    expect(asked(made.step(attach('c4')))).toEqual([])
    expect(asked(made.step(presence('enter', member('c2', 'bob'))))).toEqual([true])
    expect(numbers(made.step(tell))).toMatchObject([{ connections: 4, presenceMembers: 1 }])
    expect(numbers(made.step(tell))).toEqual([])
  })

  test('[CH65] the right to know is standing: who loses it hears no more, who gains it is told', () => {
    const made = channel(attach('c1', watching))
    steps(made, rights('c1', DEFAULT_MODES), attach('c2'))
    expect(numbers(made.step(tell))).toEqual([])
    expect(numbers(made.step(rights('c1', WATCHING)))).toMatchObject([
      { to: ['c1'], connections: 2 },
    ])
  })

  test('[CH65] it makes no place by itself', () => {
    const made = channel()
    const effects = made.step(attach('c1', { ...watching, allowed: OCCUPANCY }))
    expect(effects).toEqual([{ name: 'refused', connection: 'c1', cause: 'never_granted' }])
    const other = channel(attach('c2', watching))
    expect(other.step(rights('c2', OCCUPANCY))).toContainEqual({
      name: 'refused',
      connection: 'c2',
      cause: 'revoked',
    })
  })
})
