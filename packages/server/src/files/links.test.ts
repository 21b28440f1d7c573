// Link previews against tricks: the table never leaves this process, and says which addresses were asked.

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { linksOf } from './links.ts'
import { pageFacts } from './page-facts.ts'

const PAGE = '<title>Harbour</title><meta property="og:description" content="By the sea">'
const PUBLIC = '93.184.216.34'

type Site = { status?: number; location?: string; contentType?: string; body?: string }

/** A world of hosts and pages, instead of the one outside. */
function world(
  hosts: Readonly<Record<string, readonly string[]>>,
  sites: Record<string, Site> = {},
) {
  const asked: string[] = []
  const links = linksOf(
    { isOn: true, trustedOrigins: [] },
    {
      limitMs: 2_000,
      resolve: async (host) => {
        const addresses = hosts[host]
        if (addresses === undefined) throw new Error(`no such host: ${host}`)
        return addresses
      },
      request: async ({ url, address }) => {
        asked.push(`${address} ${url.href}`)
        const {
          status = 200,
          location,
          contentType = 'text/html',
          body = PAGE,
        } = sites[url.href] ?? {}
        return { status, location, contentType, body: Buffer.from(body) }
      },
    },
  )
  return { links, asked }
}

type Trick = readonly [what: string, url: string, addresses?: readonly string[]]

const TRICKS: readonly Trick[] = [
  ['loopback', 'http://127.0.0.1/'],
  ['loopback, short', 'http://127.1/'],
  ['loopback, decimal', 'http://2130706433/'],
  ['loopback, octal', 'http://0177.0.0.1/'],
  ['loopback, hexadecimal', 'http://0x7f.0.0.1/'],
  ['loopback, one hexadecimal number', 'http://0x7f000001/'],
  ['loopback, another of its net', 'http://127.9.9.9/'],
  ['loopback, full-width digits', 'http://１２７.０.０.１/'],
  ['nowhere', 'http://0.0.0.0/'],
  ['nowhere, short', 'http://0/'],
  ['private, 10', 'http://10.0.0.1/'],
  ['private, 172.16', 'http://172.16.0.1/'],
  ['private, 172.31', 'http://172.31.255.255/'],
  ['private, 192.168', 'http://192.168.1.1/'],
  ['shared', 'http://100.64.0.1/'],
  ['metadata', 'http://169.254.169.254/latest/meta-data/'],
  ['metadata, decimal', 'http://2852039166/'],
  ['metadata of another cloud', 'http://168.63.129.16/'],
  ['benchmark', 'http://198.18.0.1/'],
  ['documentation', 'http://192.0.2.1/'],
  ['multicast', 'http://224.0.0.1/'],
  ['reserved', 'http://240.0.0.1/'],
  ['broadcast', 'http://255.255.255.255/'],
  ['IPv6 loopback', 'http://[::1]/'],
  ['IPv6 nowhere', 'http://[::]/'],
  ['IPv6 link-local', 'http://[fe80::1]/'],
  ['IPv6 unique local', 'http://[fd00:ec2::254]/'],
  ['IPv4 mapped', 'http://[::ffff:127.0.0.1]/'],
  ['IPv4 mapped, hexadecimal', 'http://[::ffff:7f00:1]/'],
  ['IPv4 compatible', 'http://[::7f00:1]/'],
  ['translated', 'http://[64:ff9b::7f00:1]/'],
  ['6to4', 'http://[2002:7f00:1::]/'],
  ['Teredo', 'http://[2001:0:7f00:1::]/'],
  ['IPv6 multicast', 'http://[ff02::1]/'],
  ['a name for loopback', 'http://localtest.example/', ['127.0.0.1']],
  ['a name for IPv6 loopback', 'http://localtest6.example/', ['::1']],
  ['a name for the metadata', 'http://metadata.example/', ['169.254.169.254']],
  ['a private address among public ones', 'http://both.example/', [PUBLIC, '10.0.0.1']],
  ['a name with a dot at the end', 'http://local.example./', ['127.0.0.1']],
  ['a name for nothing', 'http://nothing.example/', []],
  ['another port', 'http://good.example:8080/', [PUBLIC]],
  ['a port of mail', 'http://good.example:25/', [PUBLIC]],
  ['a password', 'http://user:word@good.example/', [PUBLIC]],
  ['a name before an at sign', 'http://good.example@127.0.0.1/'],
  ['files', 'file:///etc/passwd'],
  ['gopher', 'gopher://good.example/', [PUBLIC]],
  ['data', 'data:text/html,<title>x</title>'],
  ['script', 'javascript:alert(1)'],
  ['no address', 'harbour'],
]

const refused = TRICKS.map(([what, url, addresses = []]) => [what, url, addresses] as const)

