import { describe, expect, test } from 'vitest'
import { bodyOf, draftOf, inkOn, newDraft, problemsOf, snippetOf } from './widget-draft.ts'

const good = { ...newDraft('Europe/Berlin'), name: 'Shop' }

describe('a widget that is set up', () => {
  test('as it is begun it needs a name and nothing else', () => {
    expect(problemsOf(newDraft('UTC'))).toEqual(['name'])
    expect(problemsOf(good)).toEqual([])
  })

  test('what does not fit is named field by field', () => {
    const bad = {
      ...good,
      sites: 'https://shop.example\nshop.example/path',
      holidays: '25.12.2026',
      hasHours: true,
      week: { ...good.week, mon: { isOpen: true, from: '18:00', to: '09:00' } },
      fields: [{ key: 'topic', label: 'Topic', kind: 'choice', required: true, options: ' ' }],
      fileSize: '0',
    } as const
    expect(problemsOf(bad)).toEqual(['sites', 'hours', 'holidays', 'options', 'fileSize'])
  })

  test('what is sent and read again is the same', () => {
    const draft = {
      ...good,
      sites: 'https://shop.example\nhttps://*.shop.example',
      hasHours: true,
      holidays: '2026-12-25',
      fields: [
        { key: 'topic', label: 'Topic', kind: 'choice', required: true, options: 'Order\nOther' },
      ],
      consent: 'We keep what you write.',
      texts: { hello: 'Moin' },
      contextUrl: 'https://shop.example/context',
      team: 'billing',
      fileSize: '2.5',
    } as const
    const body = bodyOf(draft)
    const kept = {
      ...body,
      id: 'main.x',
      tenant: 'default',
      version: 1,
      createdAtMs: 0,
      identity: { isRequired: false, keys: [] },
    }
    expect(draftOf(kept as never, 'UTC')).toEqual(draft)
  })

  test('two openings of a day stay as long as the day is not touched', () => {
    const mon = [
      ['09:00', '12:00'],
      ['13:00', '17:30'],
    ]
    const hours = { zone: 'UTC', week: { mon }, holidays: [] }
    const known = { ...bodyOf(good), hours, identity: { isRequired: false, keys: [] } } as never
    const draft = draftOf(known, 'UTC')
    expect(draft.week.mon).toEqual({ isOpen: true, from: '09:00', to: '17:30' })
    expect(bodyOf(draft, known).hours?.week).toEqual({ mon })
    const later = { ...draft.week.mon, to: '18:00' }
    const touched = { ...draft, week: { ...draft.week, mon: later } }
    expect(bodyOf(touched, known).hours?.week).toEqual({ mon: [['09:00', '18:00']] })
  })

  test('what stands on the colour can be read', () => {
    expect(['#0d6b62', '#ffee00', '#ffffff', '#000000'].map(inkOn)).toEqual([
      '#ffffff',
      '#000000',
      '#000000',
      '#ffffff',
    ])
  })

  test('the line for the pages', () => {
    expect(snippetOf('https://chat.example', 'main.x')).toBe(
      '<script async src="https://chat.example/widget.js" data-widget="main.x"></script>',
    )
  })
})
