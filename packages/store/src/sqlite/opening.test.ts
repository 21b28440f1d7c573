// Opening: one process at a time, never a newer schema, never a damaged file without a word.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { annotate, commit, dataIn, history, publish, serialOf } from '../../contract/builders.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'
import { StoreUnavailable } from '../errors.ts'
import { verifyAuditLog } from '../rules/audit-log.ts'
import { loadDriver } from './driver.ts'
import { openSqliteStore } from './index.ts'
import { SCHEMA_VERSION } from './migrations.ts'

const WRITER = fileURLToPath(new URL('../../contract/crash-writer.ts', import.meta.url))

function freshFolder() {
  const folder = temporaryFolder()
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const AUDIT_INDEXES = ['actor', 'command', 'target', 'actor_and_command', 'time', 'place', 'person']

/** Takes the audit log back to what it was before lines were looked up by anything but their number. */
const DROP_AUDIT_COLUMNS = [
  ...AUDIT_INDEXES.map((name) => `DROP INDEX audit_by_${name};`),
  ...['actor', 'command', 'target', 'at_ms'].map(
    (name) => `ALTER TABLE audit DROP COLUMN ${name};`,
  ),
].join(' ')

async function refusalOf(folder: string): Promise<StoreUnavailable> {
  const refusal = await openSqliteStore({ folder }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(StoreUnavailable)
  return refusal as StoreUnavailable
}

describe('opening', () => {
  test('[ST42] a folder in use is refused, by the same process and by another', async () => {
    const folder = freshFolder()
    const store = await openSqliteStore({ folder })
    expect(await refusalOf(folder)).toMatchObject({
      reason: 'in_use',
      message: `the data folder \`${folder}\` is in use by another process; stop it first`,
    })
    await commit(store, publish('still mine'))
    await store.close()
    const again = await openSqliteStore({ folder })
    expect(await dataIn(again)).toEqual(['still mine'])
    await again.close()
  })

  test('[ST42] a process that was killed holds nothing', async () => {
    const folder = freshFolder()
    const args = ['--import', 'tsx', '--conditions=development', WRITER, folder, '0']
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    expect(await refusalOf(folder)).toMatchObject({ reason: 'in_use' })
    child.kill('SIGKILL')
    await once(child, 'exit')
    const store = await openSqliteStore({ folder })
    await store.close()
  })

  test('[ST63] a folder of the first schema is brought up to date and goes on', async () => {
    const folder = freshFolder()
    const before = await openSqliteStore({ folder })
    const serial = serialOf(await commit(before, publish('from before')))
    await before.close()
    const db = (await loadDriver())(join(folder, 'sayso.db'))
    db.exec(`DROP TABLE annotated; DROP TABLE tallies;
             DROP TABLE records; DROP TABLE presence; DROP TABLE answers; ${DROP_AUDIT_COLUMNS}
             DROP INDEX rights_by_target; ALTER TABLE rights DROP COLUMN target;
             UPDATE meta SET value = '1' WHERE key = 'schema_version'`)
    db.close()
    const store = await openSqliteStore({ folder })
    await commit(store, annotate(serial, { type: 't:total.v1' }))
    const { messages } = await history(store)
    expect(messages).toMatchObject([
      { data: 'from before', summary: { 't:total.v1': { total: 1 } } },
    ])
    await store.close()
  })

  test('[ST63] audit lines from before are found by who, what and when, and still verify', async () => {
    const folder = freshFolder()
    const before = await openSqliteStore({ folder, now: () => 5 })
    const audit = { command: 'mute', actor: 'user:"ada"', target: 'user:\ud800' }
    for (let count = 0; count < 600; count += 1) await commit(before, publish('a'), { audit })
    await before.close()
    const db = (await loadDriver())(join(folder, 'sayso.db'))
    db.exec(`DROP TABLE records; DROP TABLE presence; DROP TABLE answers; ${DROP_AUDIT_COLUMNS}
             UPDATE meta SET value = '3' WHERE key = 'schema_version'`)
    db.close()
    const store = await openSqliteStore({ folder, now: () => 9 })
    await commit(store, publish('a'), { audit: { ...audit, after: 1 } })
    const lines = await store.audit({ limit: 1_000, ...audit, sinceMs: 5, untilMs: 5 })
    expect(lines).toHaveLength(600)
    expect(await verifyAuditLog(store)).toMatchObject({ intact: true, lines: 601 })
    await store.close()
  })

  test('[ST43] a newer schema is refused and left as it is', async () => {
    const folder = freshFolder()
    await (await openSqliteStore({ folder })).close()
    const file = join(folder, 'sayso.db')
    const db = (await loadDriver())(file)
    db.exec(`UPDATE meta SET value = '${SCHEMA_VERSION + 1}' WHERE key = 'schema_version'`)
    db.close()
    const before = readFileSync(file)
    const refusal = await refusalOf(folder)
    expect(refusal.reason).toBe('too_new')
    expect(refusal.message).toContain(`written by a newer version (schema ${SCHEMA_VERSION + 1}`)
    expect(readFileSync(file)).toEqual(before)
  })

  test('[ST43] a file that is no database is refused and left as it is', async () => {
    const folder = freshFolder()
    const file = join(folder, 'sayso.db')
    writeFileSync(file, 'these are not the pages you are looking for'.repeat(100))
    const before = readFileSync(file)
    expect(await refusalOf(folder)).toMatchObject({ reason: 'damaged' })
    expect(readFileSync(file)).toEqual(before)
  })

  test('[ST43] a folder that cannot be made is refused with the reason', async () => {
    const file = join(freshFolder(), 'file')
    writeFileSync(file, '')
    const refusal = await refusalOf(join(file, 'folder'))
    expect(refusal).toMatchObject({ reason: 'unusable_folder' })
  })

  test('[ST43] a site name that serials cannot carry is refused', async () => {
    const opening = openSqliteStore({ folder: freshFolder(), site: 'a@b' })
    await expect(opening).rejects.toThrow('`a@b` is no site name')
  })

  test('[ST43] the site is chosen once per folder', async () => {
    const folder = freshFolder()
    const siteOf = async (options: object) => {
      const store = await openSqliteStore({ folder, ...options })
      const { serial } = await store.load()
      await store.close()
      return serial.split('@')[1]
    }
    const first = await siteOf({})
    expect(first).toMatch(/^[0-9a-f]{8}$/)
    expect(await siteOf({ site: 'other' })).toBe(first)
  })
})
