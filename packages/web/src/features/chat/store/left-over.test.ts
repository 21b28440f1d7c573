import { expect, test } from 'vitest'
import { clearAllButDrafts } from './left-over.ts'
import { keptFor } from './storage.ts'

function memory() {
  const map = new Map<string, string>()
  return {
    get length() {
      return map.size
    },
    key: (index: number) => [...map.keys()][index] ?? null,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  }
}

test('only drafts stay; what waited to be sent is one, and another person’s things are not touched', () => {
  const storage = memory()
  const kept = keptFor('ada', storage)
  kept.setDraft('general', 'half a thought')
  for (const [id, channelKey] of [
    ['1:0', 'general'],
    ['2:0', 'random'],
  ] as const)
    kept.keepUnsent({ id, channelKey, text: `said ${id}`, atMs: 1, state: { kind: 'waiting' } })
  storage.setItem('sayso.ada.own.read.general', '{}')
  storage.setItem('sayso.bo.draft.general', 'not yours')
  expect(clearAllButDrafts('ada', storage)).toEqual(['half a thought\nsaid 1:0', 'said 2:0'])
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  expect(keys.sort()).toEqual([
    'sayso.ada.draft.general',
    'sayso.ada.draft.random',
    'sayso.bo.draft.general',
  ])
  expect(keptFor('ada', storage).unsent()).toEqual([])
  // Once more changes nothing.
  expect(clearAllButDrafts('ada', storage)).toHaveLength(2)
})
