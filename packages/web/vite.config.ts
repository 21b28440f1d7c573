// Builds the pages, and fails if what a first visit loads has grown too heavy.

import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Script of a first visit, gzip. Phones pay for every byte of it before they can read the first message. */
const MAX_FIRST_LOAD_BYTES = 170 * 1024

function firstLoad(): Plugin {
  return {
    name: 'sayso-first-load',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [one] : []))
      const wanted = new Set<string>()
      const want = (fileName: string) => {
        if (wanted.has(fileName)) return
        wanted.add(fileName)
        for (const next of chunks.find((one) => one.fileName === fileName)?.imports ?? [])
          want(next)
      }
      for (const chunk of chunks) if (chunk.isEntry) want(chunk.fileName)
      const bytes = chunks
        .filter((chunk) => wanted.has(chunk.fileName))
        .reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0)
      const text = `first load: ${(bytes / 1024).toFixed(1)} KiB of script (gzip), at most ${MAX_FIRST_LOAD_BYTES / 1024} KiB`
      if (bytes > MAX_FIRST_LOAD_BYTES) this.error(text)
      this.info(text)
    },
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

type Info = {
  readonly isEntry: boolean
  readonly importers: readonly string[]
} | null

/**
 * True for what the entry imports, by whatever way, without waiting. All of it goes into one file: in thirty, each packed by
 * itself, the same script is several KiB larger.
 */
function isFirst(id: string, infoOf: (id: string) => Info, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false
  seen.add(id)
  const info = infoOf(id)
  if (info === null) return false
  return info.isEntry || info.importers.some((importer) => isFirst(importer, infoOf, seen))
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
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: (id, context) =>
                isFirst(id, (each) => context.getModuleInfo(each)) ? 'first' : null,
            },
          ],
        },
      },
    },
  },
})
