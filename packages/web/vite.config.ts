// Builds the pages, and fails if what a first visit loads has grown too heavy.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Where a visit begins, and the most script it may load, gzip. Phones pay for every byte before they can read anything. */
const FIRST_LOADS = [
  { name: 'first load', modules: ['src/main.tsx'], maxBytes: 170 * 1024 },
  {
    name: 'first load of the dashboard',
    modules: [
      'src/main.tsx',
      'src/app/admin-page.tsx',
      'src/features/admin/screens/overview/overview.tsx',
    ],
    maxBytes: 220 * 1024,
  },
] as const

const ENTRY = fileURLToPath(new URL('src/main.tsx', import.meta.url))

function firstLoad(): Plugin {
  return {
    name: 'sayso-first-load',
    apply: 'build',
    // Only what is written is whole: the list of what later parts need is put in after the chunks are made.
    writeBundle({ dir = '' }, bundle) {
      const chunks = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [one] : []))
      for (const { name, modules, maxBytes } of FIRST_LOADS) {
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
        const bytes = [...wanted].reduce(
          (sum, fileName) => sum + gzipSync(readFileSync(join(dir, fileName)), { level: 9 }).length,
          0,
        )
        const text = `${name}: ${(bytes / 1024).toFixed(1)} KiB of script (gzip), at most ${maxBytes / 1024} KiB`
        if (bytes > maxBytes) this.error(text)
        this.info(text)
      }
    },
  }
}

/** What is known of a module while chunks are made. */
type ModuleInfo = { readonly importedIds: readonly string[]; readonly isEntry: boolean }

/**
 * Names one chunk for everything a first visit loads. Left alone, what it shares with parts that are loaded later is cut
 * into dozens of small chunks, each of them a request, and together some 8 KiB heavier.
 */
function firstChunk() {
  const wanted = new Set<string>()
  return (id: string, of: { getModuleInfo(id: string): ModuleInfo | null }): string | null => {
    const want = (one: string) => {
      if (wanted.has(one)) return
      wanted.add(one)
      for (const next of of.getModuleInfo(one)?.importedIds ?? []) want(next)
    }
    if (wanted.size === 0) want(ENTRY)
    return wanted.has(id) ? 'first' : null
  }
}

/** Members of the emoji data that the pages read; the rest would double what a first look at the emoji loads. */
const EMOJI_MEMBERS = new Set(['emoji', 'hexcode', 'label', 'version', 'group', 'tags'])

function leanEmoji(): Plugin {
  return {
    name: 'sayso-lean-emoji',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /emojibase-data\/\w+\/data\.json$/ },
      handler: (code) => {
        const all = JSON.parse(code) as readonly Record<string, unknown>[]
        const lean = all
          .filter((one) => one.group !== undefined)
          .map((one) => ({
            ...Object.fromEntries(Object.entries(one).filter(([name]) => EMOJI_MEMBERS.has(name))),
            ...(Array.isArray(one.skins)
              ? { skins: one.skins.map(({ emoji }) => ({ emoji })) }
              : {}),
          }))
        return { code: JSON.stringify(lean), map: { mappings: '' } }
      },
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), leanEmoji(), firstLoad()],
  // Our own packages come from their sources, so that the pages build without building those first.
  resolve: { conditions: ['development', 'module', 'browser'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome120', 'firefox121', 'safari17.5'],
    sourcemap: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The list of what later parts need stands in the first chunk: their style sheets have to, their scripts they ask for
    // themselves.
    modulePreload: {
      resolveDependencies: (_, dependencies, { hostType }) =>
        hostType === 'html' ? dependencies : dependencies.filter((name) => name.endsWith('.css')),
    },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstChunk() }] } } },
  },
})
