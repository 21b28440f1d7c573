// Apps side by side in one server: made and removed over the API, sealed from each other at every public door, and
// there again after a restart.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, admin } from '../lib/admin.ts'
import { owner, type Person, signUp } from '../lib/person.ts'
import { openRaw } from '../lib/raw.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { closeClients, codeOf, failure, listen, realtime, rest, until } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'

let server: Server
let boss: Person
let guest: Person

beforeAll(async () => {
  server = await startServer({ env: { SAYSO_SIGN_UP: 'open' } })
  boss = await owner(server)
  guest = await signUp(server, 'Guest')
})
afterEach(closeClients)
afterAll(() => server.remove())

type App = { readonly id: string; readonly key: string }

async function make(name: string, more: object = {}): Promise<App> {
  const { status, body } = await admin(server, 'POST', '/apps', { name, ...more })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return { id: String(body.id), key: String(body.key) }
}

const bearer = ({ key }: Pick<App, 'key'>) => ({ authorization: `Bearer ${key}` })
const session = ({ cookie }: Person, more: Readonly<Record<string, string>> = {}) => {
  return { cookie, origin: server.url, ...more }
}

async function idsOf(answered: Promise<Answered>): Promise<string[]> {
  return ((await answered).body.items as { id: string }[]).map(({ id }) => id)
}

