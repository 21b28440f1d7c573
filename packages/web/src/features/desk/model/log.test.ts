import { describe, expect, test } from 'vitest'
import { entryOf, fold, marked, reachOf, rowsOf, type Wire, withMarks } from './log.ts'

let count = 0
function wire(name: string, data: object, some: Partial<Wire> = {}): Wire {
  count += 1
  return { id: `m${count}`, serial: `s${count}`, name, data, timestamp: count * 1_000, ...some }
}
const said = (author: string, text: string, name = 'text') =>
  wire(name, { author, name: author, time: 1, text })

describe('the log of a conversation', () => {
  test('in the order of the server, each once, however it comes', () => {
    const [a, b, c] = [said('v', 'one'), said('g', 'two'), said('v', 'three')]
    const log = fold(fold([], [c, a]), [b, a])
    expect(log.map((entry) => entry.serial)).toEqual([a, b, c].map(({ serial }) => serial))
  })

  test('what is deleted keeps its place and loses its words, also if an older version comes late', () => {
    const text = said('v', 'secret')
    const log = fold(fold([], [text]), [{ ...text, data: {}, action: 'message.delete' }])
    expect(log[0]).toMatchObject({ isGone: true, text: '', author: 'v' })
    expect(JSON.stringify(fold(log, [text]))).not.toContain('secret')
  })

  test('what is no entry is passed over: typing, marks, unknown events, anything else', () => {
    const none = [
      wire('typing', {}),
      wire('mark', { of: 'v' }),
      wire('event', { kind: 'invented' }),
      wire('other', { text: 'x' }),
    ]
    expect(fold([], none)).toEqual([])
  })

  test('files of a shape that is not theirs are left out', () => {
    const attachments = [{ id: 'f1', name: 'a.png', type: 'image/png', bytes: 4 }, { id: 7 }, 'x']
    const entry = entryOf(wire('file', { author: 'v', name: 'v' }, { extras: { attachments } }))
    expect(entry).toMatchObject({ kind: 'file', files: [{ id: 'f1', name: 'a.png', bytes: 4 }] })
  })

  test('one author within five minutes stands together, a note never with an answer', () => {
    const log = fold([], [said('g', 'one'), said('g', 'two'), said('g', 'three', 'note')])
    const rows = rowsOf(log, 'v', () => 'today')
    expect(rows.map((row) => (row.kind === 'said' ? row.isNext : row.kind))).toEqual([
      'day',
      false,
      true,
      false,
    ])
    expect(rows.every((row) => row.kind !== 'said' || row.isDesk)).toBe(true)
  })

  test('what visitors said before they proved who they are stays at their side', () => {
    const rows = rowsOf(
      fold([], [said('v-guest', 'one'), said('v-ines', 'two'), said('g', 'three')]),
      'v-ines',
      () => 'today',
    )
    expect(rows.flatMap((row) => (row.kind === 'said' ? [row.isDesk] : []))).toEqual([
      false,
      false,
      true,
    ])
  })

  test('marks go forward only, and what is read has arrived', () => {
    let marks = marked(new Map(), wire('mark', { of: 'visitor', delivered: 's3' }))
    marks = marked(marks, wire('mark', { of: 'visitor', read: 's5' }))
    marks = withMarks(marks, 'visitor', { read: 's1', delivered: 's2' })
    expect(marks.get('visitor')).toEqual({ delivered: 's5', read: 's5' })
    expect(['s4', 's6'].map((serial) => reachOf(serial, marks.get('visitor')))).toEqual([
      'read',
      'sent',
    ])
  })
})
