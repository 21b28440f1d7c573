// Annotations on their way to who is attached: each alone, and what they add up to.

import { describe, expect, test } from 'vitest'
import {
  annotation,
  attach,
  back,
  channel,
  flush,
  message,
  replayed,
  steps,
} from '../test/build.ts'
import { showsAnnotations } from './attachment.ts'
import type { ChannelEffect, ChannelEvent } from './events.ts'
import { DEFAULT_MODES, MODE } from './modes.ts'

const ALL = DEFAULT_MODES | MODE.annotationSubscribe
const everything = { requested: ALL, allowed: ALL }

function annotates(serial: string, connectionId?: string): ChannelEvent {
  const by = connectionId === undefined ? {} : { connectionId }
  return { name: 'message', message: annotation(serial, by) }
}

function heard(effects: readonly ChannelEffect[]): string[] {
  return effects.flatMap((effect) => {
    if (effect.name !== 'deliver') return []
    const parts = effect.events.flatMap((event) =>
      event.kind === 'annotation'
        ? [
            showsAnnotations(effect.variant, event) ? 'single' : [],
            effect.variant.messages ? 'sum' : [],
          ].flat()
        : [],
    )
    return [...effect.to].map((to) => [to, ...parts].join(' '))
  })
}

describe('annotations', () => {
  test('[CH58] single ones reach those with ANNOTATION_SUBSCRIBE, sums those with SUBSCRIBE', () => {
    const single = MODE.annotationSubscribe
    const made = channel(
      attach('c1'),
      attach('c2', everything),
      attach('c3', { requested: single, allowed: ALL }),
      attach('c4', { requested: MODE.publish }),
    )
    expect(heard(steps(made, annotates('s1'), flush))).toEqual([
      'c1 sum',
      'c2 single sum',
      'c3 single',
    ])
  })

  test('[CH58] what adds up to nothing reaches only those with ANNOTATION_SUBSCRIBE', () => {
    const made = channel(attach('c1'), attach('c2', everything))
    const told = { name: 'message', message: annotation('s1', { summaries: [] }) } as const
    expect(heard(steps(made, told, flush))).toEqual(['c2 single sum'])
  })

  test('[CH59] with echo off one’s own are left out, their sum is not', () => {
    const made = channel(attach('c1', { ...everything, echo: false }), attach('c2', everything))
    expect(heard(steps(made, annotates('s1', 'c1'), flush))).toEqual(['c1 sum', 'c2 single sum'])
  })

  test('[CH58] who loses ANNOTATION_SUBSCRIBE hears no single one that is told later', () => {
    const made = channel(attach('c1', everything))
    const loss: ChannelEvent = {
      name: 'reauthorize',
      allowed: new Map([['c1', DEFAULT_MODES]]),
      source: 'policy',
      head: 's1',
      nowMs: 1,
    }
    const effects = steps(made, annotates('s1'), loss, annotates('s2'), flush)
    expect(heard(effects)).toEqual(['c1 single sum', 'c1 sum'])
  })

  test('[CH60] who comes back is shown those it missed, as its modes say', () => {
    const missed = [message('s2'), annotation('s3'), annotation('s4', { summaries: [] })]
    const answer = {
      kind: 'messages',
      messages: missed,
      hasMore: false,
      upTo: 's4',
      next: 's4',
    } as const
    const event = { name: 'backlog', connection: 'c1', after: 's1', answer, head: 's4' } as const
    const plain = channel(back('c1', 's1', { head: 's4' })).step(event)
    expect(plain).toContainEqual(replayed('c1', missed.slice(0, 2)))
    const wide = channel(back('c1', 's1', { head: 's4', ...everything })).step(event)
    expect(wide).toContainEqual(replayed('c1', missed, { modes: ALL }))
  })
})

describe('appends', () => {
  test('[CH61] who wants whole messages has a variant of its own, and everybody who comes back', () => {
    const made = channel(attach('c1'), attach('c2', { wholeAppends: true }))
    const effects = steps(made, { name: 'message', message: message('s1') }, flush)
    const delivered = effects.filter((effect) => effect.name === 'deliver')
    expect(delivered.map(({ variant, to }) => [...to, variant.wholeAppends])).toEqual([
      ['c1', false],
      ['c2', true],
    ])
    const answer = {
      kind: 'messages',
      messages: [message('s2')],
      hasMore: false,
      upTo: 's2',
      next: 's2',
    } as const
    const event = { name: 'backlog', connection: 'c3', after: 's1', answer, head: 's2' } as const
    const back3 = channel(back('c3', 's1', { head: 's2' })).step(event)
    expect(back3).toContainEqual(replayed('c3', [message('s2')]))
  })
})
