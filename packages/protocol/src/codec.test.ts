import { encode } from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Action } from './action.ts'
import { decodeBody, decodeFrame, encodeBody, encodeFrame } from './codec.ts'
import { errorInfo, FrameInvalid, WireInvalid } from './errors.ts'
import type { Format } from './format.ts'
import type { Frame } from './frame.ts'
import { frameSchema } from './incoming.ts'

/** Random frames per property; a campaign sets more. */
const RUNS = Number(process.env.SAYSO_CODEC_RUNS ?? 8_000)

const limits = { maxBytes: 65_536 }
const formats: readonly Format[] = ['json', 'msgpack']
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const write = (format: Format, value: unknown) => encodeBody(format, value).bytes

/** Decodes and checks the promise: a frame, or FrameInvalid with a proper answer. */
function frameOrRefusal(format: Format, data: string | Uint8Array) {
  try {
    const frame = decodeFrame(format, data, limits)
    expect(frame.action).toBeTypeOf('number')
    return frame
  } catch (error) {
    if (!(error instanceof FrameInvalid)) throw error
    expect(error.message).not.toBe('')
    expect(error.info).toEqual({
      message: error.message,
      code: expect.any(Number),
      statusCode: expect.any(Number),
    })
    return error
  }
}

describe('golden frames', () => {
  const golden: readonly (readonly [string, Frame, string, string])[] = [
    [
      'HEARTBEAT',
      { action: Action.HEARTBEAT, id: 'p1' },
      '{"action":0,"id":"p1"}',
      '82a6616374696f6e00a26964a27031',
    ],
    [
      'ACK',
      { action: Action.ACK, msgSerial: 3, count: 1, res: [{ serials: ['s:0'] }] },
      '{"action":1,"msgSerial":3,"count":1,"res":[{"serials":["s:0"]}]}',
      '84a6616374696f6e01a96d736753657269616c03a5636f756e7401a37265739181a773657269616c7391a3733a30',
    ],
    [
      'ERROR on the connection',
      { action: Action.ERROR, error: errorInfo('token_expired') },
      '{"action":9,"error":{"message":"the token has expired","code":40142,"statusCode":401}}',
      '82a6616374696f6e09a56572726f7283a76d657373616765b574686520746f6b656e206861732065787069726564a4636f6465cd9ccea' +
        'a737461747573436f6465cd0191',
    ],
    [
      'ATTACHED',
      { action: Action.ATTACHED, channel: 'c', channelSerial: 's', flags: 786436 },
      '{"action":11,"channel":"c","channelSerial":"s","flags":786436}',
      '84a6616374696f6e0ba76368616e6e656ca163ad6368616e6e656c53657269616ca173a5666c616773ce000c0004',
    ],
    [
      'MESSAGE with bytes',
      {
        action: Action.MESSAGE,
        channel: 'c',
        timestamp: 1_790_000_000_000,
        messages: [{ data: Buffer.from([1, 2]), encoding: 'utf-8' }],
      },
      '{"action":15,"channel":"c","timestamp":1790000000000,"messages":[{"data":"AQI=","encoding":"utf-8/base64"}]}',
      '84a6616374696f6e0fa76368616e6e656ca163a974696d657374616d70cf000001a0c4506c00a86d657373616765739182a464617461c4' +
        '020102a8656e636f64696e67a57574662d38',
    ],
  ]

  test.each(golden)('[PR18] %s is written in its golden bytes', (_, frame, json, msgpack) => {
    expect(text(encodeFrame('json', frame))).toBe(json)
    expect(hex(encodeFrame('msgpack', frame))).toBe(msgpack)
  })
})

