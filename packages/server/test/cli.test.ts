// The command line through its executable, against a running server: every verb, every way to end.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { KeyId } from '@sayso/policy'
import { openSqliteStore } from '@sayso/store/sqlite'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sealer } from '../src/auth/sealed.ts'
import { sayso } from '../src/cli/sayso.ts'
import { BIN, PACKAGE, run, say } from './command.ts'
import { signUp } from './people.ts'
import { rawClient } from './raw-client.ts'
import { endAll, KEY, POLICY, type Serving, serve } from './serving.ts'

/** Nothing listens there: port 9 is for programs that throw away what they get. */
const NOWHERE = 'http://127.0.0.1:9'

const policy = (verb: string, ...args: readonly string[]) => run(['policy', verb, ...args])

function at(server: Serving, key = KEY) {
  const env = { SAYSO_URL: server.url, SAYSO_KEY: key }
  return (verb: string, ...args: readonly string[]) => run(['policy', verb, ...args], { env })
}

const OLD = await readFile(POLICY, 'utf8')
const SCENARIO = `name: Sailing
resources: [dock:red]
tuples: [dock:red#sailor@user:ada]
assertions:
  - { subject: user:ada, on: dock:red, can: [subscribe, publish] }
  - { name: crew only, subject: user:bo, on: dock:red, cannot: [publish] }
`
let folder: string
const file = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sayso-cli-'))
  const files = {
    'less.yaml': OLD.replace('can: [publish, presence,', 'can: [publish,'),
    'commented.yaml': `# the same\n${OLD}`,
    'broken.yaml': OLD.replace('extends: [watcher]', 'extends: [rower]').replace('home:', 'hom:'),
    'other-tenant.yaml': OLD.replaceAll('harbour', 'marina'),
    'scenario.yaml': SCENARIO,
    'failing.yaml': SCENARIO.replace('cannot: [publish]', 'can: [publish, subscribe]'),
    'suite/deep/one.yml': SCENARIO,
    'suite/deep/.hidden.yml': 'no scenario',
    'suite/two.json': JSON.stringify({ name: 'Nothing', assertions: [] }),
    'suite/notes.txt': 'no scenario',
    'suite/policy.yaml': OLD,
  }
  await mkdir(file('suite/deep'), { recursive: true })
  await mkdir(file('empty'))
  for (const [name, content] of Object.entries(files)) await writeFile(file(name), content)
  await writeFile(file('bytes.yaml'), Buffer.from([0xff, 0xfe, 0x00]))
})
afterEach(endAll)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the words of the command', () => {
  test.each<readonly [args: readonly string[], code: number, says: RegExp]>([
    [['--help'], 0, /Usage: sayso <command>[\s\S]*start[\s\S]*backup[\s\S]*policy apply/],
    [['policy', '-h'], 0, /Usage: sayso policy <verb>[\s\S]*check[\s\S]*apply/],
    [['policy', 'check', '--help'], 0, /Usage: sayso policy check <file>[\s\S]*--json/],
    [['policy', 'diff', '--help'], 0, /Usage: sayso policy diff[\s\S]*--server <url>/],
    [['policy', 'test', '-h'], 0, /Usage: sayso policy test[\s\S]*--policy <file>/],
    [['policy', 'apply', '--help'], 0, /Usage: sayso policy apply[\s\S]*--reason <text>/],
    [[], 2, /Usage: sayso <command>/],
    [['policy'], 2, /Usage: sayso policy/],
    [['serve'], 2, /knows no `serve`, only `start`, .*`policy`; `sayso --help` says/],
    [['policy', 'fly'], 2, /knows no `fly`, only `check`, `diff`, `test`, `apply`; /],
    [['policy', 'check', '--fly', 'x'], 2, /`sayso policy check` knows no option `--fly`; /],
    [['policy', 'check', '-x', 'x'], 2, /knows no option `-x`; `sayso policy check --help`/],
    [['policy', 'check', '--server', 'x'], 2, /`sayso policy check` knows no option `--server`; /],
    [['policy', 'check', '--json=1', 'x'], 2, /`--json` takes no value; /],
    [['policy', 'check'], 2, /`sayso policy check` needs a file; /],
    [['backup'], 2, /`sayso backup` needs a folder; /],
    [['doctor', 'x'], 2, /`sayso doctor` takes no operand, not 1; /],
    [['policy', 'check', 'a', 'b'], 2, /takes a file at most, not 2; /],
    [['policy', 'diff', 'a', 'b', 'c'], 2, /takes 2 files at most, not 3; /],
    [['policy', 'diff', 'a', '--key'], 2, /`--key` needs a value, app.key:secret; /],
    [['policy', 'diff', 'a', '--key', '-h'], 2, /`--key` needs a value/],
    [['policy', 'apply', 'a', '--reason='], 2, /`--reason` needs a value, text; /],
    [['policy', 'apply', 'a'], 2, /`--reason` is missing; `sayso policy apply --help`/],
  ])('%j ends with %i', async (args, code, says) => {
    const ended = await say(args)
    expect(code === 0 ? ended.out : ended.err).toMatch(says)
    expect(ended).toMatchObject({ code, [code === 0 ? 'err' : 'out']: '' })
  })

  test('are those of the executable', async () => {
    for (const args of [['--help'], ['policy', 'check', '--fly']]) {
      expect(await run(args)).toEqual(await say(args))
    }
  })

  test('say how to build where nothing is built', async () => {
    const copy = file('unbuilt')
    await mkdir(copy)
    await cp(join(PACKAGE, 'package.json'), join(copy, 'package.json'))
    await cp(BIN, join(copy, 'bin/sayso.mjs'))
    const ended = await run(['--help'], { bin: join(copy, 'bin/sayso.mjs'), node: [] })
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('npm ci && npm run build')
  })
})

