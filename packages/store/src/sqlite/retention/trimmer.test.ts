// What a channel keeps no longer is gone from everything that reads the log, and from the bytes of the file.

import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ChannelName, Revision } from '@sayso/policy'
import { expect, onTestFinished, test } from 'vitest'
import { commit, lobby, publish } from '../../../contract/builders.ts'
import { temporaryFolder } from '../../../contract/temporary-folder.ts'
import type { Past } from '../../retention.ts'
import type { NewEntry } from '../../store.ts'
import { createTrimmer, openSqliteStore, type SqliteStore } from '../index.ts'

const DAY_MS = 86_400_000
const START_MS = 1_700_000_000_000

async function house() {
  const folder = temporaryFolder()
  let nowMs = START_MS
  const store = await openSqliteStore({ folder, now: () => nowMs })
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  const said = async (data: string, clientId = 'bob', more: object = {}) => {
    nowMs += 1_000
    const { serial } = await commit(store, publish([{ data, clientId, ...more }]))
    return `${serial}:000`
  }
  return {
    folder,
    store,
    trimmer: createTrimmer(store.authDialect),
    said,
    pass: (ms: number) => {
      nowMs += ms
    },
    now: () => nowMs,
  }
}

type House = Awaited<ReturnType<typeof house>>

function past(beforeMs: number, except: readonly string[] = []): Past {
  return { channel: lobby, beforeMs, except }
}

async function trim({ trimmer }: Pick<House, 'trimmer'>, what: Past): Promise<number> {
  let held = 0
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: Awaited<ReturnType<typeof trimmer.past>> = await trimmer.past(what, after, 3)
    await trimmer.remove(what.channel, page.entries)
    held += page.held
    after = page.next
  }
  return held
}

async function textsIn(store: SqliteStore, channel: ChannelName = lobby) {
  const { revision: upTo } = await store.load()
  const page = await store.history({ channel, direction: 'forwards', limit: 1_000, upTo })
  return page.messages.map(({ data }) => data)
}

const edit = (serial: string, data: string, clientId = 'bob'): NewEntry => ({
  kind: 'amend',
  channel: lobby,
  amendment: { serial, action: 'update', data, clientId },
})

const react = (serials: readonly string[], clientId: string): NewEntry => ({
  kind: 'annotate',
  channel: lobby,
  annotations: serials.map((messageSerial) => ({
    action: 'create',
    type: 'reaction:distinct.v1',
    name: `teal-${clientId}`,
    messageSerial,
    clientId,
  })),
})

test('[ST320] what is past is gone from every read and byte, with its versions and annotations', async () => {
  const here = await house()
  const { store, trimmer, said } = here
  const old = await said('tamarind', 'bob', { id: 'tamarind-7' })
  here.pass(10 * DAY_MS)
  const young = await said('quillwort')
  await commit(store, edit(old, 'tamarind once more'))
  await commit(store, react([old, young], 'eve'))
  await commit(store, react([old], 'zed'))
  await trim(here, past(here.now() - 5 * DAY_MS))
  const { revision: upTo } = await store.load()
  expect(await textsIn(store)).toEqual(['quillwort'])
  expect(await store.message(lobby, old, upTo)).toBeUndefined()
  expect(await store.versions(lobby, old, upTo)).toEqual([])
  expect(await store.annotations({ channel: lobby, messageSerial: old, limit: 10, upTo })).toEqual({
    annotations: [],
    hasMore: false,
  })
  expect(await store.message(lobby, young, upTo)).toMatchObject({
    summary: { 'reaction:distinct.v1': { 'teal-eve': { total: 1 } } },
  })
  expect(await trimmer.flush()).toBe(true)
  const bytes = readFileSync(join(here.folder, 'sayso.db'))
  for (const text of ['tamarind', 'teal-zed']) expect(bytes.includes(text), text).toBe(false)
  expect(bytes.includes('quillwort')).toBe(true)
})

test('[ST321] the log has no hole: whoever goes on from a removed place misses nothing and has no gap', async () => {
  const here = await house()
  const { store, said } = here
  const before = await store.load()
  const old = await said('one', 'bob', { id: 'one-of-a-kind' })
  await said('two')
  here.pass(10 * DAY_MS)
  await said('three')
  const { revision: upTo } = await store.load()
  await trim(here, past(here.now() - 5 * DAY_MS))
  for (const serial of [before.serial, old.slice(0, -4)]) {
    const page = await store.since({ channel: lobby, serial, limit: 10, upTo })
    expect(page).toMatchObject({ kind: 'events', entries: [{ messages: [{ data: 'three' }] }] })
  }
  const across = { channel: lobby, direction: 'backwards', limit: 1, upTo } as const
  const page = await store.history({ ...across, afterSerial: old })
  expect(page).toEqual({ messages: [], hasMore: false })
  expect((await store.history({ ...across, untilSerial: old })).messages).toEqual([])
  // A repeat of what was removed is a new message, and what changes it finds nothing.
  await said('one again', 'bob', { id: 'one-of-a-kind' })
  expect(await textsIn(store)).toEqual(['three', 'one again'])
  await expect(commit(store, edit(old, 'x'))).rejects.toMatchObject({ code: 'unknown_message' })
})

