// Whether an installed package is the one that was published: its files, hashed, against a hash noted from the archive
// of the registry.

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { ROOT } from './server.ts'

export type Installed = {
  readonly version: string
  /** Hash of the archive, as the lock has it. */
  readonly integrity: string
  /** SHA-256 over the names and contents of all files. */
  readonly files: string
}

type Lock = {
  readonly packages: Readonly<Record<string, { version?: string; integrity?: string }>>
}

/** @param folder below node_modules, for example `ably` */
export async function installed(folder: string): Promise<Installed> {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as Lock
  const { version = '', integrity = '' } = lock.packages[`node_modules/${folder}`] ?? {}
  return { version, integrity, files: await hashOf(join(ROOT, 'node_modules', folder)) }
}

/** Names and contents of every file of a folder as one hash; what a package manager nests in it is left out. */
export async function hashOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => !name.split('/').includes('node_modules'))
    .sort()
  const hash = createHash('sha256')
  for (const name of files) {
    const content = createHash('sha256').update(await readFile(join(folder, name)))
    hash.update(`${name} ${content.digest('hex')}\n`)
  }
  return hash.digest('hex')
}
