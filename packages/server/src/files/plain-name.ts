// The name of a file as it is shown and saved: one line, no path, nothing that turns the line around.

const LONGEST = 200
/** Control characters, separators of paths, and marks that reverse what follows: `exe.gpj` read as `jpg.exe`. */
const REFUSED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}/\\:*?"<>|]+/gu

/** Never empty. */
export function plainName(said: string): string {
  const last = said.split(/[/\\]/).at(-1) ?? ''
  const plain = last.replaceAll(REFUSED, ' ').replaceAll(/\s+/g, ' ').trim().replace(/^\.+/, '')
  if (plain.length <= LONGEST) return plain === '' ? 'file' : plain
  const dot = plain.lastIndexOf('.')
  const ending = dot > plain.length - 12 ? plain.slice(dot) : ''
  return plain.slice(0, LONGEST - ending.length).trim() + ending
}
