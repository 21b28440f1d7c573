// Places that begin with a rewind or look through a lens.

import { describe, expect, test } from 'vitest'
import {
  attach,
  back,
  channel,
  enters,
  flush,
  message,
  rights,
  SUBSCRIBE,
  steps,
  text,
} from '../test/build.ts'
import { nameAt, ownerOf, placeId } from './attachment.ts'
import { Channel } from './channel.ts'
import { openConnection, stepConnection } from './connection.ts'
import type { ChannelEvent } from './events.ts'
import { DEFAULT_MODES, MODE } from './modes.ts'

const rewinding = (changes: Parameters<typeof attach>[1] = {}) =>
  attach('c1', { head: 's5', rewind: { limit: 2 }, ...changes })

function newest(serials: readonly string[], from: string, upTo = 's5'): ChannelEvent {
  const messages = serials.map((serial) => message(serial))
  const answer = { kind: 'messages', messages, hasMore: false, upTo, next: upTo, from } as const
  return { name: 'backlog', connection: 'c1', after: 's5', answer, head: upTo }
}

describe('rewind', () => {
  test('[CH190] it reads, stands before what it read, and is not resumed', () => {
    const made = new Channel('any')
    expect(text(made.step(rewinding()))).toEqual(['c1 reads after s5'])
    expect(text(made.step(newest(['s4', 's5'], 's3')))).toEqual([
      'c1 attached anew s3',
      'c1 missed s4 s5',
    ])
  })

  test('[CH190] what is said while it reads is read as well', () => {
    const made = channel(rewinding(), { name: 'message', message: message('s6') }, flush)
    expect(text(made.step(newest(['s5'], 's4')))).toEqual(['c1 reads after s5'])
    const rest = { ...newest(['s6'], 's4', 's6') } as Extract<ChannelEvent, { name: 'backlog' }>
    const { from: _from, ...answer } = rest.answer as { from?: string } & typeof rest.answer
    expect(text(made.step({ ...rest, answer } as ChannelEvent))).toEqual([
      'c1 attached anew s4',
      'c1 missed s5 s6',
    ])
  })

  test('[CH190] with nothing to show it is attached at the newest position', () => {
    const made = channel(rewinding())
    expect(made.step(newest([], 's5'))).toMatchObject([
      { name: 'attached', serial: 's5', resumed: false, hasBacklog: false },
    ])
  })

  test.each([
    ['continues', [attach('c1')], rewinding()],
    ['comes back', [], back('c1', 's2', { rewind: { limit: 2 } })],
    ['lost its connection', [], rewinding({ resume: { kind: 'gap', reason: 'connection_lost' } })],
    ['may not subscribe', [], rewinding({ allowed: MODE.publish })],
  ] as const)('[CH191] an attach that %s does not rewind', (_what, before, event) => {
    const effects = channel(...before).step(event)
    expect(effects.some((effect) => effect.name === 'readBacklog' && effect.rewind)).toBe(false)
  })
})

