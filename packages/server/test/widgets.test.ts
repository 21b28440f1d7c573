// Widgets over our own API: what owners say of them is checked, kept and shown; secrets are shown once.

import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUp, signUp } from './people.ts'
import { endAll, type Serving, serve } from './serving.ts'
import { begin, byKey, door, makeTenant, makeWidget, serveDesk, visit } from './widget-case.ts'

let server: Serving
beforeAll(async () => {
  server = await serveDesk()
})
afterAll(endAll)

describe('a widget', () => {
  test('is made with what is usual, read, changed by its version, and removed', async () => {
    const made = await byKey(server, 'POST', '/desk/widgets', { name: 'Shop' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      name: 'Shop',
      tenant: 'default',
      isOn: true,
      sites: [],
      look: { colour: '#0d6b62', position: 'right', launcher: 'bubble', theme: 'auto' },
      identity: { isRequired: false, keys: [] },
      routing: 'manual',
      limits: { sessions: 60, conversations: 10, messages: 30 },
    })
    const path = `/desk/widgets/${made.body.id}`
    expect((await byKey(server, 'GET', path)).body).toEqual(made.body)
    const put = await byKey(server, 'PUT', path, {
      name: 'Shop 2',
      sites: ['https://shop.example'],
    })
    expect(put.body).toMatchObject({ name: 'Shop 2', sites: ['https://shop.example'] })
    const { items } = (await byKey(server, 'GET', '/desk/widgets')).body as {
      items: { id: string }[]
    }
    expect(items.map(({ id }) => id)).toContain(made.body.id)
    expect((await byKey(server, 'DELETE', path)).status).toBe(200)
    expect(await byKey(server, 'GET', path)).toMatchObject({
      status: 404,
      body: { code: 'widget_unknown' },
    })
  })

  test.each([
    ['a site with a path', { sites: ['https://shop.example/x'] }],
    [
      'a site that ends the header',
      { sites: ["https://shop.example; script-src 'unsafe-inline'"] },
    ],
    ['a site that is everything', { sites: ['*'] }],
    ['a zone that is none', { hours: { zone: 'Europe/Atlantis', week: {} } }],
    [
      'hours that end before they start',
      { hours: { zone: 'UTC', week: { mon: [['17:00', '09:00']] } } },
    ],
    ['a choice without options', { form: { fields: [{ key: 'a', label: 'A', kind: 'choice' }] } }],
    [
      'a field twice',
      {
        form: {
          fields: [
            { key: 'a', label: 'A' },
            { key: 'a', label: 'B' },
          ],
        },
      },
    ],
    ['a colour that is a style', { look: { colour: 'red;}' } }],
    ['a picture that is a script', { look: { logo: 'javascript:alert(1)' } }],
    ['an address with a password', { context: { url: 'https://a:b@shop.example/x' } }],
    ['a word nobody knows', { colour: '#000000' }],
  ])('refuses %s, naming the place', async (_what, said) => {
    const answer = await byKey(server, 'POST', '/desk/widgets', { name: 'Shop', ...said })
    expect(answer.status).toBe(400)
    expect(String(answer.body.detail)).toMatch(/`/)
  })

  test('has two keys at most, whose secrets are shown once and lie sealed', async () => {
    const widget = await makeWidget(server)
    const path = `/desk/widgets/${widget.id}`
    const second = await byKey(server, 'POST', `${path}/keys`)
    expect(String(second.body.secret)).toHaveLength(43)
    expect((await byKey(server, 'POST', `${path}/keys`)).body.code).toBe('conflict')
    const shown = await byKey(server, 'GET', path)
    const { keys } = shown.body.identity as { keys: { id: string }[] }
    expect(keys.map(({ id }) => id)).toEqual([widget.key, second.body.id])
    expect(JSON.stringify(shown.body)).not.toContain('ecret')
    for (const file of ['sayso.db', 'sayso.db-wal'])
      expect(readFileSync(join(server.folder, file)).includes(widget.secret)).toBe(false)
    expect((await byKey(server, 'DELETE', `${path}/keys/${widget.key}`)).status).toBe(200)
    expect((await byKey(server, 'DELETE', `${path}/keys/${widget.key}`)).body.code).toBe(
      'key_unknown',
    )
    const audit = await byKey(server, 'GET', '/audit?command=make-widget-key')
    expect(JSON.stringify(audit.body)).toContain(widget.id)
    expect(JSON.stringify(audit.body)).not.toContain(widget.secret)
  })

  test('keeps the secret for its owner’s server until the address is another one', async () => {
    const made = await byKey(server, 'POST', '/desk/widgets', {
      name: 'Shop',
      context: { url: 'https://shop.example/visitor' },
    })
    const { contextSecret, id } = made.body
    expect(contextSecret).toMatch(/^whsec_/)
    const put = (url: string) =>
      byKey(server, 'PUT', `/desk/widgets/${id}`, { name: 'Shop', context: { url } })
    expect((await put('https://shop.example/visitor')).body.contextSecret).toBeUndefined()
    const other = (await put('https://other.example/visitor')).body.contextSecret
    expect(other).toMatch(/^whsec_/)
    expect(other).not.toBe(contextSecret)
  })

  test('is its tenant’s: whoever runs another one sees none of it, as if it were not there', async () => {
    const served = await serveDesk()
    const owner = await setUp(served)
    await makeTenant(served, 'north')
    await makeTenant(served, 'south')
    const ada = await signUp(served, 'Ada')
    const changes = [{ assign: `tenant:south#admin@user:${ada.id}` }]
    await owner.call('POST', '/api/v1/changes', { changes })
    const north = await makeWidget(served, { tenant: 'north' })
    const call = async (method: string, path: string, body?: unknown) => {
      const response = await ada.call(method, `/api/v1${path}`, body)
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    }
    const own = await call('POST', '/desk/widgets', { name: 'South' })
    expect(own).toMatchObject({ status: 201, body: { tenant: 'south' } })
    expect((await call('GET', '/desk/widgets')).body.items).toHaveLength(1)
    expect((await call('POST', '/desk/widgets', { name: 'X', tenant: 'north' })).body.code).toBe(
      'resource_unknown',
    )
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '', { name: 'Mine' }],
      ['DELETE', '', undefined],
      ['POST', '/keys', undefined],
      ['DELETE', `/keys/${north.key}`, undefined],
    ] as const) {
      const theirs = await call(method, `/desk/widgets/${north.id}${path}`, body)
      const missing = await call(method, `/desk/widgets/${served.url.length}.none${path}`, body)
      expect(theirs).toEqual(missing)
      expect(theirs.status).toBe(404)
    }
  })
})