describe('check', () => {
  test('says ok with the version the server gives the same content', async () => {
    const server = await serve()
    const view = await fetch(`${server.url}/api/v1/policy`, {
      headers: { authorization: `Bearer ${KEY}` },
    })
    const { version } = (await view.json()) as { version: string }
    const path = file('commented.yaml')
    expect(await policy('check', path)).toEqual({
      code: 0,
      out: `${path}: ok, version ${version}\n`,
      err: '',
    })
    const piped = await run(['policy', 'check', '-', '--json'], { stdin: OLD })
    expect(piped).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(piped.out)).toEqual({ ok: true, file: '<stdin>', version, problems: [] })
  })

  test('prints every problem at its place', async () => {
    const path = file('broken.yaml')
    const { code, out, err } = await policy('check', path)
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const lines = out.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      expect(line.startsWith(`${path}:`)).toBe(true)
      expect(line.slice(path.length)).toMatch(/^:\d+:\d+: .+; .+/)
    }
    expect(out).toContain('`rower`')
    expect(out).toContain('`hom`')
    const json = JSON.parse((await policy('check', path, '--json')).out)
    expect(json).toMatchObject({ ok: false, file: path, problems: [{ line: 38 }, {}] })
  })

  test('ends with 2 if there is nothing to read', async () => {
    expect(await policy('check', file('none.yaml'))).toMatchObject({
      code: 2,
      out: '',
      err: `sayso: \`${file('none.yaml')}\` does not exist; check the path\n`,
    })
    expect((await policy('check', folder)).err).toContain('is a folder; name a file in it')
    expect(await policy('check', file('bytes.yaml'))).toMatchObject({ code: 2 })
    const json = await policy('check', file('none.yaml'), '--json')
    expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'file_unreadable' } })
    expect(json).toMatchObject({ code: 2, err: '' })
  })
})

