import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { betweenKeys } from './between-keys.ts'

class Field {}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('HTMLTextAreaElement', Field)
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work, 16))
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => clearTimeout(frame))
  // Not at the beginning of time: nobody has pressed a key then.
  vi.advanceTimersByTime(10_000)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function written() {
  let onKey: (event: object) => void = () => undefined
  const between = betweenKeys({
    addEventListener: (_type, listener) => {
      onKey = listener as typeof onKey
    },
  })
  const done: string[] = []
  const key = (pressed: string, target: object = new Field()) => onKey({ key: pressed, target })
  return { between, done, key }
}

describe('between keys', () => {
  test('while nobody writes, at once', () => {
    const { between, done, key } = written()
    between(() => done.push('one'))
    key('a')
    vi.advanceTimersByTime(500)
    between(() => done.push('two'))
    expect(done).toEqual(['one', 'two'])
  })

  test('while somebody writes, after the paint of the next key', () => {
    const { between, done, key } = written()
    key('a')
    between(() => done.push('one'))
    vi.advanceTimersByTime(60)
    key('b')
    vi.advanceTimersByTime(15)
    expect(done).toEqual([])
    vi.advanceTimersByTime(5)
    expect(done).toEqual(['one'])
    vi.advanceTimersByTime(1_000)
    expect(done).toEqual(['one'])
  })

  test('without a next key, after a moment all the same; taken back, never', () => {
    const { between, done, key } = written()
    key('a')
    between(() => done.push('one'))
    const stop = between(() => done.push('two'))
    stop()
    vi.advanceTimersByTime(249)
    expect(done).toEqual([])
    vi.advanceTimersByTime(1)
    expect(done).toEqual(['one'])
  })

  test('what took long is followed by a rest, however many keys come', async () => {
    const { between, done, key } = written()
    key('a')
    between(() => vi.advanceTimersByTime(40))
    key('b')
    vi.advanceTimersByTime(20)
    await Promise.resolve()
    between(() => done.push('two'))
    for (let keys = 0; keys < 11; keys += 1) {
      key('c')
      vi.advanceTimersByTime(20)
    }
    expect(done).toEqual([])
    key('d')
    vi.advanceTimersByTime(20)
    key('e')
    vi.advanceTimersByTime(20)
    expect(done).toEqual(['two'])
  })

  test('who has sent waits no longer', () => {
    const { between, done, key } = written()
    key('a')
    between(() => done.push('one'))
    key('Enter')
    between(() => done.push('two'))
    expect(done).toEqual(['two'])
    vi.advanceTimersByTime(20)
    expect(done).toEqual(['two', 'one'])
  })

  test('keys that do something are not writing', () => {
    const { between, done, key } = written()
    key('Enter')
    key('a', {})
    between(() => done.push('one'))
    expect(done).toEqual(['one'])
  })
})