describe('link previews', () => {
  test.each(refused)('%s is not asked', async (_what, url, addresses) => {
    const host = URL.canParse(url) ? new URL(url).hostname : ''
    const { links, asked } = world({ [host]: addresses })
    expect(await links.page(url)).toBeUndefined()
    expect(asked).toEqual([])
  })

  test.each(refused)('%s is not asked when a redirect leads there', async (_what, url, own) => {
    const host = URL.canParse(url) ? new URL(url).hostname : ''
    const start = 'https://start.example/'
    const { links, asked } = world(
      { 'start.example': [PUBLIC], [host]: own },
      {
        [start]: { status: 302, location: url },
        'https://start.example/harbour': { status: 404 },
      },
    )
    expect(await links.page(start)).toBeUndefined()
    expect(asked.filter((each) => !each.includes('start.example'))).toEqual([])
  })

  test('a picture is judged as a page is, wherever the page says it lies', async () => {
    const { links, asked } = world({ 'inner.example': ['10.0.0.1'] })
    expect(await links.picture('http://inner.example/a.png')).toMatchObject({ ok: false })
    expect(await links.picture('http://169.254.169.254/a.png')).toMatchObject({ ok: false })
    expect(asked).toEqual([])
  })

  test('the address that was judged is the one that is asked: a name that changes leads nowhere else', async () => {
    const answers = [[PUBLIC], ['127.0.0.1']]
    const asked: string[] = []
    const links = linksOf(
      { isOn: true, trustedOrigins: [] },
      {
        resolve: async () => answers.shift() ?? ['127.0.0.1'],
        request: async ({ address }) => {
          asked.push(address)
          return {
            status: 200,
            location: undefined,
            contentType: 'text/html',
            body: Buffer.from(PAGE),
          }
        },
      },
    )
    expect(await links.page('http://turning.example/')).toMatchObject({ title: 'Harbour' })
    expect(await links.page('http://turning.example/')).toBeUndefined()
    expect(asked).toEqual([PUBLIC])
  })

  test('redirects are followed a little, not for ever', async () => {
    const at = (step: number) => `https://good.example/${step}`
    const sites = Object.fromEntries(
      [0, 1, 2, 3, 4].map((step) => [at(step), { status: 301, location: `/${step + 1}` }]),
    )
    const { links } = world({ 'good.example': [PUBLIC] }, sites)
    expect(await links.page(at(0))).toBeUndefined()
    expect(await links.page(at(1))).toBeUndefined()
    expect(await links.page(at(2))).toMatchObject({ url: at(5) })
    const { links: shorter } = world({ 'good.example': [PUBLIC] }, { [at(0)]: sites[at(0)] ?? {} })
    expect(await shorter.page(at(0))).toMatchObject({ title: 'Harbour', url: at(1) })
  })

  test.each([
    ['application/json', '{}'],
    ['image/png', 'x'],
    ['text/plain', PAGE],
    ['', PAGE],
    ['text/html', '<p>nothing is said of it</p>'],
  ])('%s without a page has none', async (contentType, body) => {
    const { links } = world(
      { 'good.example': [PUBLIC] },
      { 'https://good.example/': { contentType, body } },
    )
    expect(await links.page('https://good.example/')).toBeUndefined()
  })

  test('over the real wire: cut off where enough was read, and given up when it takes too long', async () => {
    const port = await listen((request, response) => {
      if (request.url === '/slow') return
      response.setHeader('content-type', 'text/html')
      response.write(PAGE)
      const more = () => {
        while (response.write('x'.repeat(65_536))) if (response.destroyed) return
        response.once('drain', more)
      }
      more()
    })
    const origin = `http://127.0.0.1:${port}`
    const links = linksOf({ isOn: true, trustedOrigins: [origin] }, { limitMs: 1_000 })
    expect(await links.page(`${origin}/`)).toMatchObject({ title: 'Harbour' })
    expect(await links.page(`${origin}/slow`)).toBeUndefined()
    const distrusting = linksOf({ isOn: true, trustedOrigins: [] }, { limitMs: 1_000 })
    expect(await distrusting.page(`${origin}/`)).toBeUndefined()
  })
})

describe('what a page says of itself', () => {
  test('its words in their order, on one line, without what turns a line around', () => {
    const html = `<title> Plain
      title </title><meta property="og:title" content="A \u202etitle &amp; more">
      <meta name="description" content="Said"><meta property="og:image" content="/a.png">
      <meta property="og:site_name" content="Site">`
    expect(pageFacts(Buffer.from(html), 'text/html')).toEqual({
      title: 'A title & more',
      description: 'Said',
      site: 'Site',
      image: '/a.png',
    })
  })

  test.each([
    [
      'the server says',
      'text/html; charset=iso-8859-1',
      Buffer.from('<title>Caf\xe9</title>', 'latin1'),
    ],
    [
      'the page says',
      'text/html',
      Buffer.from('<meta charset="latin1"><title>Caf\xe9</title>', 'latin1'),
    ],
    ['nobody says', 'text/html', Buffer.from('<title>Café</title>')],
    ['an unknown one is said', 'text/html; charset=x-none', Buffer.from('<title>Café</title>')],
    ['its first bytes say', 'text/html', Buffer.from('\ufeff<title>Café</title>', 'utf16le')],
  ])('its alphabet as %s', (_what, contentType, bytes) => {
    expect(pageFacts(bytes, contentType).title).toBe('Café')
  })

  test('long words are cut', () => {
    const html = `<title>${'x'.repeat(5_000)}</title>`
    expect(pageFacts(Buffer.from(html), 'text/html').title).toHaveLength(200)
  })
})

async function listen(handler: RequestListener): Promise<number> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}