/** What a door answers, without the ids that were asked for. */
async function said(path: string, headers: Readonly<Record<string, string>>, ...ids: string[]) {
  const response = await fetch(`${server.url}${path}`, { headers })
  const text = ids.reduce((all, id) => all.replaceAll(id, 'ID'), await response.text())
  return { status: response.status, text: text.replaceAll(/"explanation":"[^"]*"/g, '') }
}

describe('the list of apps', () => {
  test('one is made, named anew, listed, and removed with its folder', async () => {
    const made = await make('Shop', { project: 'shop', environment: 'dev' })
    expect(made.key).toMatch(new RegExp(`^${made.id}\\.\\w{6}:[\\w-]{32}$`))
    const folder = join(server.data, 'apps', made.id)
    expect(existsSync(folder)).toBe(true)
    const twice = await admin(server, 'POST', '/apps', {
      name: 'Again',
      project: 'shop',
      environment: 'dev',
    })
    expect(twice).toMatchObject({ status: 409, body: { code: 'conflict' } })
    const changed = await admin(server, 'PATCH', `/apps/${made.id}`, { name: 'Store' })
    expect(changed.body).toMatchObject({ id: made.id, name: 'Store', project: 'shop' })
    expect(changed.body).not.toHaveProperty('key')
    expect(await idsOf(admin(server, 'GET', '/apps'))).toContain(made.id)
    const path = `${server.url}/api/v1/apps/${made.id}`
    const removed = await fetch(path, { method: 'DELETE', headers: bearer({ key: KEY }) })
    expect(removed.status).toBe(204)
    expect(existsSync(folder)).toBe(false)
    expect(await idsOf(admin(server, 'GET', '/apps'))).not.toContain(made.id)
    const log = await admin(server, 'GET', `/audit?target=app:${made.id}`)
    const lines = log.body.items as { command: string; address: string }[]
    expect(lines.map(({ command }) => command)).toEqual(['remove-app', 'change-app', 'create-app'])
    expect(lines.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1'])
  })

  test('is of the main app: neither guests nor keys of other apps see it', async () => {
    const made = await make('Sealed')
    expect(await admin(server, 'GET', '/apps', undefined, session(guest))).toMatchObject({
      status: 403,
    })
    const missing = await said('/api/v1/nothing', bearer(made), 'nothing')
    expect(await said('/api/v1/apps', bearer(made), 'apps')).toEqual(missing)
    expect(missing.status).toBe(404)
    const main = KEY.split('.')[0]
    expect(await admin(server, 'DELETE', `/apps/${main}`)).toMatchObject({ status: 409 })
  })
})

describe('apps are sealed from each other', () => {
  let one: App
  let two: App

  beforeAll(async () => {
    one = await make('One')
    two = await make('Two')
  })

  test('the same channel and the same clientId are others in each', async () => {
    const heardIn = async ({ key }: App) => {
      const client = realtime(server.port, { key, clientId: 'ann' })
      const { channel, messages } = await listen(client, 'quay')
      await channel.presence.enter('here')
      return { client, channel, messages }
    }
    const [first, second, main] = [
      await heardIn(one),
      await heardIn(two),
      await heardIn({ ...one, key: KEY }),
    ]
    await rest(server.port, { key: one.key }).channels.get('quay').publish('n', 'for one')
    await rest(server.port, { key: two.key }).channels.get('quay').publish('n', 'for two')
    await main.channel.publish('n', 'for main')
    expect((await first.messages.count(1))[0]?.data).toBe('for one')
    expect((await second.messages.count(1))[0]?.data).toBe('for two')
    expect((await main.messages.count(1))[0]?.data).toBe('for main')
    for (const { channel } of [first, second, main])
      expect((await channel.presence.get()).map(({ data }) => data)).toEqual(['here'])
    for (const [app, text] of [
      [one, 'for one'],
      [two, 'for two'],
    ] as const) {
      const page = await rest(server.port, { key: app.key }).channels.get('quay').history()
      expect(page.items.map(({ data }) => data)).toEqual([text])
    }
  })

  test('a key or a token of one is of nobody in another', async () => {
    const [, secretOfOne = ''] = one.key.split(':')
    const [nameOfTwo = ''] = two.key.split(':')
    const details = await rest(server.port, { key: one.key }).auth.requestToken()
    // By its own app it is known, wherever it is shown.
    await rest(server.port, { token: details.token }).channels.get('pier').publish('n', 'x')
    const elsewhere = rest(server.port, { key: two.key }).channels.get('pier')
    expect((await elsewhere.history()).items).toEqual([])
    // A secret of one under the name of a key of another proves nothing.
    const forged = `Bearer ${jwt({ keyName: nameOfTwo, secret: secretOfOne })}`
    const { text } = await said('/channels/quay/messages', { authorization: forged })
    expect(JSON.parse(text)).toMatchObject({ error: { code: 40144 } })
    const wrong = rest(server.port, { key: `${nameOfTwo}:${secretOfOne}` })
    expect(await codeOf(wrong.channels.get('quay').history())).toBe(40101)
    // A token request under the name of one with the key of the other.
    const crossed = await fetch(`${server.url}/keys/${nameOfTwo}/requestToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(one.key)}` },
      body: JSON.stringify({ keyName: nameOfTwo, timestamp: Date.now() }),
    })
    expect(crossed.status).toBe(401)
    // A renewal with it ends a connection of the other.
    const ofTwo = await rest(server.port, { key: two.key }).auth.requestToken()
    const client = realtime(server.port, { token: ofTwo.token })
    await until(client, 'connected')
    await failure(client.auth.authorize(undefined, { token: details.token }))
    expect(client.connection.errorReason).toMatchObject({ code: 40400 })
  })

  test('what is not there and what is of another app answer alike, byte for byte', async () => {
    const cove = rest(server.port, { key: two.key }).channels.get('cove')
    await cove.publish('n', 'x')
    const { items } = await cove.history()
    const serial = items[0]?.serial ?? ''
    const nowhere = '01700000000000-000@nowhere:000'
    const basic = { authorization: `Basic ${btoa(one.key)}` }
    expect(await said(`/channels/cove/messages/${serial}`, basic, serial)).toEqual(
      await said(`/channels/cove/messages/${nowhere}`, basic, nowhere),
    )
    // People, channels and keys of another app are missing people, channels and keys.
    const ask = (subject: string) =>
      `/api/v1/explain?subject=user:${subject}&action=publish&on=channel:general`
    expect(await said(ask(boss.id), bearer(one), boss.id)).toEqual(
      await said(ask('nobody'), bearer(one), 'nobody'),
    )
    const removedKey = { authorization: `Basic ${btoa(`${one.id}.nosuch:secret`)}` }
    const removedApp = { authorization: `Basic ${btoa('zzzzzzzz.nosuch:secret')}` }
    expect(await said('/channels/cove', removedKey)).toEqual(
      await said('/channels/cove', removedApp),
    )
    const named = (keyName: string) => ({
      authorization: `Bearer ${jwt({ keyName, secret: 'of nobody' })}`,
    })
    const [here, missing] = [`${one.id}.nosuch`, 'zzzzzzzz.nosuch']
    for (const path of ['/channels/cove', '/channels/cove/messages'])
      expect(await said(path, named(here), here)).toEqual(await said(path, named(missing), missing))
    const native = (keyName: string) => {
      const said = [keyName, 'id', Date.now(), Date.now() + 60_000, null, null, null]
      const [appId] = keyName.split('.')
      const payload = Buffer.from(JSON.stringify(said)).toString('base64url')
      return { authorization: `Bearer ${appId}.${payload}~AAAA` }
    }
    expect(await said('/channels/cove', native(here), here)).toEqual(
      await said('/channels/cove', native(missing), missing),
    )
    const told = async (keyName: string) => {
      const { first, ws } = await openRaw(server.port, { access_token: jwt({ keyName }) })
      ws.terminate()
      return JSON.stringify(first).replaceAll(keyName, 'ID')
    }
    expect(await told(here)).toBe(await told(missing))
    for (const path of ['/api/v1/policy', '/api/v1/audit'])
      expect(await said(path, { authorization: `Bearer ${one.id}.nosuch:secret` })).toEqual(
        await said(path, { authorization: 'Bearer zzzzzzzz.nosuch:secret' }),
      )
  })

  test('each has its own policy, people, keys and audit log', async () => {
    const before = await admin(server, 'GET', '/policy', undefined, bearer(two))
    const text = String((await admin(server, 'GET', '/policy', undefined, bearer(one))).body.text)
    const renamed = text.replace(/^ {2}title: .*$/m, '  title: Another name')
    const put = await admin(server, 'PUT', '/policy', { text: renamed }, bearer(one))
    expect(put.status).toBe(200)
    const given = await admin(
      server,
      'POST',
      '/changes',
      { changes: [{ person: 'user:ann', attributes: { name: 'Ann of one' } }] },
      bearer(one),
    )
    expect(given.status).toBe(200)
    const after = await admin(server, 'GET', '/policy', undefined, bearer(two))
    expect(after.body).toEqual(before.body)
    const commands = async (app: Pick<App, 'key'>) => {
      const { body } = await admin(server, 'GET', '/audit', undefined, bearer(app))
      return (body.items as { command: string }[]).map(({ command }) => command)
    }
    expect(await commands(one)).toEqual([
      'change-rights',
      'apply-policy',
      'create-key',
      'found-app',
    ])
    expect(await commands(two)).toEqual(['create-key', 'found-app'])
  })
})

