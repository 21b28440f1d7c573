import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { again } from './late.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a part that cannot be fetched is fetched later, less and less often', async () => {
  const at: number[] = []
  const begun = Date.now()
  const part = again(async () => {
    at.push((Date.now() - begun) / 1_000)
    if (at.length < 8) throw new TypeError('Failed to fetch dynamically imported module')
    return 'the part'
  })
  await vi.runAllTimersAsync()
  expect(await part).toBe('the part')
  expect(at).toEqual([0, 1, 3, 7, 15, 31, 61, 91])
})

test('it is fetched at once when the network is back', async () => {
  const listeners: (() => void)[] = []
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => listeners.push(listener))
  let isOn = false
  const part = again(async () => {
    if (!isOn) throw new TypeError('no network')
    return 'the part'
  })
  await vi.advanceTimersByTimeAsync(0)
  isOn = true
  for (const listener of listeners) listener()
  expect(await part).toBe('the part')
  vi.unstubAllGlobals()
})
