// What a visitor holds opens the visitors' door and nothing else: every route of the server, from its own tables.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Action } from '@sayso/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ABLY_ROUTES } from '../src/rest/ably/routes.ts'
import { APP_ROUTES } from '../src/rest/app/routes.ts'
import { AUTHZEN_DOORS } from '../src/rest/authzen/authzen.ts'
import { PERMIT_ROUTES } from '../src/rest/permit/routes.ts'
import { WIDGET_ROWS } from '../src/rest/widget/widget-rest.ts'
import { setUp } from './people.ts'
import { rawClient } from './raw-client.ts'
import { endAll, type Serving } from './serving.ts'
import {
  byKey,
  door,
  makeWidget,
  type Session,
  serveDesk,
  signed,
  type TestWidget,
  visit,
} from './widget-case.ts'

let server: Serving
let widget: TestWidget
let session: Session
beforeAll(async () => {
  server = await serveDesk()
  await setUp(server)
  widget = await makeWidget(server)
  session = await visit(server, widget, { identity: signed(widget) })
})
afterAll(endAll)

const filled = (path: string) =>
  path
    .replaceAll(/:version\{[^}]*\}/g, 'v1')
    .replaceAll(/:(key|channel|name)\b(\{[^}]*\})?/g, 'general')
    .replaceAll(/:\w+(\{[^}]*\})?/g, 'x')

async function ask(method: string, path: string, bearer: string) {
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const response = await fetch(server.url + filled(path), {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(hasBody ? { body: '{}' } : {}),
  })
  const text = await response.text()
  return { status: response.status, text }
}

/** What of an answer does not change from one to the next. */
const said = (text: string) => {
  const { code, title, detail, error, error_code } = JSON.parse(text) as Record<string, unknown>
  return { code, title, detail, error_code, error: (error as { code?: number } | undefined)?.code }
}

const OWN = APP_ROUTES.filter(({ needs }) => needs.who !== 'anyone' && needs.who !== 'own-page')

describe('a visitor’s token', () => {
  test.each(
    OWN.filter(({ needs }) => !('hasTokens' in needs)).map(
      ({ method, path }) => [method, path] as const,
    ),
  )('is no credential for %s /api/v1%s', async (method, path) => {
    const mine = await ask(method, `/api/v1${path}`, session.token)
    const nonsense = await ask(method, `/api/v1${path}`, 'nonsense')
    expect([401, 403]).toContain(mine.status)
    expect([mine.status, said(mine.text)]).toEqual([nonsense.status, said(nonsense.text)])
  })

  test.each(
    OWN.filter(({ needs }) => 'hasTokens' in needs).map(
      ({ method, path }) => [method, path] as const,
    ),
  )('opens nothing of others by %s /api/v1%s', async (method, path) => {
    const { status } = await ask(method, `/api/v1${path}`, session.token)
    if (path !== '/files/limits') expect([400, 403, 404]).toContain(status)
  })

  test.each(
    ABLY_ROUTES.filter(({ needs }) => needs.who !== 'anyone').map(
      ({ method, path }) => [method, path] as const,
    ),
  )('is refused by %s %s of the realtime REST', async (method, path) => {
    const { status, text } = await ask(method, path, session.token)
    expect([400, 401, 403, 404]).toContain(status)
    expect(text).not.toContain('general is')
  })

  test.each([
    ...PERMIT_ROUTES.filter(({ needs }) => needs !== 'anyone').map(
      ({ method, path }) => [method, path] as const,
    ),
    ...AUTHZEN_DOORS.map(({ path }) => ['POST', path] as const),
  ])('is refused by %s %s', async (method, path) => {
    const mine = await ask(method, path, session.token)
    const nonsense = await ask(method, path, 'nonsense')
    expect([401, 403]).toContain(mine.status)
    expect(mine.status).toBe(nonsense.status)
  })

  test.each(
    WIDGET_ROWS.filter(({ who }) => who === 'visitor').map(
      ({ method, path }) => [method, path] as const,
    ),
  )('is not the secret of a browser: %s /widget/v1%s', async (method, path) => {
    const { status, text } = await ask(method, `/widget/v1${path}`, session.token)
    expect([status, JSON.parse(text).code]).toEqual([401, 'device_unknown'])
  })

  test('attaches to no channel of people, to nothing that is the server’s own, and to no missing one', async () => {
    const client = await rawClient(server.url, { access_token: session.token })
    for (const channel of [
      'chat:general',
      'dm:x',
      '[me]',
      '[desk]',
      '[meta]connection.lifecycle',
      'free',
    ]) {
      const answer = await client.attach(channel)
      expect([channel, answer.action]).toEqual([channel, Action.ERROR])
    }
    client.ws.close()
  })
})

