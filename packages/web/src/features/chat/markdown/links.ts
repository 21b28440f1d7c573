// Addresses in texts: which may be followed, and where a bare one ends. Pure.

const SAFE = new Set(['http:', 'https:', 'mailto:'])

/** The address, if it is whole and leads nowhere but to a page or a mail. */
export function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  return SAFE.has(url.protocol) ? url.href : undefined
}

/** What ends a sentence, or marks text, is not part of the address before it. */
const TRAILING = /[.,:;!?…'"’”)\]}*_~]+$/

/** A bare address without what only follows it. A closing bracket stays if the address itself opened it. */
export function withoutTrailing(address: string): string {
  const cut = address.replace(TRAILING, '')
  const rest = address.slice(cut.length)
  return rest.startsWith(')') && cut.includes('(') ? `${cut})` : cut
}

/** True if the words of a link name another place than it leads to. */
export function isMisleading(words: string, href: string): boolean {
  const named = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/:?#]|\s*$)/iu.exec(words)
  if (named?.[1] === undefined || !URL.canParse(href)) return false
  const bare = (host: string) => host.toLowerCase().replace(/^www\./, '')
  return bare(new URL(href).hostname) !== bare(named[1])
}
