import { describe, expect, test } from 'vitest'
import { type Line, lastSerial, lineOf, unreadAfter, withLines } from './timeline.ts'

const line = (serial: string | undefined, more: Partial<Line> = {}): Line => ({
  id: `id-${serial}`,
  ...(serial !== undefined && { serial }),
  kind: 'text',
  author: 'v',
  name: '',
  atMs: 0,
  text: 'hello',
  files: [],
  ...more,
})

describe('a line', () => {
  test('is a text with what the server says of it', () => {
    const data = { author: 'grace', name: 'Grace', time: 5, text: 'Hello' }
    const message = { id: 'a:0', serial: '01', name: 'text', clientId: 'grace', timestamp: 5, data }
    expect(lineOf(message)).toEqual({
      id: 'a:0',
      serial: '01',
      kind: 'text',
      author: 'grace',
      name: 'Grace',
      atMs: 5,
      text: 'Hello',
      files: [],
    })
  })

  test('is nothing that fleets, and nothing unknown', () => {
    for (const name of ['typing', 'mark', 'note', 'later'])
      expect(lineOf({ serial: '01', name, data: {} })).toBeUndefined()
    expect(lineOf({ name: 'text', data: { text: 'no place' } })).toBeUndefined()
  })

  test('of a deleted message says nothing of what stood there', () => {
    const message = {
      serial: '01',
      name: 'text',
      action: 'message.delete',
      data: { text: 'secret' },
    }
    expect(lineOf(message)).toMatchObject({ text: '', files: [], isDeleted: true })
  })

  test.each([undefined, null, 'bare', 7, [], { text: 7 }])(
    'takes %j as data without a fault',
    (data) => {
      expect(lineOf({ serial: '01', name: 'text', data })).toMatchObject({ text: '' })
    },
  )

  test('takes no file that is not wholly one', () => {
    const whole = { id: 'f', name: 'a.png', type: 'image/png', bytes: 3 }
    const extras = { attachments: [whole, { id: 'g' }, null, 'h'] }
    expect(lineOf({ serial: '01', name: 'file', data: {}, extras })?.files).toEqual([whole])
  })
})

describe('the list', () => {
  test('has each message once, in the order of the server, whatever order they come in', () => {
    const lines = withLines(withLines([], [line('03'), line('01')]), [line('02'), line('01')])
    expect(lines.map(({ serial }) => serial)).toEqual(['01', '02', '03'])
  })

  test('has what is on its way at the end, until it has arrived', () => {
    const waiting = line(undefined, { id: 'a:0', sending: 'waiting' })
    const before = withLines([line('01')], [waiting])
    expect(before.at(-1)).toBe(waiting)
    const after = withLines(before, [line('02', { id: 'a:0' })])
    expect(after.map(({ id }) => id)).toEqual(['id-01', 'a:0'])
    expect(after.at(-1)?.sending).toBeUndefined()
    // A late word of the outbox changes nothing.
    expect(withLines(after, [waiting])).toHaveLength(2)
  })

  test('keeps a deletion whatever is heard later of the text', () => {
    const gone = line('01', { text: '', isDeleted: true })
    expect(withLines([gone], [line('01')])).toEqual([gone])
  })

  test('counts what others said after a place', () => {
    const lines = [
      line('01', { author: 'g' }),
      line('02'),
      line('03', { author: 'g' }),
      line('04', { author: 'g', kind: 'event' }),
      line(undefined, { author: 'g' }),
    ]
    expect(unreadAfter(lines, new Set(['v']), undefined)).toBe(2)
    expect(unreadAfter(lines, new Set(['v']), '01')).toBe(1)
    expect(lastSerial(lines)).toBe('04')
  })
})
