import { describe, expect, test } from 'vitest'
import { type OpeningInput, openingOf } from './opening.ts'
import type { Row } from './rows.ts'
import type { Entry } from './timeline.ts'

const entry = (serial: string): Entry => ({
  key: serial,
  serial,
  version: serial,
  atMs: 0,
  body: { kind: 'text', text: serial },
  isEdited: false,
})
const UNREAD: Row = { kind: 'unread', key: 'unread', atMs: 0 }
const opening = (parts: Partial<OpeningInput> = {}) =>
  openingOf({
    kept: undefined,
    at: undefined,
    seenSerial: undefined,
    timeline: [entry('5'), entry('6'), entry('7')],
    hasOlder: true,
    rows: [],
    ...parts,
  })

describe('where a channel is opened', () => {
  test('at the newest, if there was no visit before or all is read', () => {
    expect(opening()).toEqual({ kind: 'newest' })
    expect(opening({ seenSerial: '7' })).toEqual({ kind: 'newest' })
    expect(opening({ seenSerial: '9', timeline: [] })).toEqual({ kind: 'newest' })
  })

  test('at the first unread, loaded or not', () => {
    const rows = [UNREAD]
    expect(opening({ seenSerial: '5', rows })).toEqual({ kind: 'unread', load: undefined })
    expect(opening({ seenSerial: '2', rows })).toEqual({ kind: 'unread', load: '2' })
    expect(opening({ seenSerial: '2', rows, hasOlder: false })).toMatchObject({ load: undefined })
  })

  test('what is newer and all one’s own is nothing unread', () => {
    expect(opening({ seenSerial: '5' })).toEqual({ kind: 'newest' })
  })

  test('the address goes before, and where one was at that address before all', () => {
    const place = { kind: 'row', key: 'k', edge: 'top', offset: 3 } as const
    const kept = { at: '6', place, serial: '6' }
    expect(opening({ at: '6', seenSerial: '2' })).toEqual({ kind: 'at', serial: '6' })
    expect(opening({ at: '6', kept })).toEqual({ kind: 'kept', kept })
    expect(opening({ at: '5', kept })).toEqual({ kind: 'at', serial: '5' })
    const bottom = { at: undefined, place: { kind: 'bottom' }, serial: undefined } as const
    expect(opening({ kept: bottom, seenSerial: '2' })).toEqual({ kind: 'unread', load: '2' })
  })
})
