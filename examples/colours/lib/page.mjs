// The page, built in memory when the server starts: one document, one script, one sheet.

import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Resolves to path → [content type, body]. */
export async function buildPage() {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../page', import.meta.url)),
    build: { write: false, modulePreload: false, reportCompressedSize: false },
  })
  const files = new Map()
  for (const one of built.output) {
    const body = one.type === 'chunk' ? one.code : one.source
    files.set(`/${one.fileName}`, [typeOf(one.fileName), body])
  }
  files.set('/', files.get('/index.html'))
  return files
}

function typeOf(name) {
  if (name.endsWith('.js')) return 'text/javascript; charset=utf-8'
  if (name.endsWith('.css')) return 'text/css; charset=utf-8'
  if (name.endsWith('.svg')) return 'image/svg+xml'
  return 'text/html; charset=utf-8'
}
