import { describe, expect, test } from 'vitest'
import {
  parseChannelsQuery,
  parseHistoryQuery,
  parsePageQuery,
  parsePresenceQuery,
  type Query,
} from './rest-query.ts'

const badParameter = expect.objectContaining({ code: 'bad_parameter' })

describe('queries of lists', () => {
  test('[PR37] a history query without anything asks for the latest hundred', () => {
    expect(parseHistoryQuery({})).toEqual({ limit: 100, direction: 'backwards' })
    expect(parseHistoryQuery({ limit: '', direction: '', start: '' })).toEqual({
      limit: 100,
      direction: 'backwards',
    })
  })

  test('[PR37] bounds, direction, limit and cursor are read', () => {
    expect(
      parseHistoryQuery({
        limit: '1000',
        direction: 'forwards',
        start: '0',
        end: '1790000000000',
        from_serial: 's@1',
        cursor: 'c',
        rnd: '1',
      }),
    ).toEqual({
      limit: 1000,
      direction: 'forwards',
      start: 0,
      end: 1_790_000_000_000,
      fromSerial: 's@1',
      cursor: 'c',
    })
    expect(parseHistoryQuery({ fromSerial: 's' }).fromSerial).toBe('s')
  })

  test.each<Query>([
    { limit: '0' },
    { limit: '1001' },
    { limit: '-1' },
    { limit: '1.5' },
    { limit: 'all' },
    { limit: '99999999999999999999' },
    { direction: 'sideways' },
    { start: 'yesterday' },
    { end: '-5' },
    { start: '2', end: '1' },
    { from_serial: 'x'.repeat(2049) },
    { cursor: 'x'.repeat(2049) },
  ])('[PR37] %j is refused', (query) => {
    expect(() => parseHistoryQuery(query)).toThrow(badParameter)
  })

  test('[PR37] presence, channels and plain pages share the limits', () => {
    expect(parsePresenceQuery({ clientId: 'ada', connectionId: 'c', limit: '5' })).toEqual({
      limit: 5,
      clientId: 'ada',
      connectionId: 'c',
    })
    expect(parseChannelsQuery({ prefix: 'chat:', by: 'value' })).toEqual({
      limit: 100,
      by: 'value',
      prefix: 'chat:',
    })
    expect(parseChannelsQuery({})).toEqual({ limit: 100, by: 'id' })
    expect(parsePageQuery({ limit: '1' })).toEqual({ limit: 1 })
    for (const parse of [parsePresenceQuery, parseChannelsQuery, parsePageQuery])
      expect(() => parse({ limit: '1001' })).toThrow(badParameter)
    expect(() => parseChannelsQuery({ by: 'colour' })).toThrow(badParameter)
  })
})
