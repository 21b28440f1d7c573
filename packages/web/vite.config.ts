// Builds the pages, and fails if what a first visit loads has grown too heavy.

import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstLoad, pieces, scriptAfterLook } from './build/first-load.ts'
import { leanAbly, leanEmoji, leanIcons } from './build/lean.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), leanEmoji(), leanIcons(), leanAbly(), scriptAfterLook(), firstLoad()],
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
      polyfill: false,
      resolveDependencies: (_, dependencies, { hostType }) =>
        hostType === 'html' ? dependencies : dependencies.filter((name) => name.endsWith('.css')),
    },
    rolldownOptions: { output: { codeSplitting: { groups: pieces() } } },
  },
})
