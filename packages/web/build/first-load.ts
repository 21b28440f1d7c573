// What a first visit loads: in one piece, and no heavier than it may be. Phones pay for every byte before they can read anything.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/**
 * Where a visit begins, and its script; KiB, gzip. `isKib` is what it was when it was last looked at: 2 % more fail the
 * build, however much room there is. Whoever has a reason writes it and the new size here.
 */
const FIRST_LOADS = [
  {
    name: 'first load',
    modules: ['src/main.tsx'],
    mostKib: 170,
    isKib: 164.3,
    why: 'the chat: React, the realtime client, the list and the composer',
  },
  {
    name: 'first load of the dashboard',
    modules: [
      'src/main.tsx',
      'src/app/admin-page.tsx',
      'src/features/admin/screens/overview/overview.tsx',
    ],
    mostKib: 220,
    isKib: 197.9,
    why: 'all of the chat, as both are one page, and the frame with the overview',
  },
] as const

const GROWTH = 1.02

/** The style and the mark that stands in for the page are small, and come before the script on a slow line. */
export function scriptAfterLook(): Plugin {
  return {
    name: 'sayso-script-after-look',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.replaceAll('<script type="module"', '<script type="module" fetchpriority="low"'),
    },
  }
}

export function firstLoad(): Plugin {
  return {
    name: 'sayso-first-load',
    apply: 'build',
    // Only what is written is whole: the list of what later parts need is put in after the chunks are made.
    writeBundle({ dir = '' }, bundle) {
      const chunks = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [one] : []))
      for (const { name, modules, mostKib, isKib } of FIRST_LOADS) {
        const wanted = new Set<string>()
        const want = (fileName: string) => {
          if (wanted.has(fileName)) return
          wanted.add(fileName)
          for (const next of chunks.find((one) => one.fileName === fileName)?.imports ?? [])
            want(next)
        }
        for (const module of modules) {
          const own = chunks.find((one) => one.moduleIds.some((id) => id.endsWith(`/${module}`)))
          if (own === undefined) this.error(`${module} is in no chunk`)
          want(own.fileName)
        }
        const sizes = [...wanted].map(
          (fileName) => gzipSync(readFileSync(join(dir, fileName)), { level: 9 }).length,
        )
        const kib = sizes.reduce((sum, size) => sum + size, 0) / 1024
        const text = `${name}: ${kib.toFixed(1)} KiB of script (gzip), at most ${mostKib}, last ${isKib}`
        if (kib > mostKib) this.error(text)
        if (kib > isKib * GROWTH)
          this.error(`${text}: grown by more than 2 %. Load it later, or say why in ${HERE}`)
        this.info(text)
      }
    },
  }
}

const HERE = 'packages/web/build/first-load.ts'

/** What is known of a module while chunks are made. */
type ModuleInfo = { readonly importedIds: readonly string[]; readonly isEntry: boolean }
type Known = { getModuleInfo(id: string): ModuleInfo | null }

/** What is fetched together, from these modules on. */
const ROOTS = {
  first: ['main.tsx'],
  beside: ['features/chat/beside.ts'],
  dashboard: ['app/admin-page.tsx', 'features/admin/screens/overview/overview.tsx'],
  desk: ['app/desk-page.tsx'],
  login: ['features/login/index.ts'],
} as const

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url))

/**
 * One chunk for all that is fetched together, and one for what several of them share. Left alone, what parts share is cut into
 * dozens of small chunks, each of them a request, and together some 8 KiB heavier.
 */
export function pieces() {
  const wanting = new Map<string, readonly string[]>()
  const want = (id: string, root: string, known: Known) => {
    const before = wanting.get(id) ?? []
    // What the first load has is there for all of them.
    if (before.includes(root) || before.includes('first')) return
    wanting.set(id, [...before, root])
    for (const next of known.getModuleInfo(id)?.importedIds ?? []) want(next, root, known)
  }
  const pieceOf = (id: string, known: Known) => {
    if (wanting.size === 0)
      for (const [root, modules] of Object.entries(ROOTS))
        for (const module of modules) want(`${SOURCES}${module}`, root, known)
    return wanting.get(id)?.join('-')
  }
  // A piece takes along what its modules need, unless one before it has that: what most share comes first.
  const [first = '', ...others] = Object.keys(ROOTS)
  const shared = subsets(others).toSorted((one, other) => other.length - one.length)
  return [[first], ...shared].map((roots, at, all) => {
    const piece = roots.join('-')
    return {
      name: (id: string, known: Known) => (pieceOf(id, known) === piece ? piece : null),
      debugName: piece,
      priority: all.length - at,
    }
  })
}

/** All but the empty one. */
function subsets(names: readonly string[]): readonly (readonly string[])[] {
  const all: (readonly string[])[] = []
  for (const name of names) all.push(...all.map((one) => [...one, name]), [name])
  return all
}