describe('frames out', () => {
  test('[PR17] absent members are left out at every level, and users’ nulls stay', () => {
    // As a careless caller might build it: the types forbid most of this.
    const frame: Frame = JSON.parse(
      `{"action":4,"channel":null,"error":{"message":"m","code":1,"statusCode":400,"href":null},
        "connectionDetails":{"connectionKey":"k","clientId":null},
        "messages":[{"name":null,"data":"x","version":{"serial":"s","clientId":null},"extras":{"headers":{"a":null}}}],
        "presence":[{"action":1,"data":null}],"annotations":[{"action":0,"type":"t","name":null}]}`,
    )
    const kept = {
      action: 4,
      error: { message: 'm', code: 1, statusCode: 400 },
      connectionDetails: { connectionKey: 'k' },
      messages: [{ data: 'x', version: { serial: 's' }, extras: { headers: { a: null } } }],
      presence: [{ action: 1 }],
      annotations: [{ action: 0, type: 't' }],
    }
    for (const format of formats)
      expect(decodeBody(format, encodeFrame(format, frame), limits)).toEqual(kept)
    const undefinedOnes = { ...frame, channel: undefined, id: undefined } as unknown as Frame
    expect(text(encodeFrame('json', undefinedOnes))).not.toContain('channel"')
    expect(hex(encodeFrame('msgpack', undefinedOnes))).toBe(hex(encodeFrame('msgpack', frame)))
  })

  test('[PR20] bytes of every kind of item are base64 in JSON and bin in MessagePack', () => {
    const data = new Uint8Array([0xff, 0])
    const frame: Frame = {
      action: Action.MESSAGE,
      messages: [{ data }],
      presence: [{ action: 1, data }],
      annotations: [{ action: 0, type: 't', messageSerial: 's', data }],
    }
    const json = JSON.parse(text(encodeFrame('json', frame)))
    const packed = decodeBody('msgpack', encodeFrame('msgpack', frame), limits) as Frame
    for (const key of ['messages', 'presence', 'annotations'] as const) {
      expect(json[key][0]).toMatchObject({ data: '/wA=', encoding: 'base64' })
      expect(packed[key]?.[0]?.data).toEqual(data)
      expect(packed[key]?.[0]).not.toHaveProperty('encoding')
    }
  })

  test('[PR18] the bytes are the caller’s own', () => {
    const first = encodeFrame('msgpack', { action: Action.CLOSED })
    const copy = hex(first)
    encodeFrame('msgpack', { action: Action.ERROR, channel: 'another' })
    expect(hex(first)).toBe(copy)
  })
})

