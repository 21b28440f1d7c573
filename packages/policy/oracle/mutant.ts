// Deliberately broken engines: a copy of the sources in which one thing is wrong. A property that stays green on one of
// them proves nothing.

import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Engine } from './check.ts'

export type Mutant = {
  readonly name: string
  /** What it does wrong, as a sentence. */
  readonly wrong: string
  readonly edits: readonly {
    /** Below `src`. */
    readonly file: string
    readonly find: string
    readonly replace: string
  }[]
}

const SOURCES = fileURLToPath(new URL('../src', import.meta.url))
const ROOT = fileURLToPath(new URL('../../../.mutants', import.meta.url))

/** Copies the sources, breaks them and loads them. @throws if an edit does not fit exactly once */
export async function brokenEngine(mutant: Mutant): Promise<Engine> {
  const root = join(ROOT, `policy-${mutant.name}`)
  await rm(root, { recursive: true, force: true })
  await cp(SOURCES, root, { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
  for (const { file, find, replace } of mutant.edits) {
    const path = join(root, file)
    const parts = (await readFile(path, 'utf8')).split(find)
    if (parts.length !== 2) {
      throw new Error(`${mutant.name}: \`${find}\` is ${parts.length - 1} times in ${file}`)
    }
    await writeFile(path, parts.join(replace))
  }
  return (await import(/* @vite-ignore */ pathToFileURL(join(root, 'index.ts')).href)) as Engine
}
