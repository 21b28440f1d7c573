import { describe, expect, test } from 'vitest'
import { GRACE_MS, joined, NOBODY, nextGoneMs, presentAfter } from './present.ts'

const members = (...ids: string[]) => new Map(ids.map((id) => [id, [{ state: 'away' }]]))

describe('who is seen as here', () => {
  test('whoever goes and comes back within ten seconds was never away', () => {
    const one = presentAfter(NOBODY, members('ada'), 0)
    const two = presentAfter(one, members(), 1_000)
    expect([...two.keys()]).toEqual(['ada'])
    expect(two.get('ada')?.values).toEqual([{ state: 'away' }])
    const three = presentAfter(two, members('ada'), GRACE_MS + 500)
    expect(three.get('ada')?.goneMs).toBeUndefined()
  })

  test('whoever stays away is gone ten seconds after going, however often it is looked', () => {
    let present = presentAfter(NOBODY, members('ada', 'bob'), 0)
    for (const atMs of [1_000, 4_000, 8_000, GRACE_MS + 999]) {
      present = presentAfter(present, members('bob'), atMs)
      expect(present.has('ada')).toBe(true)
    }
    expect(nextGoneMs(present)).toBe(GRACE_MS + 1_000)
    expect([...presentAfter(present, members('bob'), GRACE_MS + 1_000).keys()]).toEqual(['bob'])
  })
})

test('here is who is in the channel or anywhere else; the newest word is the one from anywhere', () => {
  const here = new Map([['ada', [undefined]]])
  const anywhere = new Map([
    ['ada', [{ state: 'dnd' }]],
    ['bo', [{ state: 'away' }]],
    ['cy', []],
  ])
  const all = joined(here, anywhere)
  expect([...all]).toEqual([
    ['ada', [undefined, { state: 'dnd' }]],
    ['bo', [{ state: 'away' }]],
  ])
})
