// A turn in which very many sockets have something to say: the rest write later, in their order, each once.

import { expect, test } from 'vitest'
import { Turn } from '../src/turn.ts'

const SOCKETS = 1_000

function crowd() {
  const scheduled: (() => void)[] = []
  let nowMs = 0
  // The clock runs with every look.
  const turn = new Turn(
    (run) => scheduled.push(run),
    () => {
      nowMs += 3
      return nowMs
    },
  )
  const wrote: number[] = []
  const sockets = Array.from({ length: SOCKETS }, (_, n) => ({ leave: () => void wrote.push(n) }))
  const next = () => {
    for (const run of scheduled.splice(0)) run()
  }
  return { turn, sockets, wrote, scheduled, next }
}

test('the sockets of one turn write in slices, in their order, each once', () => {
  const { turn, sockets, wrote, scheduled, next } = crowd()
  for (const socket of sockets) turn.touch(socket)
  next()
  expect(wrote.length).toBeGreaterThan(0)
  expect(wrote.length).toBeLessThan(SOCKETS)
  while (scheduled.length > 0) next()
  expect(wrote).toEqual(sockets.map((_, n) => n))
})

test('what may still produce frames comes before the sockets that are left over', () => {
  const { turn, sockets, wrote, scheduled, next } = crowd()
  for (const socket of sockets) turn.touch(socket)
  next()
  const before = wrote.length
  let seen = -1
  turn.early(() => {
    seen = wrote.length
  })
  next()
  expect(seen).toBe(before)
  while (scheduled.length > 0) next()
  expect(wrote).toHaveLength(SOCKETS)
})

test('a socket that has something more to say while it writes comes again after the others', () => {
  const { turn, wrote, scheduled, next } = crowd()
  let times = 0
  const talker = {
    leave() {
      times += 1
      wrote.push(0)
      if (times === 1) turn.touch(talker)
    },
  }
  turn.touch(talker)
  turn.touch({ leave: () => void wrote.push(1) })
  while (scheduled.length > 0) next()
  expect(wrote).toEqual([0, 1, 0])
})
