// Pictures: what may be fetched from where, and what is kept. The table of tricks never leaves this process.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openPictures, type PictureOptions } from './avatar.ts'
import { requestGuarded } from './guarded-fetch.ts'
import { fetchPicture, pictureType } from './picture-fetch.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const JPEG = Buffer.from('ffd8ffe000104a46494600', 'hex')
const HOUR = 3_600_000

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listen(handler: RequestListener): Promise<number> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

async function openFolder(options: Partial<PictureOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'))
  closers.push(() => rm(folder, { recursive: true }))
  return { folder, pictures: openPictures({ folder, now: () => 0, ...options }) }
}

type Answer = { status?: number; location?: string; body?: Uint8Array | 'too_large' }

/** A world of hosts and pages; remembers which addresses were asked. */
function world(
  hosts: Readonly<Record<string, readonly string[]>>,
  pages: Readonly<Record<string, Answer>>,
) {
  const asked: string[] = []
  return {
    asked,
    trustedOrigins: [] as readonly string[],
    limitMs: 5_000,
    resolve: async (host: string) => {
      const addresses = hosts[host]
      if (!addresses) throw new Error(`no such host ${host}`)
      return addresses
    },
    request: async ({ url, address }: { url: URL; address: string }) => {
      asked.push(`${address} ${url.href}`)
      const { status = 200, location, body = PNG } = pages[url.href] ?? {}
      return { status, location, body }
    },
  }
}

describe('a picture is fetched', () => {
  test('from the address that was judged', async () => {
    const there = world({ 'pictures.example': ['93.184.216.34', '93.184.216.35'] }, {})
    expect(await fetchPicture('https://pictures.example/ada.png', there)).toEqual({
      ok: true,
      bytes: PNG,
      contentType: 'image/png',
    })
    expect(there.asked).toEqual(['93.184.216.34 https://pictures.example/ada.png'])
  })

  test('through at most three redirects, each judged anew', async () => {
    const hop = (at: number) => `https://hop${at}.example/`
    const hosts = Object.fromEntries(
      [0, 1, 2, 3, 4].map((at) => [`hop${at}.example`, [`8.8.8.${at}`]]),
    )
    const pages = Object.fromEntries(
      [0, 1, 2].map((at) => [hop(at), { status: 302, location: hop(at + 1) }]),
    )
    const three = world(hosts, pages)
    expect(await fetchPicture(hop(0), three)).toMatchObject({ ok: true })
    expect(three.asked.map((line) => line.split(' ')[0])).toEqual([
      '8.8.8.0',
      '8.8.8.1',
      '8.8.8.2',
      '8.8.8.3',
    ])
    const four = world(hosts, { ...pages, [hop(3)]: { status: 308, location: hop(4) } })
    expect(await fetchPicture(hop(0), four)).toEqual({ ok: false, reason: 'too_many_redirects' })
    expect(four.asked).toHaveLength(4)
  })

  test('also by a relative redirect', async () => {
    const there = world(
      { 'a.example': ['8.8.8.8'] },
      { 'https://a.example/x': { status: 301, location: '/y' } },
    )
    expect(await fetchPicture('https://a.example/x', there)).toMatchObject({ ok: true })
    expect(there.asked[1]).toBe('8.8.8.8 https://a.example/y')
  })
})

describe('nobody is sent to places of ours', () => {
  const LITERALS = [
    '127.0.0.1',
    '127.1',
    '0',
    '0x7f.0.0.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '127.0.0.1.',
    '１２７.０.０.１',
    '127。0。0。1',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a9fe:a9fe]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '[0:0:0:0:0:0:0:1]',
  ]
  test.each(LITERALS)('https://%s/', async (host) => {
    const there = world({}, {})
    expect(await fetchPicture(`https://${host}/`, there)).toEqual({
      ok: false,
      reason: 'address_refused',
    })
    expect(there.asked).toEqual([])
  })

  test.each([
    ['localhost', ['127.0.0.1', '::1']],
    ['localtest.me', ['127.0.0.1']],
    ['metadata.google.internal', ['169.254.169.254']],
    ['mixed.example', ['8.8.8.8', '10.0.0.1']],
    ['mixed6.example', ['2606:2800:220:1:248:1893:25c8:1946', 'fe80::1%eth0']],
    ['mapped.example', ['::ffff:127.0.0.1']],
    ['nonsense.example', ['not an address']],
  ])('https://%s/', async (host, addresses) => {
    const there = world({ [host]: addresses }, {})
    expect(await fetchPicture(`https://${host}/`, there)).toMatchObject({
      reason: 'address_refused',
    })
    expect(there.asked).toEqual([])
  })

  test('by a redirect', async () => {
    for (const location of [
      'https://127.0.0.1/',
      'https://inside.example/',
      '//169.254.169.254/latest/meta-data',
      'https://[::1]/',
    ]) {
      const hosts = { 'a.example': ['8.8.8.8'], 'inside.example': ['192.168.0.1'] }
      const there = world(hosts, { 'https://a.example/': { status: 302, location } })
      const refused = await fetchPicture('https://a.example/', there)
      expect(refused, location).toEqual({ ok: false, reason: 'address_refused' })
      expect(there.asked).toHaveLength(1)
    }
  })

  test('by a name that changes its mind: it is asked once, and that answer is connected to', async () => {
    let times = 0
    const there = {
      ...world({}, {}),
      resolve: async () => (++times === 1 ? ['8.8.8.8'] : ['127.0.0.1']),
    }
    expect(await fetchPicture('https://rebind.example/', there)).toMatchObject({ ok: true })
    expect(times).toBe(1)
    expect(there.asked).toEqual(['8.8.8.8 https://rebind.example/'])
  })
})

