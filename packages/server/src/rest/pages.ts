// The built pages: hashed assets for ever, the one document for every page address, nothing else from disk.

import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { packedResponse } from './packed.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** No script but ours, no frame around us, sockets and calls to this origin only. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const PAGES = [
  '/',
  '/login',
  '/forgot',
  '/reset',
  '/confirm',
  '/setup',
  '/chat',
  '/chat/:channel',
  '/admin',
  '/admin/*',
  '/desk',
  '/desk/*',
] as const

/** @param folder of the built pages; only what is in it at the start is ever served */
export function pages(folder: string): Hono {
  const app = new Hono()
  const files = new Map(
    listed(folder).map((file) => [`/${relative(folder, file).replaceAll('\\', '/')}`, file]),
  )
  const document = files.get('/index.html')
  const bytesOf = keeper()
  for (const page of PAGES) {
    app.get(page, async (c) => {
      if (document === undefined)
        return new Response('the pages are not built: run `npm run build`\n', { status: 503 })
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': POLICY,
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      }
      return packedResponse(await bytesOf(document), headers, c.req.header('accept-encoding'))
    })
  }
  app.get('*', async (c, next) => {
    const file = files.get(c.req.path)
    if (file === undefined || file === document) return next()
    const forEver = c.req.path.startsWith('/assets/')
    const headers = {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': forEver ? 'public, max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
    }
    if (!KEPT.has(extname(file))) return streamed(file, headers)
    return packedResponse(await bytesOf(file), headers, c.req.header('accept-encoding'))
  })
  return app
}

/** What a visit loads and what gets smaller by packing. Maps are for whoever looks into the pages, and large. */
const KEPT = new Set(['.css', '.html', '.js', '.json', '.svg', '.webmanifest'])

/** Reads each file once: it is the same for as long as the server runs. */
function keeper(): (file: string) => Promise<Uint8Array> {
  const kept = new Map<string, Promise<Uint8Array>>()
  return (file) => {
    const bytes = kept.get(file) ?? readFile(file)
    kept.set(file, bytes)
    return bytes
  }
}

function streamed(file: string, headers: Record<string, string>): Response {
  const body = Readable.toWeb(createReadStream(file)) as ReadableStream
  return new Response(body, {
    headers: { ...headers, 'content-length': String(statSync(file).size) },
  })
}

function listed(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? listed(path) : [path]
  })
}
