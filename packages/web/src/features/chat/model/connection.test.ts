import { describe, expect, test } from 'vitest'
import {
  afterState,
  type BannerInput,
  bannerOf,
  heardOf,
  type Link,
  nextDrawInMs,
  startingLink,
} from './connection.ts'

const lost = (parts: Partial<Extract<Link, { kind: 'lost' }>> = {}): Link => ({
  kind: 'lost',
  sinceMs: 0,
  wasFine: true,
  ...parts,
})
const banner = (parts: Partial<BannerInput>) =>
  bannerOf({
    link: { kind: 'fine' },
    isOnline: true,
    isSignedOut: false,
    hasGap: false,
    nowMs: 10_000,
    ...parts,
  })

describe('connection', () => {
  test('connected says nothing', () => {
    expect(banner({})).toBeUndefined()
  })

  test('a loss of under two seconds says nothing', () => {
    expect(banner({ link: lost(), nowMs: 1_999 })).toBeUndefined()
    expect(banner({ link: lost(), nowMs: 2_000 })?.strong).toBe('Reconnecting.')
  })

  test('says when the next try is, and offers to try now', () => {
    expect(banner({ link: lost({ nextTryAtMs: 13_100 }) })).toEqual({
      kind: 'lost',
      strong: 'Reconnecting.',
      text: 'Next try in 4 s. You can keep writing.',
      action: { label: 'Try now', does: 'try' },
    })
    expect(banner({ link: lost() })?.text).toBe('Trying now. You can keep writing.')
  })

  test('the time of the loss is kept through every try', () => {
    const first = afterState({ kind: 'fine' }, { state: 'disconnected', atMs: 5, retryInMs: 100 })
    expect(first).toEqual({ kind: 'lost', sinceMs: 5, wasFine: true, nextTryAtMs: 105 })
    expect(afterState(first, { state: 'connecting', atMs: 50 })).toMatchObject({
      sinceMs: 5,
      nextTryAtMs: undefined,
    })
    expect(afterState(first, { state: 'connected', atMs: 60 })).toEqual({ kind: 'fine' })
  })

  test('the first connection is not a re-connection', () => {
    expect(banner({ link: startingLink(0) })?.strong).toBe('Connecting.')
    expect(afterState(startingLink(0), { state: 'disconnected', atMs: 9 })).toMatchObject({
      wasFine: false,
    })
  })

  test('offline, refused, signed out and gap each have their own words; the most serious wins', () => {
    expect(banner({ link: lost(), isOnline: false })?.kind).toBe('offline')
    const refused = afterState(
      { kind: 'fine' },
      { state: 'failed', detail: 'too many connections', atMs: 1 },
    )
    expect(banner({ link: refused, hasGap: true })?.text).toBe(
      'Too many connections. What you write is kept.',
    )
    expect(banner({ link: refused, isSignedOut: true })?.action?.does).toBe('sign_in')
    expect(banner({ hasGap: true })?.action?.does).toBe('load')
  })

  test('what is heard: each state, and its end in words of its own', () => {
    expect(heardOf(undefined, undefined)).toBe('')
    expect(heardOf(banner({ link: lost({ nextTryAtMs: 13_100 }) }), undefined)).toBe(
      'Reconnecting.',
    )
    expect(heardOf(undefined, 'lost')).toBe('Connected.')
    expect(heardOf(undefined, 'gap')).toBe('Nothing is missing any more.')
    expect(heardOf(undefined, 'signed_out')).toBe('')
  })

  test('is drawn again only while time matters', () => {
    expect(nextDrawInMs({ kind: 'fine' }, 0)).toBeUndefined()
    expect(nextDrawInMs(lost(), 500)).toBe(1_500)
    expect(nextDrawInMs(lost(), 5_000)).toBe(1_000)
  })
})
