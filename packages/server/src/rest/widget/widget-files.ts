// The built files of the widget: the loader that sites name, the page in the frame, and what that page loads.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
}

export type WidgetFile = { readonly bytes: Uint8Array; readonly type: string }

export type WidgetFiles = {
  /** Absent: the pages are not built. */
  readonly loader?: WidgetFile & {
    /** Says what is in it: the versioned name never changes its content. */
    readonly version: string
  }
  /** The document in the frame. */
  readonly frame?: string
  /** By name, as the document names them. */
  readonly assets: ReadonlyMap<string, WidgetFile>
}

/** @param folder of what is built of the widget: `loader.js`, `frame.html`, `assets/` */
export function readWidgetFiles(folder: string): WidgetFiles {
  const loader = bytesOf(join(folder, 'loader.js'))
  const frame = bytesOf(join(folder, 'frame.html'))
  const assets = join(folder, 'assets')
  const names = existsSync(assets) ? readdirSync(assets) : []
  return {
    ...(loader && { loader: { ...fileOf('loader.js', loader), version: versionOf(loader) } }),
    ...(frame && { frame: Buffer.from(frame).toString('utf8') }),
    assets: new Map(
      names
        .filter((name) => TYPES[extname(name)] !== undefined)
        .map((name) => [name, fileOf(name, readFileSync(join(assets, name)))]),
    ),
  }
}

function fileOf(name: string, bytes: Uint8Array): WidgetFile {
  return { bytes, type: TYPES[extname(name)] ?? 'application/octet-stream' }
}

function bytesOf(path: string): Uint8Array | undefined {
  return existsSync(path) ? readFileSync(path) : undefined
}

function versionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}
