import { describe, expect, test } from 'vitest'
import { Action } from './action.ts'
import { decodeFrame } from './codec.ts'
import { FrameInvalid } from './errors.ts'
import { parseFrame } from './incoming.ts'

const publish = (message: unknown, more: object = {}) => ({
  action: Action.MESSAGE,
  channel: 'c',
  msgSerial: 0,
  messages: [message],
  ...more,
})

const refusal = (frame: unknown) => {
  try {
    parseFrame(frame)
  } catch (error) {
    if (error instanceof FrameInvalid) return { code: error.code, message: error.message }
    throw error
  }
  return undefined
}

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ a: inner }), 1)

describe('frames in', () => {
  test.each<object>([
    { action: 0 },
    { action: 0, id: 'ping' },
    { action: 5 },
    { action: 7 },
    { action: 10, channel: 'c' },
    { action: 10, channel: 'c', channelSerial: 's', flags: 917504, params: { rewind: '1' } },
    { action: 12, channel: 'c' },
    { action: 14, channel: 'c', msgSerial: 1, presence: [{ action: 2, data: 'x' }] },
    { action: 14, channel: '', msgSerial: 1, presence: [] },
    { action: 15, channel: 'c', msgSerial: 0, messages: [{ name: 'n', data: 'd' }] },
    { action: 15, channel: 'c', msgSerial: 0, messages: [], params: { _forceNack: 'true' } },
    { action: 16, channel: 'c', channelSerial: 's:1' },
    { action: 17, auth: { accessToken: 't' } },
    { action: 19, channel: 'c', msgSerial: 4 },
    {
      action: 21,
      channel: 'c',
      msgSerial: 2,
      annotations: [{ action: 0, type: 'a:flag.v1', messageSerial: 's', count: 2 }],
    },
  ])('[PR4] %j is read as it is', (frame) => {
    expect(parseFrame(frame)).toEqual(frame)
  })

  test('[PR4] members an action does not have are dropped, at every level', () => {
    expect(parseFrame({ action: 12, channel: 'c', flags: 'x', messages: 7, next: {} })).toEqual({
      action: 12,
      channel: 'c',
    })
    const message = { data: 'd', timestamp: 'now', createdAt: 1, annotations: { summary: {} } }
    expect(parseFrame(publish(message))).toEqual(publish({ data: 'd' }))
  })

  test('[PR4] the members of an edit are kept', () => {
    const edit = {
      action: 1,
      serial: 's',
      name: 'n',
      version: { clientId: 'ada', description: 'typo', metadata: { a: 1 } },
    }
    expect(parseFrame(publish(edit))).toEqual(publish(edit))
  })

  test('[PR5] null stands for absent in frames, items, versions, params and auth', () => {
    expect(
      parseFrame({
        action: 15,
        channel: 'c',
        msgSerial: 0,
        params: null,
        messages: [
          {
            id: null,
            name: null,
            data: null,
            encoding: null,
            extras: null,
            clientId: null,
            version: null,
          },
        ],
      }),
    ).toEqual(publish({}))
    expect(parseFrame(publish({ action: 2, serial: 's', version: { clientId: null } }))).toEqual(
      publish({ action: 2, serial: 's', version: {} }),
    )
    expect(
      parseFrame({ action: 10, channel: 'c', params: { rewind: null, delta: 'vcdiff' } }),
    ).toEqual({ action: 10, channel: 'c', params: { delta: 'vcdiff' } })
  })

  test('[PR5] null in place of a mandatory member is still missing', () => {
    expect(refusal({ action: 10, channel: null })?.code).toBe('channel_name_invalid')
    expect(refusal({ action: 17, auth: null })?.code).toBe('bad_request')
    expect(refusal({ action: null })?.message).toBe('the frame has no `action`')
  })

  test('[PR5] nulls inside extras are the user’s', () => {
    const message = { extras: { headers: { a: null } } }
    expect(parseFrame(publish(message))).toEqual(publish(message))
  })

  test.each<[string, object, string]>([
    ['msgSerial below 0', publish({}, { msgSerial: -1 }), 'bad_request'],
    ['msgSerial with a fraction', publish({}, { msgSerial: 0.5 }), 'bad_request'],
    ['unsafe msgSerial', publish({}, { msgSerial: 2 ** 53 }), 'bad_request'],
    ['msgSerial as text', publish({}, { msgSerial: '0' }), 'bad_request'],
    ['no msgSerial', { action: 15, channel: 'c', messages: [] }, 'bad_request'],
    ['no messages', { action: 15, channel: 'c', msgSerial: 0 }, 'bad_request'],
    ['messages as an object', publish({}, { messages: {} }), 'bad_request'],
    ['a message as text', publish('hi'), 'bad_request'],
    ['a message as a list', publish([]), 'bad_request'],
    ['a numeric name', publish({ name: 1 }), 'bad_request'],
    ['a numeric id', publish({ id: 1 }), 'message_id_invalid'],
    ['an endless id', publish({ id: 'x'.repeat(513) }), 'message_id_invalid'],
    ['a numeric clientId', publish({ clientId: 1 }), 'client_id_invalid'],
    ['numeric data', publish({ data: 1 }), 'data_invalid'],
    ['a numeric encoding', publish({ data: '', encoding: 1 }), 'data_invalid'],
    ['extras as a list', publish({ extras: [] }), 'extras_invalid'],
    ['extras as text', publish({ extras: '{}' }), 'extras_invalid'],
    ['a summary from a client', publish({ action: 4, serial: 's' }), 'bad_request'],
    ['a numeric channel', { action: 10, channel: 5 }, 'channel_name_invalid'],
    ['an endless channel', { action: 10, channel: 'x'.repeat(2049) }, 'channel_name_invalid'],
    ['flags beyond 31 bits', { action: 10, channel: 'c', flags: 2 ** 31 }, 'bad_request'],
    ['numeric params', { action: 10, channel: 'c', params: { rewind: 1 } }, 'bad_request'],
    ['params as a list', { action: 10, channel: 'c', params: ['a'] }, 'bad_request'],
    ['an empty token', { action: 17, auth: { accessToken: '' } }, 'bad_request'],
    [
      'presence of a kind only servers send',
      { action: 14, channel: 'c', msgSerial: 0, presence: [{ action: 1 }] },
      'bad_request',
    ],
    [
      'an annotation without type',
      { action: 21, channel: 'c', msgSerial: 0, annotations: [{ action: 0, messageSerial: 's' }] },
      'bad_request',
    ],
    [
      'an annotation of no message',
      { action: 21, channel: 'c', msgSerial: 0, annotations: [{ action: 0, type: 't' }] },
      'bad_request',
    ],
    [
      'an annotation counted 0',
      {
        action: 21,
        channel: 'c',
        msgSerial: 0,
        annotations: [{ action: 0, type: 't', messageSerial: 's', count: 0 }],
      },
      'bad_request',
    ],
  ])('[PR6] %s makes the frame invalid', (_, frame, code) => {
    expect(refusal(frame)?.code).toBe(code)
  })

  test('[PR6] the message names the member and what was expected of it', () => {
    expect(refusal(publish({ name: 1 }))?.message).toBe(
      '`messages[0].name`: expected string, received number',
    )
  })

  test('[PR7] an invalid frame tells what could be read of it', () => {
    const about = (frame: unknown) => {
      try {
        parseFrame(frame)
      } catch (error) {
        if (error instanceof FrameInvalid) return error.about
      }
      return undefined
    }
    expect(about(publish(1, { msgSerial: 7 }))).toEqual({ action: 15, channel: 'c', msgSerial: 7 })
    expect(about(publish(1, { msgSerial: -1, channel: 3 }))).toEqual({ action: 15 })
    expect(about({ msgSerial: 3 })).toEqual({ msgSerial: 3 })
    expect(about([])).toEqual({})
  })

  test('[PR8] server actions, legacy ones and unassigned ones are unknown', () => {
    for (const action of [1, 2, 3, 4, 6, 8, 9, 11, 13, 18, 20, 22, 4711])
      expect(parseFrame({ action, channel: 'c', msgSerial: 3, id: 'i', messages: 5 })).toEqual({
        action,
        unknown: true,
        channel: 'c',
        msgSerial: 3,
        id: 'i',
      })
    expect(parseFrame({ action: 99, channel: [], msgSerial: 'x', id: 0 })).toEqual({
      action: 99,
      unknown: true,
    })
  })

  test('[PR8] an action that is no number is invalid', () => {
    for (const action of [undefined, '15', -1, 1.5, {}])
      expect(refusal({ action })?.message).toBe('the frame has no `action`')
  })

  test('[PR9] a thousand items are read and one more is refused', () => {
    const many = (count: number) =>
      publish({}, { messages: Array.from({ length: count }, () => ({})) })
    expect(refusal(many(1000))).toBeUndefined()
    expect(refusal(many(1001))?.code).toBe('publish_invalid')
  })

  test('[PR10] extras and metadata go 32 levels deep and no deeper', () => {
    expect(refusal(publish({ extras: nested(32) }))).toBeUndefined()
    expect(refusal(publish({ extras: nested(33) }))?.code).toBe('extras_invalid')
    expect(
      refusal(publish({ action: 1, serial: 's', version: { metadata: nested(32) } })),
    ).toBeUndefined()
    expect(
      refusal(publish({ action: 1, serial: 's', version: { metadata: nested(33) } }))?.code,
    ).toBe('bad_request')
  })

  test('[PR10] extras hold no bytes, no prototype and no instances', () => {
    const proto: unknown = JSON.parse('{"a":{"__proto__":{"b":1}}}')
    for (const extras of [{ a: new Uint8Array(1) }, proto, { a: new Date(0) }, { a: Number.NaN }])
      expect(refusal(publish({ extras }))?.code).toBe('extras_invalid')
    expect(
      refusal(publish({ extras: { headers: { constructor: 'x', prototype: 'y' } } })),
    ).toBeUndefined()
  })

  test('[PR11] an edit needs a serial and a frame of its own', () => {
    expect(refusal(publish({ action: 1 }))?.code).toBe('publish_invalid')
    expect(refusal(publish({ action: 2, serial: '' }))?.code).toBe('publish_invalid')
    const two = publish({}, { messages: [{ action: 5, serial: 's' }, {}] })
    expect(refusal(two)?.code).toBe('publish_invalid')
    expect(refusal(publish({ action: 5, serial: 's' }))).toBeUndefined()
  })

  test('[PR12] ids of the client’s own share a base and count from 0', () => {
    const ids = (...list: (string | undefined)[]) =>
      refusal(publish({}, { messages: list.map((id) => (id === undefined ? {} : { id })) }))?.code
    expect(ids('any')).toBeUndefined()
    expect(ids('b:0', 'b:1', 'b:2')).toBeUndefined()
    expect(ids('a:0:0', 'a:0:1')).toBeUndefined()
    expect(ids(undefined, undefined)).toBeUndefined()
    for (const list of [
      ['b:1', 'b:2'],
      ['b:0', 'c:1'],
      ['b:0', 'b:0'],
      ['b:0', undefined],
      [undefined, 'b:1'],
      ['b', 'b'],
    ])
      expect(ids(...list), String(list)).toBe('message_id_invalid')
  })

  test('[PR21] payloads of messages, presence and annotations are in stored form', () => {
    const item = { data: 'AQI=', encoding: 'utf-8/base64' }
    const stored = { data: new Uint8Array([1, 2]), encoding: 'utf-8' }
    const base = { channel: 'c', msgSerial: 0 }
    expect(parseFrame({ action: 14, ...base, presence: [{ action: 2, ...item }] })).toEqual({
      action: 14,
      ...base,
      presence: [{ action: 2, ...stored }],
    })
    const about = { action: 0, type: 't', messageSerial: 's' }
    expect(parseFrame({ action: 21, ...base, annotations: [{ ...about, ...item }] })).toEqual({
      action: 21,
      ...base,
      annotations: [{ ...about, ...stored }],
    })
    expect(decodeFrame('json', JSON.stringify(publish(item)), { maxBytes: 1000 })).toEqual(
      publish(stored),
    )
  })
})