describe('lenses', () => {
  const lens = { name: '[?x=1]any' }
  const through = placeId('c1', lens.name)

  test('[CH192] a place knows its connection and its name', () => {
    expect([ownerOf(through), nameAt(through, 'any')]).toEqual(['c1', '[?x=1]any'])
    expect([ownerOf('c1'), nameAt('c1', 'any')]).toEqual(['c1', 'any'])
    expect(nameAt(placeId('c1', 'a|b'), 'any')).toBe('a|b')
  })

  test('[CH192] each place of a connection receives, and ends, by itself', () => {
    const made = channel(attach('c1'), attach(through, { lens }))
    const says: ChannelEvent = { name: 'message', message: message('s1') }
    expect(
      text(steps(made, says, flush))
        .slice(1)
        .sort(),
    ).toEqual(['c1 gets s1', `${through} gets s1`].sort())
    made.step({ name: 'detach', connection: through, nowMs: 1 })
    expect(text(steps(made, says, flush)).slice(1)).toEqual(['c1 gets s1'])
    expect(text(made.step(rights({ c1: 0 })))).toContain('c1 refused revoked')
  })

  test('[CH193] a filter leaves out, live and from a backlog', () => {
    const see = (event: ReturnType<typeof message>) => (event.serial === 's2' ? event : undefined)
    const filtering = { lens: { name: '[filter=eA==]any', see }, requested: MODE.subscribe }
    const made = channel(attach('c1', filtering))
    const said = ['s1', 's2', 's3'].map(
      (serial): ChannelEvent => ({ name: 'message', message: message(serial) }),
    )
    expect(text(steps(made, ...said, flush)).slice(1)).toEqual(['c1 gets s2'])
    const late = channel(rewinding(filtering))
    expect(text(late.step(newest(['s1', 's2'], 's0')))).toEqual([
      'c1 attached anew s0',
      'c1 missed s2',
    ])
  })

  test('[CH194] members go with the place that could enter them, and no other', () => {
    const looking = { lens, requested: SUBSCRIBE }
    const made = channel(attach('c1'), enters('c1', 'ann'), attach(through, looking), flush)
    made.step({ name: 'detach', connection: through, nowMs: 1 })
    expect(made.members.size).toBe(1)
    made.step(attach(through, { lens, requested: DEFAULT_MODES }))
    made.step({ name: 'detach', connection: through, nowMs: 1 })
    expect(made.members.size).toBe(0)
  })

  test('[CH194] with echo off what its connection says is left out behind a lens too', () => {
    const made = channel(attach(through, { lens, echo: false }))
    const own: ChannelEvent = { name: 'message', message: message('s1', 'c1') }
    const other: ChannelEvent = { name: 'message', message: message('s2', 'c2') }
    expect(text(steps(made, own, other, flush)).slice(1)).toEqual([`${through} gets s2`])
  })
})

describe('grace', () => {
  test.each([
    [undefined, 15_000],
    [2_000, 2_000],
  ])('[CH195] members outlast the socket for %s ms as asked', (graceMs, expected) => {
    const terms = graceMs === undefined ? {} : { graceMs }
    const { state } = openConnection({ ...terms, tokenEndsAtMs: 500_000 }, 0)
    const renewed = stepConnection(state, { name: 'renewed', tokenEndsAtMs: 900_000 }, 10).state
    const lost = stepConnection(renewed, { name: 'socketLost' }, 1_000)
    expect(lost.effects).toEqual([{ name: 'wakeAt', atMs: 1_000 + expected }])
    const due = stepConnection(lost.state, { name: 'tick' }, 1_000 + expected)
    expect(due.effects).toContainEqual({ name: 'leavePresence' })
  })
})

describe('a token that is taken back', () => {
  const { state } = openConnection({ tokenEndsAtMs: 500_000 }, 0)
  const revoked = stepConnection(state, { name: 'revoked', atMs: 40_000 }, 10_000)

  test('[CH196] the client is asked for another, and cut as revoked if it brings none', () => {
    expect(revoked.effects).toEqual([{ name: 'askRenewal' }, { name: 'wakeAt', atMs: 40_000 }])
    const early = stepConnection(revoked.state, { name: 'tick' }, 39_000)
    expect(early.effects).toEqual([{ name: 'wakeAt', atMs: 40_000 }])
    const due = stepConnection(early.state, { name: 'tick' }, 40_000)
    expect(due.effects).toContainEqual({ name: 'sendDisconnected', reason: 'token_revoked' })
  })

  test('[CH196] a renewal ends the matter', () => {
    const renewed = stepConnection(
      revoked.state,
      { name: 'renewed', tokenEndsAtMs: 900_000 },
      20_000,
    )
    expect(stepConnection(renewed.state, { name: 'tick' }, 41_000).effects).toEqual([
      { name: 'wakeAt', atMs: 870_000 },
    ])
  })

  test('[CH196] without time, or for a token that ends before, nothing is lengthened', () => {
    const now = stepConnection(state, { name: 'revoked', atMs: Number.NEGATIVE_INFINITY }, 10_000)
    expect(now.effects[0]).toEqual({ name: 'sendDisconnected', reason: 'token_revoked' })
    const ending = openConnection({ tokenEndsAtMs: 20_000 }, 0).state
    const late = stepConnection(ending, { name: 'revoked', atMs: 40_000 }, 10_000)
    expect(late.state).toEqual(ending)
    const cut = stepConnection(late.state, { name: 'tick' }, 20_000)
    expect(cut.effects[0]).toEqual({ name: 'sendDisconnected', reason: 'token_expired' })
  })
})
