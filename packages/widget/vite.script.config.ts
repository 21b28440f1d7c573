// The loader as one script, for `<script async src="…/widget.js" data-widget="…">`.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { atMost } from './build/at-most.ts'

/** Kilobytes, gzip. */
const MOST_KIB = 6

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string }

export default defineConfig({
  root: at('.'),
  define: { __VERSION__: JSON.stringify(version) },
  plugins: [atMost('the loader', MOST_KIB)],
  build: {
    outDir: 'dist/served',
    // Beside the frame's page, which is built before.
    emptyOutDir: false,
    target: 'es2020',
    minify: true,
    lib: {
      entry: at('src/script.ts'),
      formats: ['iife'],
      name: '__sayso',
      fileName: () => 'loader.js',
    },
  },
})
