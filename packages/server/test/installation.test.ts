// The set-up and backups through the public doors: what is shown, what never is, and that a backup is one.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { asKey, withAnalyst } from './analyst.ts'
import { say } from './command.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

afterEach(endAll)

type Shown = {
  readonly signIn: readonly { id: string; state: string; detail?: string }[]
  readonly mail: { state: string; from?: string }
  readonly data: { bytes: number; entries: readonly { name: string; bytes: number }[] }
  readonly settings: readonly { setting: string; value: unknown; group: string }[]
}
type Backup = { readonly name: string; readonly state: string; readonly verified?: boolean }

const backups = async (server: Serving): Promise<readonly Backup[]> =>
  (await asKey(server, 'GET', '/api/v1/backups')).items

describe('the installation', () => {
  test('is shown with the names of its settings, and without a secret', async () => {
    const server = await serve({
      SAYSO_SMTP_URL: 'smtps://sender:canary-mail-1@127.0.0.1:9',
      SAYSO_MAIL_FROM: 'Harbour <harbour@example.com>',
      SAYSO_OIDC_ISSUER: 'http://127.0.0.1:9',
      SAYSO_OIDC_CLIENT_ID: 'canary-client-2',
      SAYSO_OIDC_CLIENT_SECRET: 'canary-oidc-3',
      SAYSO_CHANNEL_RATE: '7',
      SAYSO_SECRET: 'canary-secret-4-canary-secret-4-canary',
    })
    const shown = (await asKey(server, 'GET', '/api/v1/installation')) as Shown
    const ways = shown.signIn.map(({ id, state }) => `${id} ${state}`)
    expect(ways).toEqual([
      'password on',
      'google off',
      'oidc misconfigured',
      'users-file off',
      'jwks off',
    ])
    expect(shown.signIn[2]?.detail).toContain('did not answer')
    expect(shown.mail).toMatchObject({ state: 'on', from: 'harbour@example.com' })
    expect(shown.settings).toContainEqual(
      expect.objectContaining({ setting: 'SAYSO_CHANNEL_RATE', group: 'limits', value: 7 }),
    )
    expect(shown.data.entries.map(({ name }) => name)).toContain('sayso.db')
    expect(shown).toMatchObject({ version: expect.any(String), node: process.versions.node })
    const text = JSON.stringify(shown)
    expect(text).not.toContain('canary')
    expect(text).not.toContain(KEY.split(':')[1])
  })

  test('is for who may manage the app', async () => {
    const { analyst, owner } = await withAnalyst()
    expect((await analyst.call('GET', '/api/v1/installation')).status).toBe(403)
    expect((await analyst.call('POST', '/api/v1/backups')).status).toBe(403)
    expect((await owner.call('GET', '/api/v1/installation')).status).toBe(200)
  })

  test('is of the server, so no other app shows it', async () => {
    const server = await serve()
    const { key } = await asKey(server, 'POST', '/api/v1/apps', { name: 'Other' })
    for (const path of ['/api/v1/installation', '/api/v1/backups']) {
      const headers = { authorization: `Bearer ${key}` }
      expect((await fetch(server.url + path, { headers })).status).toBe(404)
    }
  })
})

describe('a backup', () => {
  test('is made while the server runs, listed, restored, removed, and told of', async () => {
    const server = await serve()
    const made = (await asKey(server, 'POST', '/api/v1/backups')) as Backup
    expect(made).toMatchObject({ state: 'ready', verified: true, files: expect.any(Number) })
    expect(await backups(server)).toEqual([made])
    const target = await mkdtemp(join(tmpdir(), 'sayso-restored-'))
    const from = join(server.folder, 'backups', made.name)
    const restored = await say(['restore', from, '--data', target])
    expect(restored.code).toBe(0)
    expect(await readdir(target)).toContain('sayso.db')
    await rm(target, { recursive: true })
    await rm(join(from, 'app'))
    expect(await backups(server)).toMatchObject([{ verified: false }])
    await asKey(server, 'DELETE', `/api/v1/backups/${made.name}`)
    expect(await backups(server)).toEqual([])
    const { items } = await asKey(server, 'GET', '/api/v1/audit?limit=2')
    expect(items).toMatchObject([
      { command: 'remove-backup', actor: 'key:first', target: `backup:${made.name}` },
      { command: 'make-backup', actor: 'key:first', target: 'backups' },
    ])
  })

  test('is one at a time; names lead nowhere else', async () => {
    const server = await serve()
    const headers = { authorization: `Bearer ${KEY}` }
    const url = `${server.url}/api/v1/backups`
    const both = await Promise.all([
      fetch(url, { method: 'POST', headers }),
      fetch(url, { method: 'POST', headers }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    for (const name of ['..', '%2e%2e%2fsecret', 'sayso.db', '2020-01-01T00-00-00-000Z']) {
      const removed = await fetch(`${url}/${name}`, { method: 'DELETE', headers })
      expect([404, 405]).toContain(removed.status)
    }
    expect(await readdir(server.folder)).toEqual(expect.arrayContaining(['secret', 'sayso.db']))
  })

  test('that cannot be made says so', async () => {
    const server = await serve()
    await writeFile(join(server.folder, 'backups'), 'a file where the folder would be')
    const made = (await asKey(server, 'POST', '/api/v1/backups')) as Backup
    expect(made).toMatchObject({ state: 'failed', detail: expect.stringContaining('EEXIST') })
    expect(await backups(server)).toEqual([made])
    await rm(join(server.folder, 'backups'))
    expect(await asKey(server, 'POST', '/api/v1/backups')).toMatchObject({ state: 'ready' })
    expect((await backups(server)).map(({ state }) => state)).toEqual(['ready'])
  })
})
