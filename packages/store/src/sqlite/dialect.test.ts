// The sign-in library's door: a real Kysely on the one writer, beside writes of the log.

import { rmSync } from 'node:fs'
import { type Generated, Kysely, sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { commit, dataIn, publish } from '../../contract/builders.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'
import { StoreClosed } from '../errors.ts'
import { bindable } from './dialect.ts'
import { openSqliteStore, type SqliteStoreOptions } from './index.ts'

type Tables = {
  account: { id: Generated<number>; name: string; active: number; picture: Uint8Array | null }
}

async function freshDatabase(options: Partial<SqliteStoreOptions> = {}) {
  const folder = temporaryFolder()
  const store = await openSqliteStore({ folder, ...options })
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  const db = new Kysely<Tables>({ dialect: store.authDialect })
  await db.schema
    .createTable('account')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('active', 'integer', (column) => column.notNull())
    .addColumn('picture', 'blob')
    .execute()
  return { store, db }
}

const ada = { name: 'ada', active: 1, picture: new Uint8Array([0, 255]) }

const names = async (db: Kysely<Tables>) =>
  (await db.selectFrom('account').select('name').orderBy('id').execute()).map(({ name }) => name)

/** A promise and the way to resolve it. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe('the sign-in dialect', () => {
  test('[ST45] rows, counts and ids come back as from any SQLite dialect', async () => {
    const { db } = await freshDatabase()
    const inserted = await db.insertInto('account').values(ada).executeTakeFirstOrThrow()
    expect(inserted).toMatchObject({ insertId: 1n, numInsertedOrUpdatedRows: 1n })
    const returned = await db
      .insertInto('account')
      .values({ ...ada, name: 'bob', picture: null })
      .returningAll()
      .executeTakeFirstOrThrow()
    expect(returned).toEqual({ id: 2, name: 'bob', active: 1, picture: null })
    const updated = await db.updateTable('account').set({ active: 0 }).executeTakeFirstOrThrow()
    expect(updated.numUpdatedRows).toBe(2n)
    const idle = await db.deleteFrom('account').where('id', '=', 9).executeTakeFirstOrThrow()
    expect(idle.numDeletedRows).toBe(0n)
    const [first] = await db.selectFrom('account').selectAll().orderBy('id').execute()
    expect(first).toEqual({ id: 1, ...ada, active: 0 })
    const streamed = []
    for await (const row of db.selectFrom('account').select('name').stream())
      streamed.push(row.name)
    expect(streamed).toEqual(['ada', 'bob'])
    expect((await db.introspection.getTables()).map(({ name }) => name)).toContain('account')
  })

  test('[ST45] a failing statement fails alone, with what SQLite says', async () => {
    const { db, store } = await freshDatabase()
    await db.insertInto('account').values(ada).execute()
    await expect(db.insertInto('account').values(ada).execute()).rejects.toThrow(/UNIQUE/)
    await expect(sql`SELEKT`.execute(db)).rejects.toThrow(/syntax/)
    await commit(store, publish('a'))
    expect(await names(db)).toEqual(['ada'])
  })

  test('[ST46] a transaction is whole or not at all, and others wait for it', async () => {
    const { db, store } = await freshDatabase()
    const order: string[] = []
    const [begun, release] = [gate(), gate()]
    const transaction = db.transaction().execute(async (inside) => {
      await inside.insertInto('account').values(ada).execute()
      begun.open()
      await release.opened
      await inside
        .insertInto('account')
        .values({ ...ada, name: 'bob' })
        .execute()
      order.push('transaction')
    })
    await begun.opened
    const others = [
      commit(store, publish('a')).then(() => order.push('write')),
      store.claim('k', 1, 2).then(() => order.push('claim')),
      db
        .insertInto('account')
        .values({ ...ada, name: 'eve' })
        .execute()
        .then(() => order.push('insert')),
    ]
    expect(await dataIn(store)).toEqual([])
    release.open()
    await Promise.all([transaction, ...others])
    expect(order).toEqual(['transaction', 'write', 'claim', 'insert'])
    expect(await names(db)).toEqual(['ada', 'bob', 'eve'])
  })

  test('[ST46] a transaction that throws leaves nothing and frees the writer', async () => {
    const { db, store } = await freshDatabase()
    const failing = db.transaction().execute(async (inside) => {
      await inside.insertInto('account').values(ada).execute()
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await names(db)).toEqual([])
    await commit(store, publish('a'))
  })

  test('[ST46] savepoints roll back a part', async () => {
    const { db } = await freshDatabase()
    const inside = await db.startTransaction().execute()
    await inside.insertInto('account').values(ada).execute()
    const saved = await inside.savepoint('here').execute()
    await saved
      .insertInto('account')
      .values({ ...ada, name: 'bob' })
      .execute()
    await saved.rollbackToSavepoint('here').execute()
    await saved.releaseSavepoint('here').execute()
    await inside.commit().execute()
    expect(await names(db)).toEqual(['ada'])
  })

  test('[ST46] many transactions and writes at once all get through', async () => {
    const { db, store } = await freshDatabase()
    const people = Array.from({ length: 20 }, (_, index) => `p${index}`)
    await Promise.all(
      people.flatMap((name) => [
        commit(store, publish(name)),
        db.transaction().execute(async (inside) => {
          await inside
            .insertInto('account')
            .values({ ...ada, name })
            .execute()
          await inside.updateTable('account').set({ active: 0 }).where('name', '=', name).execute()
        }),
      ]),
    )
    expect((await names(db)).sort()).toEqual([...people].sort())
    expect(await dataIn(store)).toHaveLength(20)
  })

  test('[ST47] a transaction that holds the writer too long is rolled back and told so', async () => {
    const { db, store } = await freshDatabase({ transactionLimitMs: 50 })
    const tooLate = 'the transaction was rolled back: it held the writer for more than 50 ms'
    const committing = db.transaction().execute(async (inside) => {
      await inside.insertInto('account').values(ada).execute()
      await commit(store, publish('waits for the end of the transaction'))
    })
    await expect(committing).rejects.toThrow(tooLate)
    const stating = db.transaction().execute(async (inside) => {
      await commit(store, publish('the same'))
      await inside.insertInto('account').values(ada).execute()
    })
    await expect(stating).rejects.toThrow(tooLate)
    expect(await names(db)).toEqual([])
    await db.insertInto('account').values(ada).execute()
    expect(await names(db)).toEqual(['ada'])
  })

  test('[ST47] a statement cannot begin or end a transaction behind the writer’s back', async () => {
    const { db, store } = await freshDatabase()
    for (const statement of ['BEGIN', ' commit', 'END', 'ROLLBACK', 'savepoint x', 'RELEASE x']) {
      await expect(sql.raw(statement).execute(db)).rejects.toThrow('begun and ended by the dialect')
    }
    await commit(store, publish('a'))
  })

  test('[ST48] values are bound as SQLite keeps them, or refused', async () => {
    expect([true, false, undefined, null].map(bindable)).toEqual([1, 0, null, null])
    expect(bindable(new Date(0))).toBe('1970-01-01T00:00:00.000Z')
    const bytes = new Uint8Array([1])
    expect(['x', 1.5, 2n, bytes].map(bindable)).toEqual(['x', 1.5, 2n, bytes])
    for (const wrong of [Number.NaN, {}, [], () => 1, Symbol('x'), new Map()]) {
      expect(() => bindable(wrong)).toThrow(TypeError)
    }
    const { db } = await freshDatabase()
    const unbindable = sql`SELECT ${{ a: 1 }}`.execute(db)
    await expect(unbindable).rejects.toThrow('a statement cannot bind a value of type `Object`')
  })

  test('[ST49] closing waits for an open transaction and refuses new statements', async () => {
    const { db, store } = await freshDatabase()
    const [begun, release] = [gate(), gate()]
    const transaction = db.transaction().execute(async (inside) => {
      begun.open()
      await release.opened
      await inside.insertInto('account').values(ada).execute()
    })
    await begun.opened
    const closing = store.close()
    const late = names(db)
    release.open()
    await transaction
    await expect(late).rejects.toThrow(StoreClosed)
    await closing
    await expect(names(db)).rejects.toThrow(StoreClosed)
    await expect(db.transaction().execute(async () => {})).rejects.toThrow(StoreClosed)
  })
})