describe('what is not fetched', () => {
  const there = () => world({ 'a.example': ['8.8.8.8'] }, {})

  test.each([
    '',
    'no url',
    '/ada.png',
    'http://a.example/',
    'https://a.example:8443/',
    'https://a.example:80/',
    'https://ada:secret@a.example/',
    'https://ada@a.example/',
    'ftp://a.example/',
    'file:///etc/passwd',
    'data:image/png;base64,iVBORw0KGgo=',
    'javascript:alert(1)',
    'gopher://a.example/',
    'blob:https://a.example/1',
  ])('%j', async (url) => {
    const place = there()
    expect(await fetchPicture(url, place)).toEqual({ ok: false, reason: 'url_refused' })
    expect(place.asked).toEqual([])
  })

  test.each([
    ['http://a.example/', 'url_refused'],
    ['https://a.example:8443/', 'url_refused'],
    ['file:///etc/passwd', 'url_refused'],
    ['https://', 'unreachable'],
    [undefined, 'unreachable'],
  ])('a redirect to %j', async (location, reason) => {
    const place = world(
      { 'a.example': ['8.8.8.8'] },
      { 'https://a.example/': { status: 302, ...(location !== undefined && { location }) } },
    )
    expect(await fetchPicture('https://a.example/', place)).toEqual({ ok: false, reason })
  })

  test.each([
    [{ status: 404 }, 'unreachable'],
    [{ status: 500 }, 'unreachable'],
    [{ status: 206 }, 'unreachable'],
    [{ body: 'too_large' as const }, 'too_large'],
    [{ body: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') }, 'not_an_image'],
    [{ body: Buffer.from('<!doctype html>') }, 'not_an_image'],
    [{ body: Buffer.from('') }, 'not_an_image'],
    [{ body: Buffer.from('RIFF1234WAVE') }, 'not_an_image'],
    [{ body: Buffer.from('\x1f\x8b') }, 'not_an_image'],
  ])('%j', async (answer, reason) => {
    const place = world({ 'a.example': ['8.8.8.8'] }, { 'https://a.example/': answer })
    expect(await fetchPicture('https://a.example/', place)).toEqual({ ok: false, reason })
  })

  test('a host that does not exist', async () => {
    expect(await fetchPicture('https://b.example/', there())).toMatchObject({
      reason: 'unreachable',
    })
  })

  test('a resolver or a server without end', async () => {
    const never = () => new Promise<never>(() => {})
    const slow = { ...there(), limitMs: 20, resolve: never }
    expect(await fetchPicture('https://a.example/', slow)).toMatchObject({ reason: 'too_slow' })
  })

  test.each([
    [PNG, 'image/png'],
    [JPEG, 'image/jpeg'],
    [Buffer.from('GIF89a......'), 'image/gif'],
    [Buffer.from('GIF87a'), 'image/gif'],
    [Buffer.from('RIFF1234WEBPVP8 '), 'image/webp'],
    [Buffer.from('RIFF1234WEB'), undefined],
  ])('only what starts like a picture: %#', (bytes, type) => {
    expect(pictureType(bytes)).toBe(type)
  })
})

describe('over a real connection', () => {
  const options = (port: number) => ({
    trustedOrigins: [`http://pictures.test:${port}`],
    limitMs: 5_000,
    resolve: async () => ['127.0.0.1'],
    request: requestGuarded,
  })

  test('a trusted origin may be here: the judged address is connected to, under its name', async () => {
    const heard: unknown[] = []
    const port = await listen((request, response) => {
      heard.push(request.headers.host, request.url, request.headers.cookie)
      response.end(PNG)
    })
    const url = `http://pictures.test:${port}/ada.png?size=96`
    expect(await fetchPicture(url, options(port))).toMatchObject({ ok: true, bytes: PNG })
    expect(heard).toEqual([`pictures.test:${port}`, '/ada.png?size=96', undefined])
  })

  test('trust is for one origin, not for one machine', async () => {
    const port = await listen((_, response) => response.end(PNG))
    const other = `http://127.0.0.1:${port}/`
    expect(await fetchPicture(other, options(port))).toMatchObject({ reason: 'url_refused' })
  })

  test.each(['said', 'unsaid'])('no more than 512 KiB are read, length %s', async (length) => {
    let sent = 0
    const port = await listen((_, response) => {
      if (length === 'said') response.setHeader('content-length', 50_000_000)
      const more = () => {
        while (!response.destroyed && sent < 50_000_000 && response.write(Buffer.alloc(65_536)))
          sent += 65_536
      }
      response.on('drain', more)
      more()
    })
    const url = `http://pictures.test:${port}/`
    expect(await fetchPicture(url, options(port))).toEqual({ ok: false, reason: 'too_large' })
    expect(sent).toBeLessThan(20_000_000)
  })

  test('a server that says nothing, or stops in the middle, is given up', async () => {
    const silent = await listen(() => {})
    const short = { ...options(silent), limitMs: 100 }
    expect(await fetchPicture(`http://pictures.test:${silent}/`, short)).toMatchObject({
      reason: 'too_slow',
    })
    const cut = await listen((_, response) => {
      response.setHeader('content-length', 100)
      response.write(PNG, () => response.destroy())
    })
    expect(await fetchPicture(`http://pictures.test:${cut}/`, options(cut))).toMatchObject({
      reason: 'unreachable',
    })
  })

  test('a redirect is not followed by itself', async () => {
    const port = await listen((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    })
    expect(await fetchPicture(`http://pictures.test:${port}/`, options(port))).toMatchObject({
      reason: 'url_refused',
    })
  })
})

describe('a picture is kept', () => {
  const URL_A = 'https://a.example/ada.png'
  const hosts = { 'a.example': ['8.8.8.8'] }

  test('and read back with its kind, until it is removed', async () => {
    const { pictures } = await openFolder(world(hosts, { [URL_A]: { body: JPEG } }))
    expect(await pictures.read('ada')).toBeUndefined()
    expect(await pictures.keep('ada', URL_A)).toEqual({ ok: true, known: false })
    expect(await pictures.read('ada')).toEqual({
      bytes: JPEG,
      contentType: 'image/jpeg',
      version: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    expect(await pictures.read('grace')).toBeUndefined()
    await pictures.remove('ada')
    await pictures.remove('ada')
    expect(await pictures.read('ada')).toBeUndefined()
  })

  test('once: the same address is not fetched again, also after a restart', async () => {
    const there = world(hosts, {})
    const { folder, pictures } = await openFolder(there)
    await Promise.all([pictures.keep('ada', URL_A), pictures.keep('ada', URL_A)])
    expect(await pictures.keep('ada', URL_A)).toEqual({ ok: true, known: true })
    const restarted = openPictures({ folder, now: () => 0, ...there })
    expect(await restarted.keep('ada', URL_A)).toEqual({ ok: true, known: true })
    expect(there.asked).toHaveLength(1)
  })

  test('a new address replaces it, with a new version', async () => {
    const newer = 'https://a.example/new.jpg'
    const there = world(hosts, { [newer]: { body: JPEG } })
    const { folder, pictures } = await openFolder(there)
    await pictures.keep('ada', URL_A)
    const before = await pictures.read('ada')
    await pictures.keep('ada', newer)
    const after = await pictures.read('ada')
    expect(after?.contentType).toBe('image/jpeg')
    expect(after?.version).not.toBe(before?.version)
    expect(await readdir(folder)).toHaveLength(1)
  })

  test('a refused one leaves the last good one, and is tried again after an hour', async () => {
    const bad = 'https://a.example/bad'
    const there = world(hosts, { [bad]: { status: 404 } })
    let nowMs = 0
    const { pictures } = await openFolder({ ...there, now: () => nowMs })
    await pictures.keep('ada', URL_A)
    const refused = { ok: false, reason: 'unreachable' }
    expect(await pictures.keep('ada', bad)).toEqual(refused)
    expect(await pictures.keep('ada', bad)).toEqual(refused)
    expect(there.asked).toHaveLength(2)
    expect((await pictures.read('ada'))?.contentType).toBe('image/png')
    nowMs = HOUR
    await pictures.keep('ada', bad)
    expect(there.asked).toHaveLength(3)
  })

  test('no name of a person leads out of the folder', async () => {
    const { folder, pictures } = await openFolder(world(hosts, {}))
    for (const id of ['../../etc/passwd', '/etc/passwd', '.', '', 'a/b', 'x'.repeat(5000), '\0'])
      expect(await pictures.keep(id, URL_A), id).toMatchObject({ ok: true })
    const files = await readdir(folder)
    expect(files).toHaveLength(7)
    for (const file of files) expect(file).toMatch(/^[0-9a-f]{64}$/)
  })

  test('a file that was damaged is none, and is fetched anew', async () => {
    const there = world(hosts, {})
    const { folder, pictures } = await openFolder(there)
    await pictures.keep('ada', URL_A)
    const [file = ''] = await readdir(folder)
    await writeFile(join(folder, file), 'rubbish')
    expect(await pictures.read('ada')).toBeUndefined()
    expect(await pictures.keep('ada', URL_A)).toEqual({ ok: true, known: false })
    expect(await pictures.read('ada')).toBeDefined()
  })
})
