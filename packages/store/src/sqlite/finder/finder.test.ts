// The index of messages on a real folder: finds what the log holds, follows edits and deletions, and is made anew when it
// does not fit.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewMessage } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import { afterEach, describe, expect, test } from 'vitest'
import { EVERYONE, type FindQuery, targetOfPerson, targetOfRole } from '../../finder.ts'
import { matchOf } from '../../rules/finding.ts'
import { openSqliteStore, type SqliteStore } from '../index.ts'

const folders: string[] = []
const stores: SqliteStore[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function opened(folder?: string) {
  const at = folder ?? (await mkdtemp(join(tmpdir(), 'sayso-finder-')))
  folders.push(at)
  let nowMs = 1_000
  const store = await openSqliteStore({ folder: at, now: () => ++nowMs })
  stores.push(store)
  let revision = 0
  store.subscribe((entries) => {
    revision = entries.at(-1)?.revision ?? revision
  })
  const say = async (channel: string, ...messages: (string | NewMessage)[]) => {
    const said = messages.map((one) => (typeof one === 'string' ? { data: one } : one))
    const { entries } = await store.transact({
      entries: [{ kind: 'publish', channel: channel as ChannelName, messages: said }],
    })
    const [entry] = entries
    return entry?.kind === 'message' ? entry.messages.map(({ serial }) => serial) : []
  }
  const amend = (channel: string, serial: string, data?: string) =>
    store.transact({
      entries: [
        {
          kind: 'amend',
          channel: channel as ChannelName,
          amendment: { serial, action: data === undefined ? 'delete' : 'update', data: data ?? '' },
        },
      ],
    })
  const find = async (text: string, more: Partial<FindQuery> = {}) => {
    const query = { text, channels: ['north', 'south'], ...more }
    const { value } = await store.finder().find(query, { limit: 50 }, revision)
    return value.found.map(({ serial }) => serial)
  }
  return { store, folder: at, say, amend, find, revision: () => revision }
}

describe('finding', () => {
  test('[ST325] looks in all channels whose names begin alike, and in no other', async () => {
    const { say, find } = await opened()
    const [one] = await say('desk:a', 'The harbour is closed')
    await say('desks', 'The harbour is closed')
    const [two] = await say('desk:b', 'harbour')
    expect(await find('harbour', { channels: { beginning: 'desk:' } })).toEqual([two, one])
    expect(await find('harbour', { channels: { beginning: 'none:' } })).toEqual([])
  })

  test('[ST290] finds words, beginnings and phrases, the newest first', async () => {
    const { say, find } = await opened()
    const [one] = await say('north', 'The harbour is closed')
    const [two] = await say('north', 'Harbours are never closed for long')
    await say('north', 'Something else')
    expect(await find('harb')).toEqual([two, one])
    expect(await find('closed harb')).toEqual([two, one])
    expect(await find('harb closed ')).toEqual([])
    expect(await find('"is closed"')).toEqual([one])
    expect(await find('"closed is"')).toEqual([])
    expect(await find('HÁRBOUR ')).toEqual([one])
    for (const nothing of [
      '',
      '  ',
      '!!',
      '" "',
      'AND',
      '"',
      'a"b(c',
      '{text}:x',
      '*',
      '-closed:',
    ]) {
      await expect(find(nothing)).resolves.toBeDefined()
    }
  })

  test('[ST291] finds parts of scripts that put no spaces between words', async () => {
    const { say, find } = await opened()
    const [one] = await say('north', '港は今日閉まっています')
    expect(await find('今日')).toEqual([one])
    expect(await find('日今')).toEqual([])
    const [two] = await say('north', '我们明天见 in Basel')
    expect(await find('明天 bas')).toEqual([two])
  })

  test('[ST292] looks only in the channels that are named, however many', async () => {
    const { say, find } = await opened()
    const [one] = await say('north', 'ahoy')
    await say('vault', 'ahoy')
    expect(await find('ahoy')).toEqual([one])
    const many = Array.from({ length: 100 }, (_, at) => `place-${at}`)
    for (const channel of many) await say(channel, 'hello')
    expect(await find('ahoy', { channels: [...many, 'north'] })).toEqual([one])
    expect(await find('ahoy', { channels: [] })).toEqual([])
  })

  test('[ST329] finds files by their names, with a text and without', async () => {
    const { say, find } = await opened()
    const attachments = [{ id: '1', name: 'chart-of-reefs.png', type: 'image/png', bytes: 1 }]
    const extras = { attachments }
    const [bare] = await say('north', { data: '{"author":"ada"}', encoding: 'json', extras })
    const [beside] = await say('north', { data: 'see', extras })
    await say('north', { data: '{"author":"reefs"}', encoding: 'json' })
    expect(await find('reefs')).toEqual([beside, bare])
    expect(await find('chart-of')).toEqual([beside, bare])
    expect(await find('ada')).toEqual([])
  })

  test('[ST293] knows authors, traits and times', async () => {
    const { store, say, find } = await opened()
    const attachments = [{ id: '1', name: 'chart-of-reefs.png', type: 'image/png', bytes: 1 }]
    const [file] = await say('north', { data: 'see', clientId: 'ada', extras: { attachments } })
    const [link] = await say('north', { data: 'see https://example.com/x', clientId: 'bob' })
    const [code] = await say('south', { data: '```\nsee()\n```', clientId: 'ada' })
    expect(await find('see')).toEqual([code, link, file])
    expect(await find('see', { from: ['ada'] })).toEqual([code, file])
    expect(await find('', { from: ['ada', 'bob'], has: ['link'] })).toEqual([link])
    expect(await find('', { has: ['image', 'file'] })).toEqual([file])
    expect(await find('', { has: ['code'] })).toEqual([code])
    expect(await find('reefs ')).toEqual([file])
    expect(await find('see', { from: ['nobody'] })).toEqual([])
    const at = Number((link ?? '').slice(0, 14))
    expect(await find('see', { beforeMs: at })).toEqual([file])
    expect(await find('see', { sinceMs: at })).toEqual([code, link])
    expect(store.stats().commits).toBeGreaterThan(0)
  })

  test('[ST294] follows edits and deletions', async () => {
    const { say, amend, find } = await opened()
    const [serial = ''] = await say('north', 'the old words')
    await amend('north', serial, 'other words')
    expect(await find('old')).toEqual([])
    expect(await find('other words')).toEqual([serial])
    await amend('north', serial)
    expect(await find('words')).toEqual([])
  })

  test('[ST295] goes on page by page', async () => {
    const { store, say, revision } = await opened()
    const said: string[] = []
    for (let at = 0; at < 30; at += 1) said.push(...(await say('north', `line ${at}`)))
    const seen: string[] = []
    let below: number | undefined
    do {
      const page = { limit: 7, ...(below === undefined ? {} : { below }) }
      const { value } = await store
        .finder()
        .find({ text: 'line', channels: ['north'] }, page, revision())
      seen.push(...value.found.map(({ serial }) => serial))
      below = value.next
    } while (below !== undefined)
    expect(seen).toEqual(said.reverse())
  })
})

describe('unread', () => {
  test('[ST296] counts what others said after the mark, and mentions', async () => {
    const { store, say, amend, revision } = await opened()
    const by = (clientId: string, data: string, extras?: NewMessage['extras']) => ({
      data,
      clientId,
      ...(extras === undefined ? {} : { extras }),
    })
    const [first = ''] = await say('north', by('bob', 'one'))
    const [second = ''] = await say('north', by('bob', 'two', { mentions: { people: ['ada'] } }))
    await say('north', by('ada', 'mine', { mentions: { people: ['ada'] } }))
    await say('north', { name: 'moved', data: 'a line', extras: { sayso: { event: 'x' } } })
    await say('north', by('bob', 'aside', { ref: { type: 'thread', timeserial: first } }))
    const [third = ''] = await say(
      'north',
      by('bob', 'all', { mentions: { everyone: true, roles: ['pilot'], people: 'x' } }),
    )
    const targets = [targetOfPerson('ada'), targetOfRole('pilot'), EVERYONE]
    const unread = async (after: string) => {
      const channels = [{ channel: 'north', after, targets }]
      const { value } = await store.finder().unread({ person: 'ada', channels }, revision())
      return value[0]
    }
    expect(await unread('')).toEqual({
      channel: 'north',
      count: 3,
      mentions: 2,
      first,
      last: third,
    })
    expect(await unread(first)).toEqual({
      channel: 'north',
      count: 2,
      mentions: 2,
      first: second,
      last: third,
    })
    await amend('north', second)
    expect(await unread(first)).toEqual({
      channel: 'north',
      count: 1,
      mentions: 1,
      first: third,
      last: third,
    })
    expect(await unread(third)).toEqual({ channel: 'north', count: 0, mentions: 0, last: third })
    const { value } = await store
      .finder()
      .mentions(
        { person: 'ada', channels: [{ channel: 'north', targets }] },
        { limit: 9 },
        revision(),
      )
    expect(value.found.map(({ serial }) => serial)).toEqual([third])
  })
})

describe('the file of the index', () => {
  test('[ST297] goes on where it was, and is made anew when it does not fit', async () => {
    const first = await opened()
    const [one] = await first.say('north', 'ahoy')
    expect(await first.find('ahoy')).toEqual([one])
    await first.store.close()
    const second = await opened(first.folder)
    const [two] = await second.say('north', 'ahoy again')
    expect(await second.find('ahoy')).toEqual([two, one])
    await second.store.close()
    await writeFile(join(first.folder, 'finder.db'), 'no database at all')
    const third = await opened(first.folder)
    const [last] = await third.say('north', 'ahoy at last')
    expect(await third.find('ahoy')).toEqual([last, two, one])
  })
})

test('[ST298] what is typed never is a program', () => {
  expect(matchOf('a OR b')).toBe('"a" AND "OR" AND "b"')
  expect(matchOf('"one two" thr')).toBe('"one two" AND "thr" *')
  expect(matchOf('x:y*')).toBe('"x:y*" *')
  expect(matchOf('日本')).toBe('" 日  本 "')
  expect(matchOf('a')).toBe('"a"')
})
