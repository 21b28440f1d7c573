import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WireInvalid } from './errors.ts'
import { messageSize, type Payload, payloadIn, payloadOut } from './payload.ts'

const bytes = (...values: number[]) => new Uint8Array(values)
const codeOf = (run: () => unknown): string | undefined => {
  try {
    run()
  } catch (error) {
    if (error instanceof WireInvalid) return error.code
    throw error
  }
  return undefined
}

describe('payloads in', () => {
  test('[PR21] a trailing base64 step is undone', () => {
    expect(payloadIn({ data: 'AQI=', encoding: 'base64' })).toEqual({ data: bytes(1, 2) })
    expect(payloadIn({ data: 'AQI=', encoding: 'json/utf-8/cipher+aes-256-cbc/base64' })).toEqual({
      data: bytes(1, 2),
      encoding: 'json/utf-8/cipher+aes-256-cbc',
    })
    expect(payloadIn({ data: '', encoding: 'base64' })).toEqual({ data: bytes() })
  })

  test('[PR21] every other step is opaque', () => {
    for (const encoding of ['json', 'utf-8', 'base64/json', 'xbase64', 'vcdiff'])
      expect(payloadIn({ data: 'AQI=', encoding })).toEqual({ data: 'AQI=', encoding })
  })

  test('[PR21] base64 that is none is refused', () => {
    expect(codeOf(() => payloadIn({ data: 'a', encoding: 'base64' }))).toBe('data_invalid')
    expect(codeOf(() => payloadIn({ data: '{}', encoding: 'json/base64' }))).toBe('data_invalid')
  })

  test('[PR22] an object or array becomes JSON text', () => {
    expect(payloadIn({ data: { a: [1, null] } })).toEqual({
      data: '{"a":[1,null]}',
      encoding: 'json',
    })
    expect(payloadIn({ data: [], encoding: 'json' })).toEqual({ data: '[]', encoding: 'json' })
  })

  test('[PR22] an object that JSON cannot hold, or that claims another encoding, is refused', () => {
    const deep = Array.from({ length: 40 }).reduce<unknown>((inner) => [inner], 1)
    const proto: unknown = JSON.parse('{"__proto__":{}}')
    for (const data of [
      deep,
      proto,
      { a: bytes(1) },
      { a: Number.NaN },
      new Map(),
      { a: undefined },
    ])
      expect(codeOf(() => payloadIn({ data }))).toBe('data_invalid')
    expect(codeOf(() => payloadIn({ data: {}, encoding: 'utf-8' }))).toBe('data_invalid')
    expect(codeOf(() => payloadIn({ data: {}, encoding: 'base64' }))).toBe('data_invalid')
  })

  test('[PR23] numbers and booleans are refused', () => {
    for (const data of [0, 1.5, true, false, 1n])
      expect(codeOf(() => payloadIn({ data }))).toBe('data_invalid')
  })

  test('[PR21] absent data stays absent and an empty encoding is none', () => {
    expect(payloadIn({})).toEqual({})
    expect(payloadIn({ data: null })).toEqual({})
    expect(payloadIn({ data: 'x', encoding: '' })).toEqual({ data: 'x' })
    expect(payloadIn({ data: '' })).toEqual({ data: '' })
  })

  test('[PR21] stored bytes share no memory with the frame they came in', () => {
    const frame = Buffer.from([1, 2, 3])
    const { data } = payloadIn({ data: frame.subarray(1) })
    frame.fill(9)
    expect(data).toEqual(bytes(2, 3))
  })
})

const stored: fc.Arbitrary<Payload> = fc
  .record({
    data: fc.oneof(fc.string(), fc.uint8Array({ maxLength: 50 })),
    encoding: fc.option(fc.constantFrom('json', 'utf-8', 'utf-8/cipher+aes-128-cbc'), {
      nil: undefined,
    }),
  })
  .map(({ data, encoding }) => ({ data, ...(encoding !== undefined && { encoding }) }))

describe('payloads out', () => {
  test('[PR20] bytes become base64 in JSON and stay bytes in MessagePack', () => {
    const payload = { data: bytes(1, 2), encoding: 'utf-8' }
    expect(payloadOut(payload, 'json')).toEqual({ data: 'AQI=', encoding: 'utf-8/base64' })
    expect(payloadOut({ data: bytes() }, 'json')).toEqual({ data: '', encoding: 'base64' })
    expect(payloadOut(payload, 'msgpack')).toEqual(payload)
  })

  test('[PR24] a stored payload survives both formats, any number of times', () => {
    fc.assert(
      fc.property(
        stored,
        fc.constantFrom('json' as const, 'msgpack' as const),
        (payload, format) => {
          expect(payloadIn(payload)).toEqual(payload)
          expect(payloadIn(payloadOut(payload, format))).toEqual(payload)
          expect(payloadOut(payloadOut(payload, format), format)).toEqual(
            payloadOut(payload, format),
          )
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('size', () => {
  test('[PR25] counts characters of name and clientId, JSON of extras, bytes of data', () => {
    expect(messageSize({})).toBe(0)
    expect(messageSize({ name: 'ää', clientId: 'ada' })).toBe(5)
    expect(messageSize({ data: 'ä€😀' })).toBe(2 + 3 + 4)
    expect(messageSize({ data: bytes(1, 2, 3) })).toBe(3)
    expect(messageSize({ extras: { headers: { a: 'ä' } } })).toBe('{"headers":{"a":"ä"}}'.length)
  })
})
