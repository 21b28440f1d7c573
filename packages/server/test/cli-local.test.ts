// The commands that work on a data folder: backup, restore, the audit log, the doctor. Through the executable.

import { appendFile, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isPassword, isPasswordHash } from '../src/people/users-file/password-hash.ts'
import { say as ask, run } from './command.ts'
import { signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

let folder: string
let made = 0
function fresh(): string {
  made += 1
  return join(folder, `new${made}`)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sayso-local-'))
})
afterEach(endAll)
afterAll(() => rm(folder, { recursive: true, force: true }))

// In a process of its own where a server runs in this one: whoever looks at its lock would let it go.
const json = async (args: readonly string[], env = {}, by: 'run' | 'say' = 'run') => {
  const all = [...args, '--json']
  const ended = await (by === 'run' ? run(all, { env }) : ask(all, env))
  return { ...ended, json: JSON.parse(ended.out) as Record<string, unknown> }
}

async function say(server: Serving, text: string): Promise<void> {
  const response = await fetch(`${server.url}/channels/notes/messages`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(KEY).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: 'note', data: text }),
  })
  expect(response.status).toBe(201)
}

async function said(server: Serving): Promise<string[]> {
  const response = await fetch(`${server.url}/channels/notes/messages?direction=forwards`, {
    headers: { authorization: `Basic ${Buffer.from(KEY).toString('base64')}` },
  })
  return ((await response.json()) as { data: string }[]).map(({ data }) => data)
}

describe('backup and restore', () => {
  test('what was there at the backup is there after the restore, nothing later', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    await say(server, 'before')
    const copy = fresh()
    const backup = await json(['backup', copy, '--data', server.folder])
    expect(backup).toMatchObject({ code: 0, json: { folder: copy, hasSecret: true } })
    await say(server, 'after')
    expect(await said(server)).toEqual(['before', 'after'])
    const inUse = await run(['restore', copy, '--data', server.folder, '--replace'])
    expect(inUse).toMatchObject({ code: 2, out: '' })
    expect(inUse.err).toContain('is in use by a running server; stop it first')
    await server.stop()
    const careful = await run(['restore', copy, '--data', server.folder])
    expect(careful.err).toContain('add --replace to put it aside')
    const restored = await json(['restore', copy, '--data', server.folder, '--replace'])
    expect(restored.code).toBe(0)
    const again = await server.again()
    expect(await said(again)).toEqual(['before'])
    // The session too: its secret and its row came along.
    const session = await fetch(`${again.url}/api/v1/session`, { headers: { cookie: ada.cookie } })
    expect(await session.json()).toMatchObject({ person: { id: ada.id } })
    await rm(restored.json.aside as string, { recursive: true })
  })

  test('a backup that was touched, or is none, is refused before anything is', async () => {
    const server = await serve()
    const copy = fresh()
    await run(['backup', copy, '--data', server.folder])
    await server.stop()
    const target = fresh()
    await appendFile(join(copy, 'sayso.db'), 'x')
    const changed = await ask(['restore', copy, '--data', target])
    expect(changed).toMatchObject({ code: 2, out: '' })
    expect(changed.err).toContain('`sayso.db` is missing or has changed')
    const none = await ask(['restore', folder, '--data', target])
    expect(none.err).toContain('is no backup')
    expect((await ask(['doctor', '--data', target], { PORT: '0' })).out).toContain(
      'is made at the first start',
    )
  })

  test.each([['a folder that is taken', () => folder, 'is there already']])(
    'no backup into %s',
    async (_what, target, says) => {
      const server = await serve()
      const ended = await run(['backup', target(), '--data', server.folder])
      expect(ended).toMatchObject({ code: 2, out: '' })
      expect(ended.err).toContain(says)
    },
  )

  test('no backup of nothing', async () => {
    const ended = await ask(['backup', fresh()], { SAYSO_DATA: fresh() })
    expect(ended.err).toMatch(/there is no data in .*; name the data folder with --data/)
  })
})

