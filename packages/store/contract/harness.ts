// Opens a store for each test and closes it afterwards, whatever the test did.

import { onTestFinished } from 'vitest'
import type { Store } from '../src/store.ts'
import { clockAt, type Open } from './builders.ts'

export const SITE = 'here'

export function opener(open: Open) {
  return async (startMs = 1_000) => {
    const clock = clockAt(startMs)
    const opened = await open({ now: clock.now, site: SITE })
    onTestFinished(() => opened.close())
    return { store: opened.store as Store, clock, reopen: opened.reopen }
  }
}
