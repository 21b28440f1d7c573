// What a shadow costs whoever asks: nothing but a place in a short queue.

import { emptyWorld } from '@sayso/policy'
import { memoryStore } from '@sayso/store/memory'
import { expect, test } from 'vitest'
import type { Watched } from '../observe/watched.ts'
import { Shadow } from './shadow.ts'

const POLICY = 'version: 1\ntenant: { key: none, roles: {} }\ntypes: {}\n'

function shadowed() {
  const timers: { run: () => void; ms: number }[] = []
  const held: { watcher?: ((watched: Watched) => void) | undefined } = {}
  const shadow = new Shadow({
    store: memoryStore({ now: () => 0 }),
    world: () => emptyWorld,
    watch: (watcher) => {
      held.watcher = watcher
    },
    now: () => 0,
    timer: (run, ms) => {
      const timer = { run, ms }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
    report: (error) => {
      throw error
    },
  })
  const trial = { draft: 'd', title: 'T', text: POLICY, base: '', by: 'user:a', beganAtMs: 0 }
  shadow.begin({ ...trial, share: 100, untilMs: 60_000 })
  return { shadow, timers, held }
}

const asked = (ask: Watched['ask']): Watched => ({
  subject: 'user:a',
  action: 'publish',
  on: 'x',
  allowed: true,
  ask,
})

test('asking costs no decision: it waits in a short queue, and what is beyond is counted and let go', () => {
  const { shadow, held } = shadowed()
  let decided = 0
  for (let count = 0; count < 1_500; count += 1)
    held.watcher?.(
      asked(() => {
        decided += 1
        return { allowed: true, reasons: [] }
      }),
    )
  expect(decided).toBe(0)
  expect(shadow.kept?.counts).toMatchObject({ asked: 1_500, skipped: 500 })
})

test('it works for two milliseconds and rests', () => {
  const { shadow, timers, held } = shadowed()
  let decided = 0
  const slow = asked(() => {
    decided += 1
    const from = performance.now()
    while (performance.now() - from < 3);
    return { allowed: true, reasons: [] }
  })
  for (let count = 0; count < 3; count += 1) held.watcher?.(slow)
  const work = () => timers.find(({ ms }) => ms === 20)
  work()?.run()
  // Both policies were asked once, and it was enough for this turn.
  expect(decided).toBe(2)
  expect(work()).toBeDefined()
  shadow.end({ ...(shadow.trial as NonNullable<typeof shadow.trial>), endedAtMs: 1 })
  expect(held.watcher).toBeUndefined()
})

test('what cannot be asked again is counted, and harms nobody', () => {
  const { shadow, timers, held } = shadowed()
  held.watcher?.(
    asked(() => {
      throw new Error('the message is gone')
    }),
  )
  held.watcher?.(asked(() => ({ allowed: false, reasons: [] })))
  timers.find(({ ms }) => ms === 20)?.run()
  expect(shadow.kept?.counts).toEqual({ asked: 2, skipped: 2, differed: 0, others: 0 })
})