describe('the decisions log', () => {
  const asked = async (server: Serving, action: string) => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    const question = { subject: 'user:ann', action, resource: 'dock:bridge' }
    const body = JSON.stringify(question)
    await fetch(`${server.url}/api/v1/explain`, { method: 'POST', headers, body })
    const listed = await fetch(`${server.url}/api/v1/decisions`, { headers })
    const { items } = (await listed.json()) as { items: { action: string }[] }
    return items.map((item) => item.action)
  }

  test('comes along in a backup, and the doctor looks at it', async () => {
    const server = await serve()
    expect(await asked(server, 'publish')).toEqual(['publish'])
    const copy = fresh()
    const backup = await json(['backup', copy, '--data', server.folder])
    expect((backup.json.files as { path: string }[]).map(({ path }) => path)).toContain(
      'decisions.db',
    )
    expect(await asked(server, 'hush')).toEqual(['hush', 'publish'])
    await server.stop()
    const well = await ask(['doctor', '--data', server.folder], { PORT: '0' })
    expect(well.out).toMatch(/ok\s+decisions\s+2 lines/)
    const restored = await json(['restore', copy, '--data', server.folder, '--replace'])
    expect(restored.code).toBe(0)
    const again = await server.again()
    expect(await asked(again, 'subscribe')).toEqual(['subscribe', 'publish'])
    await again.stop()
    await writeFile(join(server.folder, 'decisions.db'), 'no database at all, '.repeat(500))
    const ill = await ask(['doctor', '--data', server.folder], { PORT: '0' })
    expect(ill).toMatchObject({ code: 1 })
    expect(ill.out).toMatch(/WRONG\s+decisions/)
    await rm(restored.json.aside as string, { recursive: true })
  })
})

describe('audit verify', () => {
  let server: Serving
  let last: string

  beforeEach(async () => {
    server = await serve()
    await signUp(server, 'Ada')
    await server.stop()
    const found = await json(['audit', 'verify', '--data', server.folder], {}, 'say')
    expect(found).toMatchObject({ code: 0, json: { intact: true } })
    const [log] = found.json.logs as { last: string }[]
    last = log?.last ?? ''
  })

  const verify = (...more: string[]) => run(['audit', 'verify', '--data', server.folder, ...more])

  function edit(sql: string): void {
    const db = new DatabaseSync(join(server.folder, 'sayso.db'))
    db.exec(sql)
    db.close()
  }

  test('an untouched log is intact, also by the line noted before', async () => {
    expect((await verify('--last', last)).out).toMatch(
      /^the audit log: intact, \d+ lines, the last is/,
    )
  })

  test.each([
    ['changed', "UPDATE audit SET line = replace(line, 'sign-in', 'promote')", 'was changed'],
    ['left out', 'DELETE FROM audit WHERE number = 2', 'is missing, or one before it is'],
    ['cut off at the beginning', 'DELETE FROM audit WHERE number = 1', 'line 1 is missing'],
  ])('a line %s is found', async (_what, sql, says) => {
    edit(sql)
    const ended = await verify()
    expect(ended.code).toBe(1)
    expect(ended.out).toContain(says)
  })

  test('lines cut off at the end are found by what was noted', async () => {
    edit('DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)')
    expect((await verify()).code).toBe(0)
    const ended = await verify('--last', last)
    expect(ended).toMatchObject({ code: 1 })
    expect(ended.out).toContain('is not the one that was noted, or is gone')
  })
})

