import { describe, expect, test } from 'vitest'
import type { Unsent } from './outbox.ts'
import { GROUP_MS, lastOwn, type RowsInput, rowsOf } from './rows.ts'
import type { Entry } from './timeline.ts'

const DAY = 86_400_000
const text = (serial: string, author: string, atMs: number): Entry => ({
  key: `k${serial}`,
  id: `id-${serial}`,
  serial,
  version: serial,
  author,
  atMs,
  body: { kind: 'text', text: serial },
  isEdited: false,
})
const line = (serial: string, atMs: number): Entry => ({
  ...text(serial, 'server', atMs),
  body: {
    kind: 'line',
    line: {
      event: 'roles_changed',
      command: 'promote',
      subject: { id: 'ada', name: 'Ada' },
      roles: [],
    },
    text: 'line',
  },
})
const unsent = (id: string, atMs: number): Unsent => ({
  id,
  channelKey: 'lobby',
  text: id,
  atMs,
  state: { kind: 'waiting' },
})
const rows = (timeline: Entry[], parts: Partial<RowsInput> = {}) =>
  rowsOf({
    timeline,
    unsent: [],
    me: 'ada',
    dayOf: (atMs) => String(Math.floor(atMs / DAY)),
    ...parts,
  })

describe('rows', () => {
  test('a day line before the first message of each day', () => {
    expect(
      rows([text('1', 'ada', 1), text('2', 'ada', 2), text('3', 'ada', DAY)]).map(
        (row) => row.kind,
      ),
    ).toEqual(['day', 'message', 'message', 'day', 'message'])
  })

  test('answers in a thread stand there alone, in the channel only if they say so', () => {
    const ref = { ref: { type: 'thread', timeserial: '1' } }
    const timeline = [
      text('1', 'ada', 1),
      { ...text('2', 'bo', 2), extras: ref },
      { ...text('3', 'bo', 3), extras: { ...ref, also: true } },
    ]
    const waiting = [{ ...unsent('u', 4), extras: ref }]
    const keys = (parts: Partial<RowsInput>) =>
      rows(timeline, { unsent: waiting, ...parts }).flatMap(({ kind, key }) =>
        kind === 'message' || kind === 'unsent' ? key : [],
      )
    expect(keys({})).toEqual(['k1', 'k3'])
    expect(keys({ isThread: true })).toEqual(['k1', 'k2', 'k3', 'u'])
  })

  test('groups by author within five minutes, and never across a day or a line', () => {
    const heads = rows([
      text('1', 'ada', 0),
      text('2', 'ada', GROUP_MS - 1),
      text('3', 'ada', 2 * GROUP_MS),
      text('4', 'bo', 2 * GROUP_MS + 1),
      line('5', 2 * GROUP_MS + 2),
      text('6', 'bo', 2 * GROUP_MS + 3),
      text('7', 'bo', DAY),
    ]).flatMap((row) => (row.kind === 'message' ? [row.isHead] : []))
    expect(heads).toEqual([true, false, true, true, true, true])
  })

  test('own messages are told apart', () => {
    const own = rows([text('1', 'ada', 1), text('2', 'bo', 2)]).flatMap((row) =>
      row.kind === 'message' ? [row.isOwn] : [],
    )
    expect(own).toEqual([true, false])
  })

  test('the unread line stands before the first message of others after what was seen', () => {
    const shown = rows([text('1', 'bo', 1), text('2', 'ada', 2), text('3', 'bo', 3)], {
      seenSerial: '1',
    })
    expect(shown.map((row) => row.key)).toEqual(['day 0', 'k1', 'k2', 'unread', 'k3'])
  })

  test('lines are fresh only if they came after the visit began', () => {
    const fresh = rows([line('1', 1), line('2', 2)], { freshAfter: '1' }).flatMap((row) =>
      row.kind === 'line' ? [row.isFresh] : [],
    )
    expect(fresh).toEqual([false, true])
  })

  test('what is on its way stands at the end, and only until its message has come', () => {
    const sent = [unsent('id-2', 2), unsent('new', 3)]
    const shown = rows([text('1', 'bo', 1), text('2', 'ada', 2)], { unsent: sent })
    expect(shown.map((row) => row.key)).toEqual(['day 0', 'k1', 'k2', 'new'])
    expect(shown.at(-1)).toMatchObject({ kind: 'unsent', isHead: false })
  })

  test('the last own message that can be edited', () => {
    const deleted: Entry = { ...text('3', 'ada', 3), body: { kind: 'deleted' } }
    expect(lastOwn([text('1', 'ada', 1), text('2', 'bo', 2), deleted], 'ada')?.serial).toBe('1')
    expect(lastOwn([text('2', 'bo', 2)], 'ada')).toBeUndefined()
  })
})
