// Starts the writer thread, from compiled files in production and straight from sources in development.

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { WriterData } from './wire.ts'

const SOURCES = import.meta.url.endsWith('.ts')

/** INVARIANT: the thread is never terminated from outside, as drivers may abort the process; it ends by message. */
export function startWriter(workerData: WriterData): Worker {
  const entry = new URL(SOURCES ? './writer.ts' : './writer.js', import.meta.url)
  if (!SOURCES || Reflect.get(process.features, 'typescript'))
    return new Worker(entry, { workerData })
  return new Worker(bootstrap(entry), { eval: true, workerData })
}

/** Node 20 cannot load TypeScript; a thread does not inherit the loader of the main one. */
function bootstrap(entry: URL): string {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')).href
  return `import(${JSON.stringify(loader)}).then(({ register }) => {
    register()
    return import(${JSON.stringify(entry.href)})
  })`
}