describe('a session of the main app', () => {
  test('acts in another by header, if the person may manage apps, and is named in its audit log', async () => {
    const made = await make('By header')
    const header = { 'sayso-app': made.id }
    const body = { changes: [{ person: 'user:ann', attributes: { name: 'Ann' } }] }
    const done = await admin(server, 'POST', '/changes', body, session(boss, header))
    expect(done.status).toBe(200)
    const log = await admin(server, 'GET', '/audit?limit=1', undefined, bearer(made))
    const actor = `user:${boss.id}@${KEY.split('.')[0]}`
    expect(log.body.items).toMatchObject([{ command: 'change-rights', actor }])
    const inMain = await admin(server, 'GET', '/audit?command=change-rights')
    expect(inMain.body.items).toEqual([])
    // The owner is nobody's person there, and the session opens no realtime door of that app.
    const token = await fetch(`${server.url}/api/realtime/token`, {
      headers: session(boss, header),
    })
    expect(token.status).toBe(404)
  })

  test('nobody else gets anywhere by header, nor learns which apps there are', async () => {
    const made = await make('Not theirs')
    const asGuest = (id: string) => said('/api/v1/policy', session(guest, { 'sayso-app': id }))
    expect(await asGuest(made.id)).toEqual(await asGuest('zzzzzzzz'))
    expect((await asGuest(made.id)).status).toBe(403)
    const nobody = (id: string) => said('/api/v1/policy', { 'sayso-app': id })
    expect(await nobody(made.id)).toEqual(await nobody('zzzzzzzz'))
    expect((await nobody(made.id)).status).toBe(401)
    const asBoss = await said('/api/v1/policy', session(boss, { 'sayso-app': 'zzzzzzzz' }))
    expect(asBoss.status).toBe(404)
    expect(JSON.parse(asBoss.text)).toMatchObject({ code: 'app_unknown' })
    const foreign = { cookie: boss.cookie, origin: 'https://evil.example', 'sayso-app': made.id }
    const written = await admin(server, 'POST', '/changes', { changes: [] }, foreign)
    expect(written).toMatchObject({ status: 403, body: { code: 'foreign_origin' } })
  })
})

describe('removing an app', () => {
  test('ends its connections with the reason, and its keys are nobody’s', async () => {
    const made = await make('Leaving')
    const client = realtime(server.port, { key: made.key })
    await until(client, 'connected')
    const bystander = realtime(server.port)
    await until(bystander, 'connected')
    const headers = bearer({ key: KEY })
    await fetch(`${server.url}/api/v1/apps/${made.id}`, { method: 'DELETE', headers })
    await until(client, 'failed')
    expect(client.connection.errorReason).toMatchObject({ code: 40400 })
    expect(bystander.connection.state).toBe('connected')
    const gone = rest(server.port, { key: made.key }).channels.get('quay').history()
    expect(await codeOf(gone)).toBe(40400)
    const again = realtime(server.port, { key: made.key })
    await until(again, 'failed')
    expect(again.connection.errorReason).toMatchObject({ code: 40101 })
  })
})

describe('a restart', () => {
  test('finds every app with what it had, and lets connections go on', async () => {
    const made = await make('Lasting')
    const client = realtime(server.port, { key: made.key })
    const { messages } = await listen(client, 'quay')
    await until(client, 'connected')
    const { id } = client.connection
    await server.kill('SIGKILL')
    server = await server.restart()
    await rest(server.port, { key: made.key }).channels.get('quay').publish('n', 'after')
    expect((await messages.count(1))[0]?.data).toBe('after')
    expect(client.connection.id).toBe(id)
    expect(await idsOf(admin(server, 'GET', '/apps'))).toContain(made.id)
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(Number(/^sayso_apps (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(1)
  })
})
