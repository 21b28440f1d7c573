// Looks at the event loop of the process it is preloaded into (`node --import`). Told `begin` it starts to watch, told
// `end` it answers with how long the loop was held.
//
// A hold is the time between two ticks of a timer of 1 ms: one turn of the loop with all that ran in it. Taken from it
// is the time the thread was ready but had no processor, or the pauses of garbage collection if those are more: a pause
// may hold some of that time, and nothing is to be taken twice. What is left is no more than the thread's time on a
// processor, which also leaves out what it slept, waiting for threads that others kept from running.

import { openSync, readSync } from 'node:fs'
import { monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const TICK_MS = 1
/** Shorter gaps are not worth a line; milliseconds. */
const LEAST_GAP_MS = 4
const LIMIT_MS = 50

const text = Buffer.alloc(128)
const delays = monitorEventLoopDelay({ resolution: TICK_MS })
const pauses = []
let gaps = []

/** How long this thread has had a processor and has waited for one so far, where the kernel says; milliseconds. */
function timesIn(file) {
  if (file === undefined) return { ran: performance.now(), waited: 0 }
  const length = readSync(file, text, 0, text.length, 0)
  const [ran, waited] = text.toString('latin1', 0, length).split(' ')
  return { ran: Number(ran) / 1e6, waited: Number(waited) / 1e6 }
}

function openSchedule() {
  try {
    return openSync('/proc/thread-self/schedstat', 'r')
  } catch {
    return undefined
  }
}

function watch() {
  const file = openSchedule()
  let last = performance.now()
  let times = timesIn(file)
  setInterval(() => {
    const now = performance.now()
    const then = times
    times = timesIn(file)
    const gap = {
      from: last,
      to: now,
      ran: times.ran - then.ran,
      waited: times.waited - then.waited,
    }
    if (now - last > LEAST_GAP_MS) gaps.push(gap)
    last = now
  }, TICK_MS).unref()
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      pauses.push({ from: startTime, to: startTime + duration })
  }).observe({ entryTypes: ['gc'] })
}

function inGc({ from, to }) {
  return pauses.reduce((sum, pause) => {
    return sum + Math.max(0, Math.min(to, pause.to) - Math.max(from, pause.from))
  }, 0)
}

function result() {
  const holds = gaps.map((gap) => {
    const whole = gap.to - gap.from
    const gc = inGc(gap)
    const left = Math.max(0, whole - TICK_MS - Math.max(gc, gap.waited))
    return { whole, gc, own: Math.min(left, gap.ran) }
  })
  const most = (of) => holds.reduce((longest, hold) => Math.max(longest, of(hold)), 0)
  return {
    longestMs: most(({ own }) => own),
    wholeMs: most(({ whole }) => whole),
    gcMs: most(({ gc }) => gc),
    over: holds.filter(({ own }) => own > LIMIT_MS).length,
    p99Ms: delays.percentile(99) / 1e6,
  }
}

if (isMainThread && process.send !== undefined) {
  watch()
  process.on('message', (message) => {
    if (message === 'begin') {
      gaps = []
      pauses.length = 0
      delays.reset()
      delays.enable()
      process.send('begun')
    }
    // What the observer has not been told of yet comes with the next turn.
    if (message === 'end') setTimeout(() => process.send(result()), 20)
  })
  process.channel.unref()
}
