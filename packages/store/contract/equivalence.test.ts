// Random histories, played on both backends: nobody can tell them apart.

import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryStore } from '../src/memory/index.ts'
import { openSqliteStore } from '../src/sqlite/index.ts'
import type { Store } from '../src/store.ts'
import { clockAt } from './builders.ts'
import { play, type Turn, turns } from './operations.ts'
import { regressions } from './regressions.ts'
import { temporaryFolder } from './temporary-folder.ts'

const RUNS = Number(process.env.SAYSO_FUZZ_RUNS ?? 20)
const SEED = Number(process.env.SAYSO_FUZZ_SEED ?? 20_260_801)

async function playTwice(all: readonly Turn[]) {
  const [first, second] = [clockAt(1_000), clockAt(1_000)]
  const folder = temporaryFolder()
  const memory = memoryStore({ now: first.now, site: 's' })
  const sqlite = await openSqliteStore({ folder, now: second.now, site: 's' })
  try {
    const expected = await play(memory, first, all)
    const actual = await play(sqlite, second, all)
    await sqlite.close()
    const again = await openSqliteStore({ folder, now: second.now, site: 's' })
    const ends = [await endOf(memory), await endOf(again)]
    await again.close()
    return { expected, actual, ends }
  } finally {
    await sqlite.close()
    rmSync(folder, { recursive: true })
  }
}

async function endOf(store: Store) {
  const snapshot = await store.load()
  const pages = ['a', 'b'].map((channel) =>
    store.history({
      channel: channel as never,
      direction: 'forwards',
      limit: 1_000,
      upTo: snapshot.revision,
    }),
  )
  return { snapshot, pages: await Promise.all(pages), audit: await store.audit({ limit: 1_000 }) }
}

describe('memory and sqlite', () => {
  test.each(Object.entries(regressions))('[ST39] still agree on: %s', async (_, all) => {
    const { expected, actual, ends } = await playTwice(all)
    expect(actual).toEqual(expected)
    expect(ends[1]).toEqual(ends[0])
  })

  test(`[ST39] agree on ${RUNS} random histories (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(turns, async (all) => {
        const { expected, actual, ends } = await playTwice(all)
        expect(actual).toEqual(expected)
        expect(ends[1]).toEqual(ends[0])
      }),
      { numRuns: RUNS, seed: SEED },
    )
  })
})