describe('diff', () => {
  test('with the policy in force is empty, and ends with 0, if they say the same', async () => {
    const ended = await at(await serve())('diff', file('commented.yaml'))
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toMatch(
      /^http:\S+ \(revision \d+\) → .*commented.yaml:\n {2}no difference\n$/,
    )
  })

  test('says what differs and what it does to whom, and ends with 1', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    const answer = await ada.call('GET', '/api/realtime/token')
    const client = await rawClient(server.url, { accessToken: await answer.text() })
    await client.attach('dock:north')
    const { code, out, err } = await at(server)('diff', file('less.yaml'))
    client.ws.terminate()
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const lines = out.split('\n')
    expect(lines).toContain('  role `sailor` of `dock` can no longer `presence`')
    expect(lines).toContain('  1 person on 1 resource: 0 gained, 1 lost')
    expect(lines).toContain('  1 live connection of 1 person')
    expect(lines).toContain('    sailor of dock: 0 gained, 1 lost')
    expect(lines).toContain('    dock:north: 0 gained, 1 lost, 1 person')
    expect(lines).toContain(`    user:${ada.id} loses presence on dock:north`)
    const json = JSON.parse((await at(server)('diff', file('less.yaml'), '--json')).out)
    expect(json).toMatchObject({
      equal: false,
      before: { source: server.url },
      differences: [{ kind: 'removed', before: 'presence' }],
      impact: { lost: 1, people: 1, live: { connections: 0 } },
    })
  })

  test('between two files asks no server', async () => {
    const two = ['diff', POLICY, file('less.yaml')]
    const ended = await run(['policy', ...two], { env: { SAYSO_URL: NOWHERE } })
    expect(ended).toEqual({
      code: 1,
      out: `${POLICY} → ${file('less.yaml')}:\n  role \`sailor\` of \`dock\` can no longer \`presence\`\n`,
      err: '',
    })
    expect(await policy('diff', POLICY, file('commented.yaml'))).toMatchObject({ code: 0 })
    const piped = await run(['policy', 'diff', '-', POLICY], { stdin: OLD })
    expect(piped).toMatchObject({ code: 0 })
    const twice = await run(['policy', 'diff', '-', '-'], { stdin: OLD })
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining('only once') })
    const both = await policy('diff', POLICY, POLICY, '--server', NOWHERE)
    expect(both).toMatchObject({ code: 2, err: expect.stringContaining('`--server` has no use') })
  })

  test('ends with 2 if it cannot find out', async () => {
    const server = await serve()
    const env = { SAYSO_URL: server.url, SAYSO_KEY: KEY }
    const diff = async (...args: readonly string[]) => {
      const ended = await say(['policy', 'diff', ...args], env)
      expect(ended).toMatchObject({ code: 2, out: '' })
      return ended.err
    }
    const less = file('less.yaml')
    const broken = await diff(file('broken.yaml'))
    expect(broken).toMatch(/broken.yaml:\d+:\d+: .+\n.+broken.yaml:\d+:\d+: /)
    expect(broken).toContain('is not a valid policy; mend what is listed')
    expect(await diff(less, '--key', 'harbour.first:wrong')).toContain('check the key in SAYSO_KEY')
    expect(await diff(less, '--key', 'secret')).toContain('as `app.key:secret`')
    expect(await diff(less, '--server', 'localhost')).toContain('is not an http or https address')
    expect(await diff(less, '--server', NOWHERE)).toContain('cannot be reached: ')
    expect(await diff(less, '--server', `${server.url}/elsewhere`)).toContain('status 404')
    const keyless = await run(['policy', 'diff', less], { env: { ...env, SAYSO_KEY: '' } })
    expect(keyless).toMatchObject({ code: 2, err: expect.stringContaining('set SAYSO_KEY') })
  })

  test('carries the key nowhere but to the address it was given', async () => {
    const asked: string[] = []
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(307, { location: '/again' }).end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const { port } = elsewhere.address() as { port: number }
    const env = { SAYSO_URL: `http://127.0.0.1:${port}/`, SAYSO_KEY: KEY }
    const ended = await run(['policy', 'diff', file('less.yaml')], { env })
    elsewhere.close()
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('status 307') })
    expect(ended.err).not.toContain(KEY)
    expect(asked).toEqual(['/api/v1/policy'])
  })
})

