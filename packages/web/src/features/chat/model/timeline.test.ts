import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findById, fold, type Incoming, newest } from './timeline.ts'

const message = (serial: string, parts: Partial<Incoming> = {}): Incoming => ({
  id: `id-${serial}`,
  serial,
  author: 'ada',
  atMs: 1,
  name: 'message',
  data: `text ${serial}`,
  action: 'create',
  version: serial,
  ...parts,
})
const edit = (serial: string, version: string, data: string) =>
  message(serial, { action: 'update', version, data, id: `edit-${version}`, changedBy: 'ada' })

describe('timeline', () => {
  test('orders by serial, whatever the order of arrival, without doubles', () => {
    const timeline = fold([], [message('b'), message('a'), message('c'), message('a')])
    expect(timeline.map((entry) => entry.serial)).toEqual(['a', 'b', 'c'])
  })

  test('the same timeline comes back if nothing is new', () => {
    const timeline = fold([], [message('a')])
    expect(fold(timeline, [message('a')])).toBe(timeline)
    expect(fold(timeline, [])).toBe(timeline)
  })

  test('a newer version replaces, an older one does not, and the key stays', () => {
    const first = fold([], [message('a')])
    const second = fold(first, [edit('a', 'a2', 'two')])
    expect(second[0]).toMatchObject({
      key: 'id-a',
      body: { kind: 'text', text: 'two' },
      isEdited: true,
    })
    expect(fold(second, [edit('a', 'a1', 'one'), message('a')])).toBe(second)
  })

  test('an edit seen before its message stands, and the message does not undo it', () => {
    const timeline = fold([], [edit('a', 'a1', 'edited'), message('a')])
    expect(timeline).toHaveLength(1)
    expect(timeline[0]?.body).toEqual({ kind: 'text', text: 'edited' })
  })

  test('a deleted message keeps its place and loses its text', () => {
    const timeline = fold(fold([], [message('a'), message('b')]), [
      message('a', { action: 'delete', version: 'a1', changedBy: 'grace' }),
    ])
    expect(timeline[0]).toMatchObject({
      serial: 'a',
      body: { kind: 'deleted' },
      changedBy: 'grace',
      isEdited: false,
    })
    expect(JSON.stringify(timeline[0])).not.toContain('text a')
  })

  test('text of any name is shown; other data as a short line of code', () => {
    const [text, json, bytes, nothing, long] = fold(
      [],
      [
        message('a', { name: 'greeting', data: 'hi' }),
        message('b', { name: 'metrics', data: { cpu: 1 } }),
        message('c', { name: undefined, data: new Uint8Array(312).buffer }),
        message('d', { name: undefined, data: undefined }),
        message('e', { data: { long: 'x'.repeat(999) } }),
      ],
    )
    expect(text?.body).toEqual({ kind: 'text', text: 'hi' })
    expect(json?.body).toEqual({ kind: 'code', text: 'metrics {"cpu":1}' })
    expect(bytes?.body).toEqual({ kind: 'code', text: '312 bytes' })
    expect(nothing?.body).toEqual({ kind: 'code', text: 'empty message' })
    expect(long?.body.kind === 'code' && long.body.text.length).toBeLessThan(260)
  })

  test('a line the server wrote is told from what clients send', () => {
    const line = {
      event: 'roles_changed',
      command: 'promote',
      subject: { id: 'ada', name: 'Ada' },
      roles: [],
    }
    const [own, odd] = fold(
      [],
      [
        message('a', { data: 'Ada was promoted', extras: { sayso: line } }),
        message('b', { extras: { sayso: { event: 'roles_changed' } } }),
      ],
    )
    expect(own?.body).toEqual({ kind: 'line', line, text: 'Ada was promoted' })
    expect(odd?.body.kind).toBe('text')
  })

  test('an append adds to the text that is there', () => {
    const timeline = fold(
      [],
      [message('a'), message('a', { action: 'append', version: 'a1', data: ' more' })],
    )
    expect(timeline[0]?.body).toEqual({ kind: 'text', text: 'text a more' })
  })

  test('keeps the newest, and finds by the sender’s id', () => {
    const timeline = fold(
      [],
      ['a', 'b', 'c'].map((serial) => message(serial)),
    )
    expect(newest(timeline, 2).map((entry) => entry.serial)).toEqual(['b', 'c'])
    expect(newest(timeline, 3)).toBe(timeline)
    expect(findById(timeline, 'id-b')?.serial).toBe('b')
    expect(findById(timeline, 'id-x')).toBeUndefined()
  })

  test('any split and order of history and live ends in the same timeline', () => {
    const steps = ['a', 'b', 'c', 'd'].flatMap((serial) => [
      message(serial),
      edit(serial, `${serial}1`, 'one'),
      edit(serial, `${serial}2`, 'two'),
    ])
    const told = (messages: readonly Incoming[]) =>
      fold([], messages).map((entry) => [entry.serial, entry.version, entry.body])
    fc.assert(
      fc.property(fc.shuffledSubarray([...steps, ...steps], { minLength: 24 }), (shuffled) => {
        expect(told(shuffled)).toEqual(told(steps))
      }),
    )
  })
})
