import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64, textOf, toBase64, utf8, utf8Length } from './bytes.ts'

const anyText = fc.string({ unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ud800')) })

describe('bytes and text', () => {
  test('[PR26] base64 agrees with Node in both directions', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64')
        expect(toBase64(bytes)).toBe(text)
        expect(fromBase64(text)).toEqual(bytes)
        expect(fromBase64(Buffer.from(bytes).toString('base64url'))).toEqual(bytes)
      }),
      { numRuns: 1000 },
    )
  })

  test('[PR26] text that is not base64 is not read as any', () => {
    for (const text of ['a', 'abcde', 'ab=', 'a===', 'ab=c', 'ab c', 'ab\n', 'äbcd', '=', '===='])
      expect(fromBase64(text), text).toBeUndefined()
    expect(fromBase64('')).toEqual(new Uint8Array())
  })

  test('[PR26] lengths in UTF-8 agree with Node, broken surrogates included', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text))
        expect(utf8Length(text)).toBe(utf8(text).length)
      }),
      { numRuns: 2000 },
    )
  })

  test('[PR26] bytes that are not UTF-8 are no text', () => {
    expect(textOf(new Uint8Array([0xc3, 0xa4]))).toBe('ä')
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xc3]])
      expect(textOf(new Uint8Array(bytes))).toBeUndefined()
  })
})
