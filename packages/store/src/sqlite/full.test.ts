// A disk without room: writes are refused one by one, reads go on, and room is all it takes to go on.

import { rmSync } from 'node:fs'
import { Kysely, sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  assign,
  commit,
  dataIn,
  history,
  listen,
  publish,
  rights,
} from '../../contract/builders.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'
import { StoreFull } from '../errors.ts'
import { openSqliteStore } from './index.ts'

const BIG = 'x'.repeat(1_000_000)

async function freshStore() {
  const folder = temporaryFolder()
  const store = await openSqliteStore({ folder })
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  const db = new Kysely<unknown>({ dialect: store.authDialect })
  const limit = async (pages: number) => {
    await sql.raw(`PRAGMA max_page_count = ${pages}`).execute(db)
  }
  return { store, limit, db }
}

describe('a full disk', () => {
  test('[ST44] refuses the write, keeps reading, and recovers by itself', async () => {
    const { store, limit } = await freshStore()
    await commit(store, publish('before'))
    await limit(100)
    const heard = listen(store)
    const write = { idBase: 'c:1' }
    await expect(commit(store, publish(BIG, write))).rejects.toThrow(StoreFull)
    expect(heard).toEqual([])
    expect(await dataIn(store)).toEqual(['before'])
    expect(await store.load()).toMatchObject({ revision: 1 })
    await limit(100_000)
    expect(await commit(store, publish(BIG, write))).toMatchObject({
      revision: 2,
      duplicate: false,
    })
    expect(heard).toHaveLength(1)
  })

  test('[ST44] a write that does not fit leaves its neighbours their room', async () => {
    const { store, limit } = await freshStore()
    await commit(store, publish('before'))
    await limit(100)
    const results = await Promise.allSettled([
      commit(store, [publish('a', { channel: 'new' as never }), rights(assign('hall#host@ada'))]),
      commit(store, publish(BIG, { channel: 'big' as never })),
      commit(store, publish('b', { channel: 'new' as never })),
      store.claim('k', 1, 2),
    ])
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
    expect(await store.load()).toMatchObject({ revision: 4, rightsRevision: 3 })
    await limit(100_000)
    await commit(store, publish('c', { channel: 'big' as never }))
    const { messages } = await history(store, { channel: 'big' as never })
    expect(messages.map(({ data }) => data)).toEqual(['c'])
  })

  test('[ST44] statements of the sign-in library are refused the same way', async () => {
    const { limit, db } = await freshStore()
    await sql`CREATE TABLE note (text TEXT)`.execute(db)
    await limit(100)
    await expect(sql`INSERT INTO note VALUES (${BIG})`.execute(db)).rejects.toThrow(StoreFull)
    const inTransaction = db.transaction().execute(async (transaction) => {
      await sql`INSERT INTO note VALUES ('small')`.execute(transaction)
      await sql`INSERT INTO note VALUES (${BIG})`.execute(transaction)
    })
    await expect(inTransaction).rejects.toThrow(StoreFull)
    expect((await sql`SELECT * FROM note`.execute(db)).rows).toEqual([])
  })
})
