import { describe, expect, test } from 'vitest'
import { publishRateOn, userClaimOn } from '../src/access/user-claims.ts'
import { PublishRate } from '../src/publish-rate.ts'

describe('claims on channels', () => {
  const claims = {
    'ably.channel.*': 'anyone',
    'ably.channel.dock:*': 'docker',
    'ably.channel.dock:*:crane': 'operator',
    'ably.channel.dock:north': 'master',
    'ably.room.galley': 'cook',
    'ably.limits.publish.perAttachment.maxRate.*': 5,
    'ably.limits.publish.perAttachment.maxRate.dock:north': 1,
  }

  test.each([
    ['dock:north', 'master'],
    ['dock:south', 'docker'],
    ['dock:south:crane', 'operator'],
    ['elsewhere', 'anyone'],
    ['galley::$chat', 'cook'],
    ['galley', 'anyone'],
  ])('on `%s` the most specific counts: %s', (channel, claim) => {
    expect(userClaimOn(claims, channel)).toBe(claim)
  })

  test('a claim that is no text, or of no channel, says nothing', () => {
    expect(userClaimOn({ 'ably.channel.a': 7, 'ably.channel.': 'x' }, 'a')).toBeUndefined()
    expect(userClaimOn({}, 'a')).toBeUndefined()
  })

  test('limits go by the same rule', () => {
    expect(publishRateOn(claims, 'dock:north')).toBe(1)
    expect(publishRateOn(claims, 'dock:south')).toBe(5)
    expect(publishRateOn({ 'ably.channel.*': 'x' }, 'dock:north')).toBeUndefined()
  })
})

describe('a rate of publishes', () => {
  test('one second’s worth at once, then as time goes by', () => {
    const rate = new PublishRate()
    const takes = (atMs: number) => rate.take('a', 2, atMs)
    expect([takes(0), takes(0), takes(0)]).toEqual([true, true, false])
    expect([takes(499), takes(500), takes(500)]).toEqual([false, true, false])
    expect([takes(9_000), takes(9_000), takes(9_000)]).toEqual([true, true, false])
    expect(rate.take('b', 2, 9_000)).toBe(true)
  })

  test('none means none, and a clock that runs back gives nothing', () => {
    const rate = new PublishRate()
    expect(rate.take('a', 0, 0)).toBe(false)
    expect(rate.take('b', 1, 5_000)).toBe(true)
    expect(rate.take('b', 1, 1_000)).toBe(false)
    expect(rate.take('c', 0.5, 0)).toBe(true)
    expect(rate.take('c', 0.5, 1_000)).toBe(false)
    expect(rate.take('c', 0.5, 2_000)).toBe(true)
  })
})
