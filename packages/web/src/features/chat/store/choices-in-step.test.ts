// Choices on two devices of one person.

import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { choices, choose, DEFAULT_CHOICES } from '../../../ui/choices.ts'
import { keepChoicesInStep } from './choices-in-step.ts'
import type { Value } from './personal.ts'

/** What the server keeps, as far as this is concerned. */
function shelf(kept?: Value) {
  const listeners = new Set<() => void>()
  let value = kept
  let isKnown = false
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    get: () => value,
    set: (_collection: string, _key: string, next: Value | undefined) => {
      value = next
      tell()
    },
    isKnown: () => isKnown,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    arrive(next: Value | undefined = value) {
      isKnown = true
      value = next
      tell()
    },
  }
}

vi.stubGlobal('document', { documentElement: { dataset: {}, style: {} } })
afterAll(() => void vi.unstubAllGlobals())
beforeEach(() => choose(DEFAULT_CHOICES))

describe('choices in step', () => {
  test('a new device starts with those that are kept', () => {
    const kept = shelf({ ...DEFAULT_CHOICES, density: 'compact' })
    const stop = keepChoicesInStep(kept)
    expect(choices().density).toBe('comfortable')
    kept.arrive()
    expect(choices().density).toBe('compact')
    stop()
  })

  test('a choice is kept, and one of another device is taken over', () => {
    const kept = shelf()
    const stop = keepChoicesInStep(kept)
    kept.arrive()
    choose({ theme: 'dark' })
    expect(kept.get()).toMatchObject({ theme: 'dark' })
    kept.arrive({ ...DEFAULT_CHOICES, theme: 'light' })
    expect(choices().theme).toBe('light')
    expect(kept.get()).toMatchObject({ theme: 'light' })
    stop()
    choose({ theme: 'dark' })
    expect(kept.get()).toMatchObject({ theme: 'light' })
  })

  test('what is none of the values is left as it is here', () => {
    const kept = shelf({ theme: 'pink', textSize: 900, announce: false })
    const stop = keepChoicesInStep(kept)
    kept.arrive()
    expect(choices()).toEqual({ ...DEFAULT_CHOICES, textSize: 20, announce: false })
    stop()
  })
})