describe('bytes in', () => {
  test('[PR14] more bytes than the limit are refused, counted as UTF-8', () => {
    const frame = '{"action":12,"channel":"ä"}'
    const size = Buffer.byteLength(frame)
    for (const data of [frame, Buffer.from(frame)]) {
      expect(decodeFrame('json', data, { maxBytes: size })).toMatchObject({ channel: 'ä' })
      expect(() => decodeFrame('json', data, { maxBytes: size - 1 })).toThrow(FrameInvalid)
    }
    expect(() => decodeBody('json', '['.repeat(99), { maxBytes: 98 })).toThrow(
      expect.objectContaining({ code: 'message_too_large' }),
    )
  })

  test('[PR13] text where MessagePack was agreed, and bytes that are not UTF-8, are refused', () => {
    expect(frameOrRefusal('msgpack', '{}')).toMatchObject({ code: 'bad_body' })
    expect(frameOrRefusal('json', new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({
      code: 'bad_body',
    })
  })

  test('[PR15] three bytes cannot ask for megabytes', () => {
    const bomb = new Uint8Array(60_000)
    for (let at = 0; at < bomb.length; at += 3) bomb.set([0xdc, 0xff, 0xff], at)
    const before = process.memoryUsage().heapUsed
    expect(frameOrRefusal('msgpack', bomb)).toMatchObject({ code: 'bad_body' })
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000)
  })

  test('[PR15] keys that are no text, and `__proto__`, are refused, and the next frame is read', () => {
    const proto = Buffer.from('81a95f5f70726f746f5f5f80', 'hex')
    expect(frameOrRefusal('msgpack', proto)).toBeInstanceOf(FrameInvalid)
    expect(frameOrRefusal('msgpack', Buffer.from('818001', 'hex'))).toBeInstanceOf(FrameInvalid)
    expect(frameOrRefusal('msgpack', encode({ action: 7 }))).toEqual({ action: 7 })
  })

  test('[PR13] deep nesting is survived in both formats', () => {
    const deep = '['.repeat(30_000)
    frameOrRefusal('json', `${deep}${']'.repeat(30_000)}`)
    frameOrRefusal(
      'json',
      `{"action":15,"channel":"c","msgSerial":0,"messages":[{"data":${deep}${']'.repeat(30_000)}}]}`,
    )
    frameOrRefusal('json', deep)
    frameOrRefusal('msgpack', new Uint8Array(60_000).fill(0x91))
  })

  test('[PR13] raw bytes never surprise', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        fc.oneof(
          fc.uint8Array({ maxLength: 120 }),
          fc.uint8Array({ maxLength: 60 }).map((tail) => new Uint8Array([0x82, ...tail])),
          fc.string({ unit: 'binary', maxLength: 80 }),
          fc.json({ depthSize: 'small' }),
        ),
        (format, data) => void frameOrRefusal(format, data),
      ),
      { numRuns: RUNS },
    )
  })

  const word = fc.oneof(
    fc.constantFrom(
      'data',
      'encoding',
      'extras',
      'id',
      'action',
      'base64',
      'json',
      '__proto__',
      '',
    ),
    fc.string({ maxLength: 8 }),
  )
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, 0, 1, -1, 1.5, 2 ** 53, 2 ** 40, Number.NaN, ''),
      word,
      fc.uint8Array({ maxLength: 6 }),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(word, tie('any'), { maxKeys: 4 }),
    ),
  })).any
  const item = fc.oneof(
    value,
    fc.record(
      {
        id: value,
        name: word,
        data: value,
        encoding: word,
        action: fc.integer({ min: -1, max: 6 }),
        extras: value,
        serial: word,
        version: value,
        type: word,
        messageSerial: word,
        count: value,
        clientId: word,
      },
      { requiredKeys: [] },
    ),
  )
  const items = fc.oneof(fc.array(item, { maxLength: 3 }), value)
  const rawFrame = fc.record(
    {
      action: fc.oneof(fc.integer({ min: -1, max: 24 }), value),
      channel: fc.oneof(word, value),
      msgSerial: fc.oneof(fc.nat(), value),
      flags: fc.oneof(fc.nat(), value),
      params: fc.oneof(fc.dictionary(word, word), value),
      messages: items,
      presence: items,
      annotations: items,
      auth: fc.oneof(fc.record({ accessToken: word }), value),
      channelSerial: value,
      id: value,
    },
    { requiredKeys: ['action'] },
  )

  test('[PR13] frames with anything in any place never surprise', () => {
    let read = 0
    fc.assert(
      fc.property(fc.constantFrom(...formats), rawFrame, (format, frame) => {
        const found = frameOrRefusal(format, write(format, frame))
        if (found instanceof FrameInvalid) return
        read += 1
        for (const key of ['messages', 'presence', 'annotations'] as const)
          for (const { data } of (found as Frame)[key] ?? [])
            expect(
              data === undefined || typeof data === 'string' || data instanceof Uint8Array,
            ).toBe(true)
      }),
      { numRuns: RUNS },
    )
    expect(read).toBeGreaterThan(1000)
  })

  test('[PR16] a valid frame is read alike in both formats, and again from what was read', () => {
    fc.assert(
      fc.property(rawFrame, (raw) => {
        // Bytes and NaN mean something only in MessagePack.
        const frame: unknown = JSON.parse(JSON.stringify(raw))
        const json = frameOrRefusal('json', JSON.stringify(frame))
        const packed = frameOrRefusal('msgpack', encode(frame))
        if (json instanceof FrameInvalid || packed instanceof FrameInvalid) {
          expect([json instanceof FrameInvalid, packed instanceof FrameInvalid]).toEqual(
            JSON.stringify(frame).includes('__proto__') ? expect.anything() : [true, true],
          )
          return
        }
        expect(packed).toEqual(json)
        if ('unknown' in json) return
        for (const format of formats)
          expect(frameOrRefusal(format, encodeFrame(format, json as Frame))).toEqual(json)
      }),
      { numRuns: 5000 },
    )
  })

  test('[PR4] the schema names each action once', () => {
    const actions = frameSchema.options.map((option) => option.shape.action.value)
    expect(new Set(actions).size).toBe(actions.length)
  })
})

describe('bodies', () => {
  test('[PR35] a body is written under exactly its content type and read back', () => {
    for (const [format, contentType] of [
      ['json', 'application/json'],
      ['msgpack', 'application/x-msgpack'],
    ] as const) {
      const body = encodeBody(format, { a: [1, 'x', null] })
      expect(body.contentType).toBe(contentType)
      expect(decodeBody(format, body.bytes, limits)).toEqual({ a: [1, 'x', null] })
    }
  })

  test('[PR35] a body that is none is refused as such', () => {
    for (const [format, data] of [
      ['json', '{'],
      ['json', ''],
      ['msgpack', new Uint8Array()],
      ['msgpack', new Uint8Array([0x92, 1])],
    ] as const)
      expect(() => decodeBody(format, data, limits)).toThrow(WireInvalid)
  })
})
