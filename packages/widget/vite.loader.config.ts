// The loader as a package: an ES module and CommonJS.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string }

export default defineConfig({
  root: at('.'),
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    outDir: 'dist/loader',
    emptyOutDir: true,
    target: 'es2020',
    sourcemap: true,
    lib: {
      entry: at('src/index.ts'),
      formats: ['es', 'cjs'],
      fileName: (format) => (format === 'es' ? 'index.js' : 'index.cjs'),
    },
  },
})