describe('the secret of a browser', () => {
  test('is no key and no token', async () => {
    for (const path of [
      '/api/v1/people',
      '/api/v1/desk/visitors',
      '/channels/desk:x/messages',
      '/keys/x/requestToken',
    ]) {
      const { status } = await ask('GET', path, session.device)
      expect([path, status >= 400]).toEqual([path, true])
    }
  })
})

describe('a visitor who has their data deleted', () => {
  test('is nobody afterwards: no browser, no name, no token, in no file', async () => {
    const own = await makeWidget(server)
    const identity = signed(own, {
      sub: 'gone-77',
      name: 'Xantippe Vanish',
      email: 'xant@example.net',
    })
    const { device, token, visitor } = await visit(server, own, { identity })
    const put = { attributes: { note: 'her-own-note' } }
    await byKey(server, 'PUT', `/desk/visitors/${visitor.id}`, put)
    const client = await rawClient(server.url, { access_token: token })
    expect((await door(server, 'DELETE', '/me', { device })).status).toBe(204)
    await client.closed
    expect((await door(server, 'POST', '/token', { body: { device } })).body.code).toBe(
      'device_unknown',
    )
    expect((await byKey(server, 'GET', `/desk/visitors/${visitor.id}`)).status).toBe(404)
    expect((await byKey(server, 'GET', `/people/${visitor.id}`)).status).toBe(404)
    for (const file of ['sayso.db', 'sayso.db-wal']) {
      const bytes = readFileSync(join(server.folder, file))
      for (const text of ['Xantippe', 'xant@example.net', 'gone-77', 'her-own-note'])
        expect([file, text, bytes.includes(text)]).toEqual([file, text, false])
    }
    // Whoever comes back with a new proof begins anew, at once.
    const again = await visit(server, own, {
      identity: signed(own, { sub: 'gone-77', name: 'Anew' }),
    })
    const next = await rawClient(server.url, { access_token: again.token })
    expect(next.connected.action).toBe(Action.CONNECTED)
    next.ws.close()
    client.ws.close()
  })

  test('takes what they wrote out of their conversation, and leaves others theirs', async () => {
    const served = await serveDesk()
    const own = await makeWidget(served)
    const identity = signed(own, { sub: 'gone-78', name: 'Ophelia Vanish' })
    const gone = await visit(served, own, { identity })
    const stays = await visit(served, own)
    for (const [{ device }, text] of [
      [gone, 'my-private-secret'],
      [stays, 'my-lasting-words'],
    ] as const)
      await door(served, 'POST', '/conversations', { device, body: { text } })
    expect((await door(served, 'DELETE', '/me', { device: gone.device })).status).toBe(204)
    await served.stop()
    const bytes = ['sayso.db', 'sayso.db-wal']
      .map((file) => join(served.folder, file))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file).toString('latin1'))
      .join('')
    for (const text of ['my-private-secret', 'Ophelia', 'gone-78'])
      expect([text, bytes.includes(text)]).toEqual([text, false])
    expect(bytes).toContain('my-lasting-words')
    const later = await served.again()
    const again = await visit(later, own, { identity: signed(own, { sub: 'gone-78' }) })
    expect(again.conversation).toBeNull()
    expect(again.visitor.id).not.toBe(gone.visitor.id)
    const opened = await door(later, 'POST', '/conversations', { device: again.device, body: {} })
    expect(opened).toMatchObject({ status: 201, body: { isNew: true } })
    const kept = await visit(later, own, { device: stays.device })
    expect(kept.conversation).toMatchObject({ state: 'waiting' })
  })
})
