// Somebody's own site, on an origin of its own: pages that say what they like, under a policy as strict as they like.

import { createServer } from 'node:http'

export type SitePage = {
  readonly html: string
  readonly headers?: Readonly<Record<string, string>>
}

export type Site = {
  readonly origin: string
  /** What it answers from now on, by path. */
  put(path: string, page: SitePage): void
  close(): Promise<void>
}

export async function openSite(): Promise<Site> {
  const pages = new Map<string, SitePage>()
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://here').pathname)
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      ...page?.headers,
    })
    response.end(page?.html ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    put: (path, page) => void pages.set(path, page),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A page with a widget on it, and whatever else stands in its head and body. */
export function widgetPage({
  server,
  widget,
  head = '',
  body = '<h1>A shop</h1><p>Things.</p>',
  attributes = '',
}: {
  readonly server: string
  readonly widget: string
  readonly head?: string
  readonly body?: string
  readonly attributes?: string
}): string {
  const script = `<script async src="${server}/widget.js" data-widget="${widget}"${attributes}></script>`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A shop</title>${head}${script}</head><body>${body}</body></html>`
}
