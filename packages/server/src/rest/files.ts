// Files at `/files/{id}`: asked about at every fetch, in ranges, never run by a browser, never kept by one.

import { Readable } from 'node:stream'
import { Hono, type Context as HonoContext } from 'hono'
import { Failure } from '../commands/failure.ts'
import { readFile } from '../commands/read-file.ts'
import { isShown } from '../files/content.ts'
import type { Part } from '../files/disk.ts'
import type { FileRecord } from '../files/file-record.ts'
import type { AppRest } from './app/deps.ts'
import { problemOf, problemResponse } from './app/problem.ts'
import { caller } from './app/visitor.ts'
import { rangeOf } from './range.ts'

/** Nothing in a file may run, load, or be framed, even if a browser is talked into showing it as a page. */
const POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"

export function filesRest(deps: AppRest): Hono {
  const app = new Hono()
  const serve = (part: Part) => async (c: HonoContext) => answer(deps, c, part)
  app.get('/files/:id', serve('whole'))
  app.get('/files/:id/preview', serve('preview'))
  app.onError((error) => {
    const { problem, expected } = problemOf(error)
    if (!expected) deps.report('files', error)
    const response = problemResponse(problem)
    response.headers.set('cache-control', 'no-store')
    return response
  })
  return app
}

async function answer(deps: AppRest, c: HonoContext, part: Part): Promise<Response> {
  const asker = await caller(deps, c, true)
  const id = c.req.param('id') ?? ''
  const { file, open } = await readFile(deps.context, asker, id, part)
  const { type, bytes } = part === 'preview' && file.preview !== undefined ? file.preview : file
  const headers = headersOf(id, file, { part, type, isSaved: c.req.query('save') !== undefined })
  const etag = `"${id}"`
  headers.set('etag', etag)
  if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const ifRange = c.req.header('if-range')
  const asked = ifRange === undefined || ifRange === etag ? c.req.header('range') : undefined
  const range = rangeOf(asked, bytes)
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${bytes}`)
    return new Response(null, { status: 416, headers })
  }
  const length = range === undefined ? bytes : range.end - range.start + 1
  headers.set('content-length', String(length))
  if (range !== undefined)
    headers.set('content-range', `bytes ${range.start}-${range.end}/${bytes}`)
  const status = range === undefined ? 200 : 206
  if (c.req.raw.method === 'HEAD' || length === 0) return new Response(null, { status, headers })
  const stream = await open(range)
  if (stream === undefined) throw new Failure('file_unknown', 'there is no such file')
  return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers })
}

function headersOf(
  id: string,
  { name }: FileRecord,
  {
    part,
    type,
    isSaved,
  }: { readonly part: Part; readonly type: string; readonly isSaved: boolean },
): Headers {
  const isInline = isShown(type) && !isSaved
  const called = part === 'preview' ? `${id}.preview` : name
  return new Headers({
    'content-type': isInline ? type : 'application/octet-stream',
    'content-disposition': `${isInline ? 'inline' : 'attachment'}; ${filename(called)}`,
    // A right that is lost is felt at the next look: no copy outlives the page.
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    'content-security-policy': POLICY,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
}

/** RFC 6266: what old programs read, and the true name. */
function filename(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const true_ = encodeURIComponent(name).replaceAll(/['()*]/g, (each) => {
    return `%${each.charCodeAt(0).toString(16).toUpperCase()}`
  })
  return `filename="${plain}"; filename*=UTF-8''${true_}`
}