describe('test', () => {
  test('plays files and folders with a policy, passing over what is none', async () => {
    const ended = await policy('test', file('scenario.yaml'), file('suite'), '--policy', POLICY)
    expect(ended).toEqual({ code: 0, out: '6 passed, 0 failed\n', err: '' })
  })

  test('prints what failed at its place and ends with 1', async () => {
    const path = file('failing.yaml')
    const ended = await policy('test', path, file('scenario.yaml'), '--policy', POLICY)
    const failure = (column: number, action: string) =>
      `${path}:6:${column}: crew only: may \`user:bo\` \`${action}\` on \`dock:red\`: expected yes, got no, never_granted\n`
    expect(ended).toEqual({
      code: 1,
      out: `${failure(62, 'publish')}${failure(71, 'subscribe')}5 passed, 2 failed\n`,
      err: '',
    })
    const json = await policy('test', path, '--policy', POLICY, '--json')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out)).toMatchObject({
      passed: 2,
      failed: 2,
      invalid: 0,
      files: [{ file: path, name: 'Sailing', checks: [{}, {}, { line: 6, passed: false }, {}] }],
    })
  })

  test('ends with 2 if a file is no scenario, and plays the others', async () => {
    const own = file('own.yaml')
    const indented = OLD.replace(/^/gm, '  ')
    await writeFile(own, SCENARIO.replace('resources:', `policy:\n${indented}\nresources:`))
    const ended = await policy('test', own, file('failing.yaml'), POLICY)
    expect(ended).toMatchObject({ code: 2, err: '' })
    expect(ended.out.split('\n')).toEqual([
      `${file('failing.yaml')}:1:1: \`policy\` is missing; add \`policy\`, or give one`,
      `${POLICY}:1:1: this is a policy, not a scenario; name scenario files, and give the policy with --policy`,
      '3 passed, 0 failed, 2 files not valid',
      '',
    ])
  })

  test('ends with 2 if there is nothing to play, or no policy to play it with', async () => {
    const none = await policy('test', file('empty'))
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('there is no scenario') })
    expect(await policy('test', file('none'))).toMatchObject({ code: 2, out: '' })
    const broken = await policy('test', file('scenario.yaml'), '--policy', file('broken.yaml'))
    expect(broken).toMatchObject({ code: 2, err: expect.stringContaining('broken.yaml:38:') })
  })
})

describe('apply', () => {
  test('puts a file in force with its reason, once', async () => {
    const server = await serve()
    const less = file('less.yaml')
    const first = await at(server)('apply', less, '--reason', 'quiet docks', '--yes')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toContain('  role `sailor` of `dock` can no longer `presence`\nImpact at')
    expect(first.out).toMatch(/\nApplied at revision \d+, version [0-9a-f]{32}\.\n$/)
    expect(await at(server)('diff', less)).toMatchObject({ code: 0 })
    const again = await at(server)('apply', less, '--reason', 'again', '-y', '--json')
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('no difference') })
    expect(JSON.parse(again.out)).toMatchObject({ applied: false, equal: true })
    const back = await at(server)('apply', file('commented.yaml'), '--reason=back', '-y', '--json')
    expect(JSON.parse(back.out)).toMatchObject({ applied: true, revision: expect.any(Number) })
    const asWritten = await at(server)('apply', POLICY, '--reason', 'no comment', '-y')
    expect(asWritten.out).toContain('Only how it is written differs')
    expect(asWritten).toMatchObject({ code: 0, out: expect.stringContaining('Applied at') })
  })

  test('needs --yes where nobody can answer', async () => {
    const ended = await at(await serve())('apply', file('less.yaml'), '--reason', 'x')
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('then add --yes')
  })

  test('ends with 1 and changes nothing if the file or the server says no', async () => {
    const server = await serve()
    const apply = (name: string, reason = 'x') =>
      at(server)('apply', file(name), '--reason', reason, '--yes')
    const broken = await apply('broken.yaml')
    expect(broken).toMatchObject({ code: 1, out: '' })
    expect(broken.err).toMatch(/broken.yaml:\d+:\d+: /)
    const foreign = await apply('other-tenant.yaml')
    expect(foreign).toMatchObject({ code: 1 })
    expect(foreign.err).toContain('keep `tenant.key: harbour`')
    const long = await apply('less.yaml', 'x'.repeat(501))
    expect(long).toMatchObject({ code: 1, err: expect.stringContaining('`reason`') })
    expect(await at(server)('diff', POLICY)).toMatchObject({ code: 0 })
  })

  test('ends with 1 for a key that may not', async () => {
    const server = await serve()
    await server.stop()
    await putPlainKey(server)
    const { url } = await server.again()
    const limited = at({ ...server, url }, 'harbour.plain:secret')
    const ended = await limited('apply', file('less.yaml'), '--reason', 'x', '--yes')
    expect(ended).toEqual({
      code: 1,
      out: '',
      err: 'sayso: the server refuses: this key may not read the policy; use a key with the `admin` scope\n',
    })
    expect(await limited('diff', file('less.yaml'))).toMatchObject({ code: 2 })
  })

  test('ends with 2 if there is no server', async () => {
    const env = { SAYSO_URL: NOWHERE, SAYSO_KEY: KEY }
    const args = ['policy', 'apply', file('less.yaml'), '--reason', 'x', '--yes']
    expect(await run(args, { env })).toMatchObject({ code: 2, out: '' })
  })
})

