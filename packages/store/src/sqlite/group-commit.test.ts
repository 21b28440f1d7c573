// Group commit: what arrives together reaches the disk together.

import { rmSync } from 'node:fs'
import { Kysely, sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { assign, commit, publish, rights } from '../../contract/builders.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'
import { openSqliteStore } from './index.ts'

async function freshStore() {
  const folder = temporaryFolder()
  const store = await openSqliteStore({ folder })
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  return store
}

describe('group commit', () => {
  test('[ST41] writes of one turn share a commit', async () => {
    const store = await freshStore()
    await Promise.all(Array.from({ length: 500 }, (_, index) => commit(store, publish(`${index}`))))
    expect(store.stats()).toMatchObject({ writes: 500, commits: 1 })
  })

  test('[ST41] writers that wait for each acknowledgement share commits too', async () => {
    const store = await freshStore()
    const writer = async () => {
      for (let number = 0; number < 20; number += 1) await commit(store, publish('x'))
    }
    await Promise.all(Array.from({ length: 50 }, writer))
    const { writes, commits } = store.stats()
    expect(writes).toBe(1_000)
    expect(commits).toBeLessThan(writes / 5)
  })

  test('[ST41] a batch is told as one', async () => {
    const store = await freshStore()
    const batches: number[] = []
    store.subscribe((entries) => batches.push(entries.length))
    const entry = [publish('a'), rights(assign('hall#host@ada'))]
    await Promise.all([commit(store, entry), store.claim('k', 1, 2), commit(store, publish('b'))])
    expect(batches).toEqual([3])
  })

  test('[ST50] the writer flushes every commit before it answers', async () => {
    const db = new Kysely<unknown>({ dialect: (await freshStore()).authDialect })
    const setting = async (name: string) => {
      const { rows } = await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(db)
      return rows[0]?.[name]
    }
    expect(await setting('journal_mode')).toBe('wal')
    expect(await setting('synchronous')).toBe(2)
    expect(await setting('fullfsync')).toBe(1)
  })
})