describe('doctor', () => {
  const findings = async (args: readonly string[], env = {}, by: 'run' | 'say' = 'say') => {
    const ended = await json(['doctor', ...args], env, by)
    const all = ended.json.findings as { what: string; grade: string; message: string }[]
    const of = (what: string) => all.filter((each) => each.what === what)
    return { code: ended.code, of, bad: all.filter(({ grade }) => grade === 'wrong') }
  }

  test('finds nothing wrong with a server that runs', async () => {
    const server = await serve()
    const args = ['--data', server.folder, '--server', server.url]
    const { code, of, bad } = await findings(args, {}, 'run')
    expect(bad).toEqual([])
    expect(code).toBe(0)
    expect(of('server')[0]?.message).toBe(`${server.url} answers`)
    expect(of('websocket')[0]?.grade).toBe('fine')
    expect(of('secret')[0]?.message).toMatch(/^opens all \d+ keys$/)
    expect(of('audit')[0]?.message).toMatch(/^intact/)
  })

  test('finds nothing wrong with a machine where nothing was started', async () => {
    const { code, of } = await findings(['--data', fresh()], { PORT: '0' })
    expect(code).toBe(0)
    expect(of('port')[0]?.message).toContain('is free')
  })

  test('says what is wrong with settings, each', async () => {
    const env = { SAYSO_FLY: '1', SAYSO_LOG: 'loud' }
    const { code, of } = await findings(['--data', fresh()], env)
    expect(code).toBe(1)
    expect(of('settings').map(({ message }) => message)).toEqual([
      expect.stringContaining('SAYSO_FLY is not a setting'),
      expect.stringContaining('SAYSO_LOG must be'),
    ])
  })

  test('finds the wrong secret', async () => {
    const server = await serve()
    await server.stop()
    const env = { SAYSO_SECRET: 'x'.repeat(40), PORT: '0' }
    const { code, of } = await findings(['--data', server.folder], env)
    expect(code).toBe(1)
    expect(of('secret')[0]?.message).toContain('was kept under another secret')
  })

  test('finds a damaged database', async () => {
    const server = await serve()
    await server.stop()
    const file = join(server.folder, 'sayso.db')
    const db = new DatabaseSync(file)
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
    const bytes = await readFile(file)
    await writeFile(file, bytes.fill(0x41, 4_096, 40_960))
    const { code, of } = await findings(['--data', server.folder], { PORT: '0' })
    expect(code).toBe(1)
    expect(of('database')[0]?.grade).toBe('wrong')
  })

  test('warns of files that others can read', async () => {
    const server = await serve()
    await server.stop()
    await chmod(join(server.folder, 'secret'), 0o644)
    const { code, of } = await findings(['--data', server.folder], { PORT: '0' })
    expect(code).toBe(0)
    expect(of('privacy')[0]).toMatchObject({ grade: 'warning' })
  })

  test('finds a port that another program has', async () => {
    const other = createServer()
    const port = await new Promise<number>((resolve) =>
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
    )
    const { code, of } = await findings(['--data', fresh()], { PORT: String(port) })
    other.close()
    expect(code).toBe(1)
    expect(of('port')[0]?.message).toContain('is taken by another program')
  })

  test('finds a server that does not answer where it should', async () => {
    const server = await serve()
    const args = ['--data', server.folder, '--server', 'http://127.0.0.1:9']
    const { code, of } = await findings(args, {}, 'run')
    expect(code).toBe(1)
    expect(of('server')[0]?.message).toContain('does not answer')
  })
})

test('start runs a server and ends with its signal', async () => {
  const env = { SAYSO_DATA: fresh(), PORT: '70000' }
  const ended = await run(['start'], { env })
  expect(ended.code).not.toBe(0)
  expect((await ask(['start', '--help'])).out).toContain('SAYSO_OUTBOUND_BYTES')
})

describe('users hash', () => {
  test('prints what a users file takes, for a password read from standard input', async () => {
    const { code, out } = await run(['users', 'hash'], { stdin: 'open sesame\n' })
    expect(code).toBe(0)
    expect(isPasswordHash(out.trim())).toBe(true)
    expect(await isPassword({ kind: 'hash', hash: out.trim() }, 'open sesame')).toBe(true)
    expect(await isPassword({ kind: 'hash', hash: out.trim() }, 'open sesame\n')).toBe(false)
  })

  test('hashes no empty one', async () => {
    const ended = await run(['users', 'hash'])
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('a password has 1 to 128 characters; choose another one')
  })
})
