// The loader and the page in the frame. Only sites that the widget names may show it, and nothing runs in it but ours.

import { Hono } from 'hono'
import { digestOf } from '../../desk/visitors/records.ts'
import { type Widget, widgetNamed } from '../../desk/widgets/widget.ts'
import type { AppRest } from '../app/deps.ts'
import { packedResponse } from '../packed.ts'
import { looksFor, withLooks } from './looks.ts'
import type { WidgetFile, WidgetFiles } from './widget-files.ts'

const FOR_EVER = 'public, max-age=31536000, immutable'
/** The name without a version: sites get a new one within minutes. What it says is of the site that asks. */
const FOR_MINUTES = 'private, max-age=300, stale-while-revalidate=86400'

/** Loaders with looks in them, the latest that were asked for: each is packed once. */
const MOST_DRESSED = 200

export function frameRoutes(deps: AppRest, files: WidgetFiles): Hono {
  const app = new Hono()
  const { loader, assets, frame } = files
  const dressed = new Map<string, Uint8Array>()
  app.get('/widget.js', async (c) => {
    if (loader === undefined) return notBuilt()
    const looks = await looksFor(deps, c.req.header('referer'))
    const etag = `"${loader.version}-${digestOf(looks).slice(0, 12)}"`
    const headers = {
      ...forSites(loader),
      'cache-control': FOR_MINUTES,
      vary: 'referer, accept-encoding',
      etag,
    }
    if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers })
    const bytes = dressed.get(etag) ?? new Uint8Array(Buffer.from(withLooks(loader.bytes, looks)))
    keepLatest(dressed, etag, bytes)
    return packedResponse(bytes, headers, c.req.header('accept-encoding'))
  })
  app.get('/widget/assets/:name', (c) => {
    const file = assets.get(c.req.param('name'))
    return file === undefined ? nothing() : served(file, c.req.header('accept-encoding'))
  })
  app.get('/widget/frame', async (c) => {
    // How a draft looks: a page that connects nowhere and says nothing of anybody.
    if (frame !== undefined && c.req.query('preview') !== undefined)
      return new Response(frame, { headers: headersWith(PREVIEW_POLICY) })
    const id = c.req.query('widget')
    const widget = id === undefined ? undefined : await widgetNamed(deps.context.store, id)
    if (widget?.isOn !== true) return nothing()
    if (frame === undefined) return notBuilt()
    return new Response(frame, { headers: headersWith(policyOf(deps.publicUrl(), widget)) })
  })
  // One segment more than `/widget.js`: the versioned name.
  app.get('/widget/:file', (c) => {
    const isThis = loader !== undefined && c.req.param('file') === `${loader.version}.js`
    if (!isThis) return nothing()
    const headers = { ...forSites(loader), 'cache-control': FOR_EVER }
    return packedResponse(loader.bytes, headers, c.req.header('accept-encoding'))
  })
  // Nothing of the folder is served as a page of ours is.
  app.get('/widget/*', () => nothing())
  return app
}

/** Sites load it from another origin, perhaps as a module or with a digest. */
function forSites({ type }: WidgetFile) {
  return {
    'content-type': type,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  }
}

function served({ bytes, type }: WidgetFile, accepted: string | undefined): Promise<Response> {
  const headers = {
    'content-type': type,
    'cache-control': FOR_EVER,
    'x-content-type-options': 'nosniff',
  }
  return packedResponse(bytes, headers, accepted)
}

function keepLatest(held: Map<string, Uint8Array>, key: string, bytes: Uint8Array): void {
  held.delete(key)
  held.set(key, bytes)
  const [oldest] = held.keys()
  if (held.size > MOST_DRESSED && oldest !== undefined) held.delete(oldest)
}

/** @param policy of contents */
function headersWith(policy: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'x-content-type-options': 'nosniff',
  }
}

/** Framed by the desk alone; the picture of a draft may be anywhere. */
const PREVIEW_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

/** @param url where this server is reached: its sockets are no `self` to every browser */
export function policyOf(url: string, { sites, look }: Pick<Widget, 'sites' | 'look'>): string {
  const socket = new URL(url).origin.replace(/^http/, 'ws')
  const logo = look.logo === undefined ? [] : [new URL(look.logo).origin]
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["img-src 'self' data: blob:", ...logo].join(' '),
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self' ${socket}`,
    "base-uri 'none'",
    "form-action 'none'",
    ["frame-ancestors 'self'", ...sites].join(' '),
  ].join('; ')
}

function nothing(): Response {
  return new Response('there is nothing here\n', {
    status: 404,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    },
  })
}

function notBuilt(): Response {
  return new Response('the widget is not built: run `npm run build`\n', {
    status: 503,
    headers: { 'cache-control': 'no-store' },
  })
}
