// Taking somebody out of what is kept for good: what they wrote, what was said of them, and how the audit log stays checkable.

import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CompiledQuery, Kysely } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { commit, publish } from '../../../contract/builders.ts'
import { temporaryFolder } from '../../../contract/temporary-folder.ts'
import type { Eraser, Erasure } from '../../erasure.ts'
import { verifyAuditLog } from '../../rules/audit-log.ts'
import { createEraser, openSqliteStore } from '../index.ts'

const ADA: Erasure = {
  id: 'e1',
  clientId: 'ada7Qx',
  texts: ['Ada Quill', 'ada@quill.example'],
  messages: 'delete',
  removed: ['seen'],
}

async function houseOfAda() {
  const folder = temporaryFolder()
  const store = await openSqliteStore({ folder })
  const eraser = createEraser(store.authDialect)
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  await commit(store, publish([{ data: 'tamarind', clientId: ADA.clientId, id: 'tamarind-7' }]))
  await commit(store, publish([{ data: 'ada7Qx is out', clientId: 'bob' }]))
  // The server itself names people beside their ids.
  const by = { id: ADA.clientId, name: 'Ada Quill' }
  await commit(store, publish([{ data: JSON.stringify({ by }), encoding: 'json' }]))
  const line = { command: 'invite', actor: 'user:bob', target: 'invitation:1' }
  await store.transact({
    entries: [],
    records: [
      { collection: 'seen', key: 'ada7Qx/1', value: { text: 'tamarind' } },
      { collection: 'other', key: '1', value: { email: 'ada@quill.example', kept: 1 } },
    ],
    audit: { ...line, details: { email: 'ada@quill.example' } },
  })
  await store.transact({
    entries: [],
    records: [{ collection: 'other', key: '2', value: {} }],
    audit: line,
  })
  return { folder, store, eraser }
}

async function erase(eraser: Eraser): Promise<void> {
  for (const step of [eraser.log, eraser.audit, eraser.records, eraser.presence]) {
    let next: number | undefined = 0
    while (next !== undefined) next = (await step(ADA, next)).next
  }
}

test('[ST280] what somebody wrote and who they were is in no byte; what others wrote stays', async () => {
  const { folder, store, eraser } = await houseOfAda()
  await erase(eraser)
  await erase(eraser)
  expect(await eraser.flush()).toBe(true)
  const bytes = readFileSync(join(folder, 'sayso.db'))
  for (const text of ['tamarind', 'Ada Quill', 'quill.example'])
    expect(bytes.includes(text), text).toBe(false)
  expect(bytes.includes('ada7Qx is out')).toBe(true)
  expect((await store.record('other', '1'))?.value).toEqual({ email: 'erased', kept: 1 })
  expect(await store.record('seen', 'ada7Qx/1')).toBeUndefined()
})

test('[ST281] erased lines are proven by the line of their erasure; one that is changed later is found', async () => {
  const { store, eraser } = await houseOfAda()
  await erase(eraser)
  expect(await verifyAuditLog(store)).toMatchObject({ intact: false, number: 1 })
  const details = { erasure: ADA.id, ...(await eraser.erasedLines(ADA.id)) }
  await store.transact({
    entries: [],
    records: [{ collection: 'other', key: '3', value: {} }],
    audit: { command: 'erase-person', actor: 'server', target: 'user:ada7Qx', details },
  })
  expect(await verifyAuditLog(store)).toMatchObject({ intact: true, lines: 3, erased: 1 })
  const db = new Kysely<unknown>({ dialect: store.authDialect })
  await db.executeQuery(
    CompiledQuery.raw(
      `UPDATE audit SET line = replace(line, 'user:bob', 'user:eve') WHERE number = 1`,
    ),
  )
  expect(await verifyAuditLog(store)).toMatchObject({ intact: false, number: 1 })
})
