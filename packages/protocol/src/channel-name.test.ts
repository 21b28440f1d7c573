import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isChannelName, parseChannelName } from './channel-name.ts'

describe('channel names', () => {
  test.each([
    ['lobby', { params: {}, base: 'lobby', namespace: 'lobby' }],
    ['chat:lobby', { params: {}, base: 'chat:lobby', namespace: 'chat' }],
    ['a[b]?c=*ü', { params: {}, base: 'a[b]?c=*ü', namespace: 'a[b]?c=*ü' }],
    ['room::$chat', { params: {}, base: 'room::$chat', namespace: 'room' }],
    ['[meta]x', { qualifier: 'meta', params: {}, base: 'x', namespace: 'x' }],
    ['[?rewind=1]x', { params: { rewind: '1' }, base: 'x', namespace: 'x' }],
    [
      '[?rewind=2m&delta=vcdiff]x:y',
      { params: { rewind: '2m', delta: 'vcdiff' }, base: 'x:y', namespace: 'x' },
    ],
    ['[?modes=a%2Cb]x', { params: { modes: 'a,b' }, base: 'x', namespace: 'x' }],
    [
      '[meta?rewind=1]log',
      { qualifier: 'meta', params: { rewind: '1' }, base: 'log', namespace: 'log' },
    ],
    [
      '[filter=bmFtZQ==]x',
      { qualifier: 'filter', filter: 'bmFtZQ==', params: {}, base: 'x', namespace: 'x' },
    ],
    [
      '[filter=YWI?rewind=1]x',
      { qualifier: 'filter', filter: 'YWI', params: { rewind: '1' }, base: 'x', namespace: 'x' },
    ],
    [
      '[permissions]chat:lobby',
      { qualifier: 'permissions', params: {}, base: 'chat:lobby', namespace: 'chat' },
    ],
    ['[permissions]*', { qualifier: 'permissions', params: {}, base: '*', namespace: '*' }],
  ])('[PR30] %s is taken apart', (name, expected) => {
    expect(parseChannelName(name)).toEqual({ name, ...expected })
  })

  test.each([
    '',
    ':x',
    'a\nb',
    'a\r',
    'a\0b',
    'a\u007f',
    'a\ud800',
    '\udc00b',
    '[',
    '[x',
    '[]x',
    '[]',
    '[?]x',
    '[??a=1]x',
    '[?a]x',
    '[?=1]x',
    '[?a=1=2]x',
    '[?a=%zz]x',
    '[?a=1&]x',
    '[?__proto__=1]x',
    '[meta]',
    '[meta]:x',
    '[meta][meta]x',
    '[Meta]x',
    '[other]x',
    '[filter=]x',
    '[filter=a b]x',
    '[?a%20b=1]x',
  ])('[PR31] %j is no channel name', (name) => {
    const parsed = parseChannelName(name)
    expect(isChannelName(parsed)).toBe(false)
    expect(parsed).toEqual({ invalid: expect.stringMatching(/^channel name /) })
  })

  test('[PR31] a name has at most 2 048 characters', () => {
    expect(isChannelName(parseChannelName('x'.repeat(2048)))).toBe(true)
    expect(isChannelName(parseChannelName('x'.repeat(2049)))).toBe(false)
  })

  test('[PR30] any text is a name or invalid, and an ordinary one is its own base', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (name) => {
        const parsed = parseChannelName(name)
        if (!isChannelName(parsed)) return
        expect(parsed.name).toBe(name)
        expect(name.endsWith(parsed.base)).toBe(true)
        if (!name.startsWith('[')) expect(parsed.base).toBe(name)
      }),
      { numRuns: 5000 },
    )
  })
})