describe('apply at a terminal', () => {
  const isOld = async (server: Serving) => {
    const env = { SAYSO_URL: server.url, SAYSO_KEY: KEY }
    return (await say(['policy', 'diff', POLICY], env)).code === 0
  }

  /** Somebody sits there: waits for the question, does something, and answers. */
  async function answering(server: Serving, answer: string, meanwhile = async () => {}) {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
    const env = { SAYSO_URL: server.url, SAYSO_KEY: KEY }
    const terminal = { env, stdin, stdout, stderr, isInteractive: true }
    let asked = ''
    stderr.on('data', (chunk: Buffer) => {
      const before = asked.includes('[yes/no]')
      asked += chunk
      if (before || !asked.includes('[yes/no]')) return
      void meanwhile().then(() => stdin.end(answer))
    })
    const args = ['policy', 'apply', file('less.yaml'), '--reason', 'quiet docks']
    const code = await sayso(args, terminal)
    stdout.end()
    return { code, out: await text(stdout), err: asked }
  }

  test('asks after showing what it does, and applies on yes', async () => {
    const server = await serve()
    const ended = await answering(server, 'yes\n')
    expect(ended.err).toBe(`Put this in force on ${server.url}? [yes/no] `)
    expect(ended.out).toMatch(/can no longer `presence`[\s\S]*Applied at revision/)
    expect(ended.code).toBe(0)
  })

  test.each(['no\n', '\n', 'yesterday\n', ''])('does nothing on %j', async (answer) => {
    const server = await serve()
    const ended = await answering(server, answer)
    expect(ended).toMatchObject({ code: 1, out: expect.stringContaining('Not applied.') })
    expect(await isOld(server)).toBe(true)
  })

  test('refuses what nobody has seen: rights moved while it was asking', async () => {
    const server = await serve()
    const ended = await answering(server, 'yes\n', async () => {
      await signUp(server, 'Ada')
    })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('rights have moved since revision')
    expect(ended.err).toContain('look again at what the change would do')
    expect(await isOld(server)).toBe(true)
  })

  test('says that it is in doubt if the server is gone when it is told', async () => {
    const server = await serve()
    const ended = await answering(server, 'yes\n', () => server.stop())
    expect(ended.code).toBe(2)
    expect(ended.err).toContain('see with `sayso policy diff` whether it was applied')
  })
})

/** Gives the app of a stopped server a key without scopes, as no door makes one yet. */
async function putPlainKey({ folder: data }: Serving): Promise<void> {
  const secret = (await readFile(join(data, 'secret'), 'utf8')).trim()
  const store = await openSqliteStore({ folder: data })
  await store.transact({
    entries: [
      {
        kind: 'rights',
        changes: [
          {
            kind: 'put-key',
            key: {
              id: 'plain' as KeyId,
              name: 'Plain',
              capability: { '*': ['*'] },
              scopes: [],
              sealedSecret: sealer(secret).seal('secret'),
              createdAtMs: 0,
            },
          },
        ],
        cause: { command: 'create-key' },
      },
    ],
    audit: { command: 'create-key', actor: 'server', target: 'key:plain' },
  })
  await store.close()
}