test('[ST322] a message that an excepted client wrote, edited or annotated stays as it is', async () => {
  const here = await house()
  const { store, said } = here
  const serials = []
  for (const each of ['a', 'b', 'c', 'd', 'e']) serials.push(await said(each))
  const [, edited = '', marked = ''] = serials
  await said('by them', 'eve')
  await commit(store, edit(edited, 'b by eve', 'eve'))
  await commit(store, react([marked], 'eve'))
  here.pass(10 * DAY_MS)
  expect(await trim(here, past(here.now(), ['eve']))).toBe(3)
  expect(await textsIn(store)).toEqual(['b by eve', 'c', 'by them'])
  expect(await trim(here, past(here.now()))).toBe(0)
  expect(await textsIn(store)).toEqual([])
})

test('[ST323] every slice may be repeated, and the log opened again goes on', async () => {
  const here = await house()
  const { store, trimmer, said } = here
  for (let count = 0; count < 10; count += 1) await said(`m${count}`)
  here.pass(DAY_MS)
  const page = await trimmer.past(past(here.now()), 0)
  expect(page.messages.map(({ data }) => data)).toHaveLength(10)
  expect(await trimmer.remove(lobby, page.entries.slice(0, 4))).toBe(4)
  expect(await trimmer.remove(lobby, page.entries)).toBe(6)
  expect(await trimmer.remove(lobby, page.entries)).toBe(0)
  const last = await store.load()
  await store.close()
  const again = await openSqliteStore({ folder: here.folder })
  expect(await again.load()).toEqual(last)
  const committed = await commit(again, publish([{ data: 'next' }]))
  expect(committed.revision).toBe((last.revision + 1) as Revision)
  expect(await textsIn(again)).toEqual(['next'])
  await again.close()
})

test('[ST324] what is removed is found no more, and its words go from the index', async () => {
  const here = await house()
  const { store, said } = here
  await said('tamarind')
  const held = await said('tamarind held', 'eve')
  here.pass(DAY_MS)
  const young = await said('tamarind young')
  const finder = store.finder()
  const { revision } = await store.load()
  const found = async () => {
    const query = { text: 'tamarind', channels: [lobby] }
    const { value } = await finder.find(query, { limit: 10 }, revision)
    return value.found.map(({ serial }) => serial)
  }
  expect(await found()).toHaveLength(3)
  const beforeMs = here.now() - 1_000
  await trim(here, past(beforeMs, ['eve']))
  const asked = { channel: lobby, before: String(beforeMs).padStart(14, '0'), after: 0 }
  expect((await finder.trim(asked, revision)).value).toEqual({ forgotten: 1 })
  expect((await finder.trim(asked, revision)).value).toEqual({ forgotten: 0 })
  expect(await found()).toEqual([young, held])
  expect(await finder.clean(revision)).toBe(true)
})

/** Small, and the same for the same seed. */
function chances(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

test('[ST322] whatever was said, edited and marked: what is held stays, everything else that is past goes', async () => {
  for (let seed = 1; seed <= 3; seed += 1) {
    const here = await house()
    const { store, said } = here
    const chance = chances(seed)
    const people = ['ada', 'bob', 'eve', 'zed']
    const someone = () => people[chance(people.length)] ?? 'ada'
    const parts = new Map<string, { atMs: number; by: Set<string> }>()
    for (let count = 0; count < 40; count += 1) {
      const known = [...parts.keys()]
      const serial = known[chance(known.length || 1)]
      const who = someone()
      const act = chance(4)
      if (act < 2 || serial === undefined) {
        parts.set(await said(`word-${count}`, who), { atMs: here.now(), by: new Set([who]) })
      } else {
        await commit(store, act === 2 ? edit(serial, `again-${count}`, who) : react([serial], who))
        parts.get(serial)?.by.add(who)
      }
      here.pass(chance(DAY_MS))
    }
    const beforeMs = here.now() - 10 * DAY_MS
    await trim(here, past(beforeMs, ['eve']))
    const { revision: upTo } = await store.load()
    const page = await store.history({ channel: lobby, direction: 'forwards', limit: 1_000, upTo })
    const stays = [...parts].filter(([, { atMs, by }]) => atMs >= beforeMs || by.has('eve'))
    expect(
      page.messages.map(({ serial }) => serial),
      `seed ${seed}`,
    ).toEqual(stays.map(([serial]) => serial))
  }
})