describe('what a site loads', () => {
  test('is the loader by a name for minutes and one for ever, and a frame that only its sites may show', async () => {
    const built = await mkdtemp(join(tmpdir(), 'sayso-widget-'))
    await mkdir(join(built, 'assets'))
    await writeFile(join(built, 'loader.js'), 'globalThis.sayso = 1\n')
    await writeFile(join(built, 'frame.html'), '<!doctype html><title>Chat</title>')
    await writeFile(join(built, 'assets', 'panel-1a2b.js'), 'export {}\n')
    const served = await serve({}, { widget: built })
    const widget = await makeWidget(served, {
      sites: ['https://shop.example', 'https://*.shop.example'],
      look: { logo: 'https://cdn.example/logo.png' },
    })
    const get = (path: string, headers = {}) => fetch(served.url + path, { headers })
    const loader = await get('/widget.js')
    expect(loader.status).toBe(200)
    expect(loader.headers.get('cache-control')).toMatch(/^private, max-age=300/)
    expect(loader.headers.get('access-control-allow-origin')).toBe('*')
    const etag = loader.headers.get('etag') ?? ''
    expect((await get('/widget.js', { 'if-none-match': etag })).status).toBe(304)
    const versioned = await get(`/widget/${etag.slice(1, etag.indexOf('-'))}.js`)
    expect(await versioned.text()).toBe('globalThis.sayso = 1\n')
    expect(versioned.headers.get('cache-control')).toMatch(/immutable/)
    expect((await get('/widget/assets/panel-1a2b.js')).headers.get('cache-control')).toMatch(
      /immutable/,
    )
    const frame = await get(`/widget/frame?widget=${widget.id}`)
    const policy = frame.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'self' https://shop.example https://*.shop.example")
    expect(policy).toContain("img-src 'self' data: blob: https://cdn.example")
    expect(policy).not.toContain('unsafe')
    expect(frame.headers.getSetCookie()).toEqual([])
    const preview = await get('/widget/frame?preview=1')
    const strict = preview.headers.get('content-security-policy') ?? ''
    expect([preview.status, strict.split('; ').at(-1)]).toEqual([200, "frame-ancestors 'self'"])
    expect(strict).not.toContain('connect-src')
    for (const path of [
      '/widget/frame',
      '/widget/frame?widget=harbour.none',
      '/widget/frame.html',
      '/widget/loader.js',
      '/widget/assets/none.js',
      '/widget/0000000000000000.js',
    ]) {
      const none = await get(path)
      expect([path, none.status]).toEqual([path, 404])
      expect(none.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    }
    await rm(built, { recursive: true })
  })
})

describe('the configuration', () => {
  test('says what everybody may know, and nothing else', async () => {
    const widget = await makeWidget(server, {
      texts: { greeting: 'Hi!' },
      context: { url: 'https://shop.example/visitor' },
      form: { fields: [{ key: 'email', label: 'E-mail', kind: 'email', required: true }] },
    })
    const { status, body, text } = await door(server, 'GET', `/config?widget=${widget.id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: widget.id, name: 'Shop', texts: { greeting: 'Hi!' } })
    expect(body.availability).toBeDefined()
    for (const hidden of ['context', 'keys', 'ecret', 'sites', 'limits', 'tenant', widget.key])
      expect(text).not.toContain(hidden)
  })

  test('says by the clocks of the owner whether somebody is there, and when again', async () => {
    const closed = { zone: 'Europe/Berlin', week: {}, holidays: [] }
    const never = await makeWidget(server, { hours: closed })
    const answer = await door(server, 'GET', `/config?widget=${never.id}`)
    expect(answer.body.availability).toEqual({ state: 'offline' })
  })

  test('is not there for a widget that is turned off, removed, or of nobody', async () => {
    const off = await makeWidget(server, { isOn: false })
    const none = await door(server, 'GET', '/config?widget=harbour.none')
    const same = await door(server, 'GET', `/config?widget=${off.id}`)
    expect(same.text).toBe(none.text)
    expect([same.status, none.status]).toEqual([404, 404])
    expect((await begin(server, off)).body.code).toBe('widget_unknown')
    expect((await door(server, 'GET', '/config')).status).toBe(404)
    expect((await door(server, 'GET', '/config?widget=otherapp.x')).text).toBe(none.text)
  })
})

test('says how the launchers of the site that asks look, and of no other', async () => {
  const built = await mkdtemp(join(tmpdir(), 'sayso-widget-'))
  await writeFile(
    join(built, 'loader.js'),
    "globalThis.looks = JSON.parse(`__SAYSO_LOOKS__`.replace(/^__.*__$/, '{}'))\n",
  )
  const served = await serve({}, { widget: built })
  const title = ['`$', '{globalThis.broken = 1}` \' " \\ </script>'].join('')
  const own = await makeWidget(served, {
    sites: ['https://shop.example', 'https://*.shop.example'],
    look: { colour: '#8a4b2f', position: 'left' },
    texts: { title },
  })
  const other = await makeWidget(served, { sites: ['https://other.example'] })
  const looksOn = async (referer?: string) => {
    const headers = referer === undefined ? {} : { referer }
    const answer = await fetch(`${served.url}/widget.js`, { headers })
    expect(answer.headers.get('vary')).toContain('referer')
    const sandbox: { looks?: Record<string, unknown>; broken?: unknown } = {}
    runInNewContext(await answer.text(), sandbox)
    expect(sandbox.broken).toBeUndefined()
    return sandbox.looks ?? {}
  }
  const look = { colour: '#8a4b2f', position: 'left', launcher: 'bubble', theme: 'auto' }
  for (const page of ['https://shop.example/', 'https://a.shop.example/cup?x=1'])
    expect(await looksOn(page)).toEqual({ [own.id]: { ...look, label: title } })
  expect(Object.keys(await looksOn('https://other.example'))).toEqual([other.id])
  for (const page of [undefined, 'no address', 'https://myshop.example', 'https://.shop.example'])
    expect(await looksOn(page)).toEqual({})
})

test('a widget of another app is served by that app', async () => {
  const served = await serveDesk()
  const app = await byKey(served, 'POST', '/apps', { name: 'Second' })
  const key = String(app.body.key ?? (app.body.firstKey as string))
  const made = await fetch(`${served.url}/api/v1/desk/widgets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Other' }),
  })
  const widget = (await made.json()) as { id: string }
  expect(made.status).toBe(201)
  const session = await visit(served, widget)
  expect(session.device.split('.')[0]).toBe(widget.id.split('.')[0])
  const page = { url: 'https://shop.example/' }
  const put = await door(served, 'PUT', '/page', { device: session.device, body: page })
  expect(put.status).toBe(204)
})
