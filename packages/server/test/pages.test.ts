// The built pages over HTTP: what a browser can read smaller is sent smaller, and is the same.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { pages } from '../src/rest/pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'sayso-pages-'))
afterAll(() => rmSync(folder, { recursive: true }))

const SCRIPT = 'export const said = "the same words again";\n'.repeat(200)
const FONT = Buffer.alloc(4_096, 7)
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Sayso</title>')
writeFileSync(join(folder, 'assets/first-abc.js'), SCRIPT)
writeFileSync(join(folder, 'assets/first-abc.js.map'), SCRIPT)
writeFileSync(join(folder, 'assets/font-abc.woff2'), FONT)

const app = pages(folder)

async function get(path: string, accepted?: string) {
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted }
  const response = await app.request(path, { headers })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(response.headers.get('content-length')).toBe(String(bytes.length))
  return { response, bytes, encoding: response.headers.get('content-encoding') }
}

test('a script is packed as the browser can read it, and is the same script', async () => {
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync }
  for (const [accepted, encoding] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
  ] as const) {
    const script = await get('/assets/first-abc.js', accepted)
    expect(script.encoding).toBe(encoding)
    expect(script.bytes.length).toBeLessThan(SCRIPT.length / 20)
    expect(unpack[encoding](script.bytes).toString()).toBe(SCRIPT)
    expect(script.response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.response.headers.get('cache-control')).toContain('immutable')
  }
})

test('whoever reads nothing packed gets it as it is, and no cache mixes the two up', async () => {
  for (const accepted of [undefined, '', 'identity', 'deflate', 'br;q=0, gzip;q=0']) {
    const script = await get('/assets/first-abc.js', accepted)
    expect(script.encoding).toBeNull()
    expect(script.bytes.toString()).toBe(SCRIPT)
    expect(script.response.headers.get('vary')).toBe('accept-encoding')
  }
})

test('what is small, packed already or only for looking into the pages is sent as it is', async () => {
  const page = await get('/chat/general', 'br')
  expect(page.encoding).toBeNull()
  expect(page.response.headers.get('content-security-policy')).toContain("default-src 'self'")
  const font = await get('/assets/font-abc.woff2', 'br')
  expect(font.encoding).toBeNull()
  expect(font.bytes.equals(FONT)).toBe(true)
  const map = await get('/assets/first-abc.js.map', 'br')
  expect(map.encoding).toBeNull()
  expect(map.bytes.toString()).toBe(SCRIPT)
})

test('only what was built is served', async () => {
  for (const path of ['/index.html', '/assets/', '/assets/../index.html', '/assets/none.js'])
    expect((await app.request(path)).status, path).toBe(404)
})
