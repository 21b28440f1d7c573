// A place as large as administrators know it, written into a data folder through the store: bounded memory, the same each time.

import { openAnalyticsFiles, openDecisionFiles, openSqliteStore } from '@sayso/store/sqlite'

const DAY_MS = 86_400_000
/** Writes that are under way at once: they share commits, and no more than these are in memory. */
const AT_ONCE = 1_000
const CHANGES = 500
const MESSAGES_A_WRITE = 10

export const SIZES = {
  people: 10_000,
  channels: 1_000,
  lines: 1_000_000,
  messages: 300_000,
  denials: 100_000,
  days: 30,
}

/** The same numbers in every run (mulberry32); 0 to 1. */
function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const random = seeded(7)
const upTo = (most) => Math.floor(random() * most)
/** Few of them often, most of them seldom. */
const often = (most) => Math.floor(random() ** 3 * most)

async function pipelined(count, write) {
  for (let at = 0; at < count; at += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - at)
    await Promise.all(Array.from({ length: size }, (_, index) => write(at + index)))
  }
}

async function writeRights(store, { people, channels }) {
  const changes = []
  for (let n = 0; n < channels; n += 1) {
    const attributes = { title: `Channel ${n}`, about: 'Seeded', order: n + 10 }
    changes.push({ kind: 'put-resource', resource: `channel:c${n}`, attributes })
  }
  const assign = (resource, role, subject) =>
    changes.push({ kind: 'assign', tuple: { resource, role, subject } })
  for (let n = 0; n < people; n += 1) {
    const subject = `user:p${n}`
    const attributes = { name: `Person ${n}`, email: `p${n}@example.com` }
    changes.push({ kind: 'put-person', subject, attributes })
    assign('tenant:default', 'viewer', subject)
    assign('channel:general', 'participant', subject)
    for (let each = 0; each < 3; each += 1)
      assign(`channel:c${upTo(channels)}`, n % 50 === 0 ? 'moderator' : 'participant', subject)
  }
  for (let at = 0; at < changes.length; at += CHANGES) {
    const part = changes.slice(at, at + CHANGES)
    const cause = { command: 'change-rights' }
    const audit = { command: 'change-rights', actor: 'key:root', target: 'seed' }
    await store.transact({ entries: [{ kind: 'rights', changes: part, cause }], audit })
  }
}

function auditLine({ people, channels }, n) {
  const [actor, target] = [`user:p${often(people)}`, `user:p${upTo(people)}`]
  const channel = `channel:c${often(channels)}`
  const line = { actor, address: `192.0.2.${n % 250}` }
  if (n % 100 === 0)
    return { ...line, command: 'delete-message', target: `chat:c${often(channels)}/s${n}` }
  if (n % 97 === 0) return { ...line, command: 'promote', target: `${channel} ${target}` }
  return {
    ...line,
    command: 'assign-role',
    target: `${channel}#participant@${target}`,
    before: { [channel]: [] },
    after: { [channel]: ['participant'] },
    effect: { people: 1, gained: 3, lost: 0 },
  }
}

function publishes({ people, channels }) {
  const entries = Array.from({ length: MESSAGES_A_WRITE }, () => ({
    kind: 'publish',
    channel: `chat:c${often(channels)}`,
    messages: [{ name: 'message', data: 'What was said.', clientId: `p${often(people)}` }],
  }))
  return { entries }
}

async function writeDays(store, clock, sizes, startMs, say) {
  const { days, lines, messages } = sizes
  const [linesADay, writesADay] = [lines / days, messages / days / MESSAGES_A_WRITE]
  for (let day = 0; day < days; day += 1) {
    const dayMs = startMs + day * DAY_MS
    // The two share the day, hour by hour, so that times never go back.
    for (let hour = 0; hour < 24; hour += 1) {
      clock.nowMs = dayMs + hour * 3_600_000
      const step = (count) => Math.round(count / 24)
      const tick = (count) => {
        clock.nowMs += Math.floor(1_700_000 / Math.max(1, step(count)))
      }
      await pipelined(step(linesADay), (n) => {
        tick(linesADay)
        return store.transact({ entries: [], audit: auditLine(sizes, n) })
      })
      await pipelined(step(writesADay), () => {
        tick(writesADay)
        return store.transact(publishes(sizes))
      })
    }
    say(`day ${day + 1} of ${days}`)
  }
}

async function writeDenials(folder, { denials, people, channels, days }, startMs) {
  const files = openDecisionFiles({ now: () => startMs + days * DAY_MS })
  const log = files.open(folder, { days: 3_650, rows: 10_000_000 })
  for (let n = 0; n < denials; n += 1) {
    const channel = `c${often(channels)}`
    log.note({
      id: `seed-${n}`,
      atMs: startMs + Math.floor((n / denials) * days * DAY_MS),
      door: 'channel',
      actor: `user:p${n % people}`,
      subject: `user:p${n % people}`,
      action: ['publish', 'subscribe', 'promote', 'mute'][n % 4],
      on: `chat:${channel}`,
      resource: `channel:${channel}`,
      tenant: 'tenant:default',
      allowed: false,
      reason: n % 3 === 0 ? 'forbidden' : 'never_granted',
      ...(n % 3 === 0 ? { by: 'types.channel.rules.muted' } : {}),
      policy: 'seed',
      revision: 1,
    })
    if (n % 10_000 === 9_999) await log.stats()
  }
  await files.close()
}

/**
 * Fills a data folder that a server has made, and is not running on.
 *
 * @param sizes how much of each, as `SIZES`
 * @param say   told how far it is
 */
export async function fill(folder, sizes, say) {
  const startMs = Math.floor(Date.now() / DAY_MS - sizes.days) * DAY_MS
  const clock = { nowMs: Date.now() - (sizes.days + 1) * DAY_MS }
  const store = await openSqliteStore({ folder, now: () => clock.nowMs })
  await writeRights(store, sizes)
  say('people, channels, grants')
  await writeDays(store, clock, sizes, startMs, say)
  await store.close()
  await writeDenials(folder, sizes, startMs)
  say('refusals')
  const files = openAnalyticsFiles(Date.now)
  const began = performance.now()
  await files.open(folder, { peopleDays: 400 }).follow()
  const seconds = (performance.now() - began) / 1_000
  await files.close()
  say(`roll-ups made in ${seconds.toFixed(1)} s`)
  return { rollUpSeconds: seconds }
}
