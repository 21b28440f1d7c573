// Fails a build whose first load weighs more than it may.

import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Counts entries and what they import at once, scripts and their styles; not what is fetched later. */
export function atMost(name: string, mostKib: number): Plugin {
  return {
    name: 'sayso-at-most',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = Object.values(bundle)
      const chunks = files.flatMap((one) => (one.type === 'chunk' ? [one] : []))
      const wanted = new Set<string>()
      const want = (fileName: string) => {
        if (wanted.has(fileName)) return
        wanted.add(fileName)
        for (const next of chunks.find((one) => one.fileName === fileName)?.imports ?? [])
          want(next)
      }
      for (const { isEntry, fileName } of chunks) if (isEntry) want(fileName)
      const at = chunks.filter((one) => wanted.has(one.fileName))
      const styles = new Set(at.flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]))
      const weighed = files.flatMap((one) => {
        if (one.type === 'chunk') return at.includes(one) ? [one.code] : []
        return styles.has(one.fileName) ? [one.source] : []
      })
      const bytes = weighed.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0)
      const text = `${name}: ${(bytes / 1024).toFixed(1)} KiB (gzip), at most ${mostKib}`
      if (bytes > mostKib * 1024) this.error(text)
      this.info(text)
    },
  }
}
