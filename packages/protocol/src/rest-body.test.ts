import { describe, expect, test } from 'vitest'
import { WireInvalid } from './errors.ts'
import {
  parseAnnotationsBody,
  parseBatchBody,
  parsePublishBody,
  parseRevocationBody,
  parseUpdateBody,
} from './rest-body.ts'

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run()
  } catch (error) {
    if (error instanceof WireInvalid) return error.code
    throw error
  }
  return undefined
}

describe('publish bodies', () => {
  test('[PR38] one message and a list of one are the same', () => {
    const message = { name: 'n', data: { a: 1 }, encoding: null, extras: { headers: {} } }
    const stored = { name: 'n', data: '{"a":1}', encoding: 'json', extras: { headers: {} } }
    expect(parsePublishBody(message)).toEqual([stored])
    expect(parsePublishBody([message])).toEqual([stored])
    expect(parsePublishBody([])).toEqual([])
  })

  test.each<[string, unknown, string]>([
    ['no body', undefined, 'publish_invalid'],
    ['text', 'hi', 'publish_invalid'],
    ['a list of lists', [[]], 'publish_invalid'],
    ['a numeric name', { name: 1 }, 'publish_invalid'],
    ['numeric data', { data: 1 }, 'data_invalid'],
    ['extras as text', { extras: 'x' }, 'extras_invalid'],
    ['a numeric clientId', { clientId: 1 }, 'client_id_invalid'],
    ['ids of two bases', [{ id: 'a:0' }, { id: 'b:1' }], 'message_id_invalid'],
    ['an edit of nothing', { action: 1 }, 'publish_invalid'],
    ['too many', Array.from({ length: 1001 }, () => ({})), 'publish_invalid'],
  ])('[PR38] %s is refused', (_, body, code) => {
    expect(codeOf(() => parsePublishBody(body))).toBe(code)
  })
})

describe('update bodies', () => {
  test('[PR39] the operation comes from version or from operation', () => {
    expect(parseUpdateBody({ data: 'x', version: { description: 'd' } })).toEqual({
      action: 1,
      data: 'x',
      version: { description: 'd' },
    })
    expect(parseUpdateBody({ action: 2, operation: { clientId: 'ada' } })).toEqual({
      action: 2,
      version: { clientId: 'ada' },
    })
    expect(parseUpdateBody({ action: 5, data: 'AQI=', encoding: 'base64', version: null })).toEqual(
      {
        action: 5,
        data: new Uint8Array([1, 2]),
      },
    )
  })

  test('[PR39] a body that is no update is refused', () => {
    for (const body of [undefined, [], 'x', { action: 0 }, { action: 4 }, { version: 'v' }])
      expect(codeOf(() => parseUpdateBody(body))).toBe('publish_invalid')
    expect(codeOf(() => parseUpdateBody({ data: true }))).toBe('data_invalid')
  })
})

describe('other bodies', () => {
  test('[PR40] annotations come alone or in a list, and create unless they say otherwise', () => {
    expect(parseAnnotationsBody({ type: 'a:flag.v1' })).toEqual([{ action: 0, type: 'a:flag.v1' }])
    expect(
      parseAnnotationsBody([
        { action: 1, type: 'a:multiple.v1', name: 'x', count: 3, messageSerial: 's', data: [1] },
      ]),
    ).toEqual([
      {
        action: 1,
        type: 'a:multiple.v1',
        name: 'x',
        count: 3,
        messageSerial: 's',
        data: '[1]',
        encoding: 'json',
      },
    ])
    for (const body of [undefined, {}, { type: '' }, { type: 't', action: 2 }, [1]])
      expect(codeOf(() => parseAnnotationsBody(body))).toBe('publish_invalid')
    expect(codeOf(() => parseAnnotationsBody(Array.from({ length: 1001 }, () => 0)))).toBe(
      'publish_invalid',
    )
  })

  test('[PR40] a batch is one spec or a list, of one or many channels and messages', () => {
    expect(parseBatchBody({ channels: 'a', messages: { data: 'x' } })).toEqual({
      specs: [{ channels: ['a'], messages: [{ data: 'x' }] }],
      isList: false,
    })
    expect(
      parseBatchBody([{ channels: ['a', 'b'], messages: [{ name: 'n' }, { name: 'm' }] }]),
    ).toEqual({
      specs: [{ channels: ['a', 'b'], messages: [{ name: 'n' }, { name: 'm' }] }],
      isList: true,
    })
    const channels = Array.from({ length: 101 }, (_, i) => `c${i}`)
    for (const body of [[], {}, { channels: [], messages: {} }, { channels, messages: {} }, 'x'])
      expect(codeOf(() => parseBatchBody(body))).toBe('bad_request')
    expect(codeOf(() => parseBatchBody({ channels: 'a' }))).toBe('bad_request')
    expect(codeOf(() => parseBatchBody({ channels: 'a', messages: 1 }))).toBe('publish_invalid')
  })

  test('[PR40] a batch has at most 1 000 messages in all', () => {
    const half = Array.from({ length: 501 }, () => ({}))
    const spec = { channels: 'a', messages: half }
    expect(codeOf(() => parseBatchBody([spec]))).toBeUndefined()
    expect(codeOf(() => parseBatchBody([spec, spec]))).toBe('publish_invalid')
  })

  test('[PR40] a revocation names 1 to 100 targets', () => {
    expect(parseRevocationBody({ targets: ['clientId:ada', 'odd'] })).toEqual({
      targets: ['clientId:ada', 'odd'],
      allowReauthMargin: false,
    })
    expect(
      parseRevocationBody({ targets: ['channel:a'], issuedBefore: 5, allowReauthMargin: true }),
    ).toEqual({ targets: ['channel:a'], issuedBefore: 5, allowReauthMargin: true })
    const many = Array.from({ length: 101 }, () => 'clientId:ada')
    for (const body of [
      undefined,
      {},
      { targets: [] },
      { targets: many },
      { targets: [1] },
      { targets: ['a'], issuedBefore: -1 },
      { targets: ['a'], allowReauthMargin: 'yes' },
    ])
      expect(codeOf(() => parseRevocationBody(body))).toBe('bad_parameter')
  })
})
