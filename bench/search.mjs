// Finding in many messages: how long a question takes once the index is there, and how long the index takes to be made.
//   node search.mjs [messages] [--keep]   default 1 000 000

import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { openSqliteStore } from '@sayso/store/sqlite'
import { quantile } from './lib/numbers.mjs'
import { run, say } from './lib/run.mjs'

const MESSAGES = Number(process.argv[2]?.replace('--keep', '') || 1_000_000)
const CHANNELS = 200
const PEOPLE = 2_000
const WORDS = 60_000
const AT_ONCE = 250
const QUESTIONS = 400

/** The same numbers in every run (mulberry32); 0 to 1. */
function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const random = seeded(20_261_122)
const below = (n) => Math.floor(random() * n)
/** Few words are said often, most of them seldom. */
const often = (n) => Math.min(n - 1, Math.floor(n ** random()) - 1)
const SYLLABLES = [
  'ka',
  'to',
  'mi',
  'ren',
  'sol',
  'va',
  'ner',
  'lu',
  'dis',
  'per',
  'go',
  'shi',
  'ba',
  'ter',
]
const wordOf = (n) => {
  let word = ''
  for (let rest = n + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length]
  return word
}
const sentence = () => Array.from({ length: 4 + below(14) }, () => wordOf(often(WORDS))).join(' ')
const channelOf = (n) => `chat:place-${n}`

async function fill(store) {
  for (let said = 0; said < MESSAGES; ) {
    const entries = Array.from({ length: 8 }, () => {
      const messages = Array.from({ length: Math.min(AT_ONCE, MESSAGES - said) }, () => ({
        name: 'message',
        data: sentence(),
        clientId: `person-${below(PEOPLE)}`,
      }))
      said += messages.length
      return { kind: 'publish', channel: channelOf(often(CHANNELS)), messages }
    }).filter(({ messages }) => messages.length > 0)
    await store.transact({ entries })
  }
}

async function countUnread(finder, channels, revision) {
  const marks = (after) => channels.map((channel) => ({ channel, after, targets: ['p:person-1'] }))
  for (const [what, after] of [
    ['nothing read', ''],
    ['all but the last second read', `${String(Date.now() - 1_000).padStart(14, '0')}`],
  ]) {
    const at = performance.now()
    await finder.unread({ person: 'person-1', channels: marks(after) }, revision)
    say(`unread of ${CHANNELS} channels, ${what}: ${(performance.now() - at).toFixed(1)} ms`)
  }
}

async function searched() {
  const folder = await mkdtemp(join(tmpdir(), 'sayso-search-'))
  const store = await openSqliteStore({ folder })
  try {
    let revision = 0
    store.subscribe((entries) => {
      revision = entries.at(-1).revision
    })
    await fill(store)
    const channels = Array.from({ length: CHANNELS }, (_, n) => channelOf(n))
    const finder = store.finder()
    const began = performance.now()
    const ask = (query, page = { limit: 20 }) => finder.find({ channels, ...query }, page, revision)
    for (;;) {
      const { behind } = await ask({ text: 'nothing like this' })
      if (behind === 0) break
    }
    const fillS = (performance.now() - began) / 1_000
    const { size } = await stat(join(folder, 'finder.db'))
    say(
      `${MESSAGES} messages in ${CHANNELS} channels; index made in ${fillS.toFixed(1)} s (${Math.round(MESSAGES / fillS)} a second), ${(size / 1e6).toFixed(0)} MB`,
    )

    const few = () => channels.filter(() => random() < 0.1)
    const kinds = {
      'a frequent word': () => ({ text: `${wordOf(below(10))} ` }),
      'a seldom word': () => ({ text: `${wordOf(1_000 + below(WORDS - 1_000))} ` }),
      'two letters, as typed': () => ({ text: wordOf(often(WORDS)).slice(0, 2) }),
      'a beginning, as typed': () => ({ text: wordOf(often(WORDS)).slice(0, 3 + below(3)) }),
      'three words': () => ({
        text: `${wordOf(often(WORDS))} ${wordOf(often(WORDS))} ${wordOf(often(WORDS))}`,
      }),
      'a word in a tenth of the channels': () => ({ text: wordOf(often(WORDS)), channels: few() }),
      'a word by one person': () => ({
        text: wordOf(often(100)),
        from: [`person-${below(PEOPLE)}`],
      }),
      'a word nobody said': () => ({ text: 'zzzz' }),
    }
    const all = []
    for (const [kind, make] of Object.entries(kinds)) {
      const took = []
      for (let n = 0; n < QUESTIONS / 8; n += 1) {
        const query = make()
        const at = performance.now()
        await ask(query)
        took.push(performance.now() - at)
      }
      all.push(...took)
      say(
        `${kind.padEnd(36)} p50 ${quantile(took, 0.5).toFixed(1)} ms, p95 ${quantile(took, 0.95).toFixed(1)} ms`,
      )
    }
    say(
      `${'all of them'.padEnd(36)} p50 ${quantile(all, 0.5).toFixed(1)} ms, p95 ${quantile(all, 0.95).toFixed(1)} ms, longest ${Math.max(...all).toFixed(1)} ms`,
    )

    await countUnread(finder, channels, revision)
    return {
      messages: MESSAGES,
      fillS,
      bytes: size,
      p50: quantile(all, 0.5),
      p95: quantile(all, 0.95),
    }
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

await run(900, searched)
