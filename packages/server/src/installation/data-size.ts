// How much room the data takes: each file at the top of the data folder, and what lies in its folders.

import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export type Sized = { readonly name: string; readonly bytes: number; readonly isFolder: boolean }

/** Largest first. */
export async function dataSize(folder: string): Promise<readonly Sized[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const sized: Sized[] = []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const bytes = entry.isDirectory() ? await bytesIn(path) : await bytesOf(path)
    sized.push({ name: entry.name, bytes, isFolder: entry.isDirectory() })
  }
  return sized.sort((a, b) => b.bytes - a.bytes)
}

/** Of all files below a folder; what goes away meanwhile counts nothing. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let bytes = 0
  for (const entry of entries) {
    if (entry.isFile()) bytes += await bytesOf(join(entry.parentPath, entry.name))
  }
  return bytes
}

async function bytesOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
