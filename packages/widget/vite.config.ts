// The panel: a page of its own, for the frame. The build fails when it has grown too heavy.

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { atMost } from './build/at-most.ts'

/** Kilobytes, gzip, of everything the frame loads before it shows anything. */
const MOST_KIB = 60

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/widget/',
  plugins: [atMost('the panel', MOST_KIB)],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist/served',
    emptyOutDir: true,
    target: ['chrome120', 'firefox121', 'safari17.5'],
    sourcemap: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: fileURLToPath(new URL('frame.html', import.meta.url)) },
  },
})
