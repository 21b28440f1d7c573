import { describe, expect, test } from 'vitest'
import { contentTypes, formatFromAccept, formatFromContentType, formatFromParam } from './format.ts'

describe('formats', () => {
  test('[PR35] content types of answers have no parameters', () => {
    expect(contentTypes).toEqual({ json: 'application/json', msgpack: 'application/x-msgpack' })
  })

  test.each([
    [undefined, 'json'],
    ['', 'json'],
    ['application/json', 'json'],
    ['Application/JSON; charset=utf-8', 'json'],
    ['application/x-msgpack', 'msgpack'],
    ['application/msgpack', 'msgpack'],
    ['text/plain', undefined],
    ['application/jsonp', undefined],
  ])('[PR35] a request of type %s is %s', (header, format) => {
    expect(formatFromContentType(header)).toBe(format)
  })

  test.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['text/html', 'json'],
    ['application/json', 'json'],
    ['application/x-msgpack', 'msgpack'],
    ['application/x-msgpack,application/json', 'msgpack'],
    ['application/json, application/x-msgpack', 'json'],
    ['application/json;q=0.5, application/x-msgpack;q=0.9', 'msgpack'],
    ['application/x-msgpack;q=0', 'json'],
  ])('[PR35] %s is answered in %s', (header, format) => {
    expect(formatFromAccept(header)).toBe(format)
  })

  test('[PR35] the format param is one of two words, JSON if absent', () => {
    expect([undefined, 'json', 'msgpack', 'xml', ''].map(formatFromParam)).toEqual([
      'json',
      'json',
      'msgpack',
      undefined,
      undefined,
    ])
  })
})
