// The two formats, and how a request says which one it speaks.

/** How a frame or body is written. A connection keeps the one it asked for. */
export type Format = 'json' | 'msgpack'

/** The largest frame or body that is read; bytes. */
export type Limits = { readonly maxBytes: number }

/** Exactly what `Content-Type` of an answer must be: a charset suffix makes the stock client skip the body. */
export const contentTypes: Readonly<Record<Format, string>> = {
  json: 'application/json',
  msgpack: 'application/x-msgpack',
}

const formats = new Map<string, Format>([
  ['application/json', 'json'],
  ['application/x-msgpack', 'msgpack'],
  ['application/msgpack', 'msgpack'],
])

/** Reads `format=` of a connection or request; absent means JSON, undefined means neither of the two. */
export function formatFromParam(param: string | undefined): Format | undefined {
  if (param === undefined || param === 'json') return 'json'
  return param === 'msgpack' ? 'msgpack' : undefined
}

/** Reads a request's `Content-Type`, parameters ignored; absent means JSON, undefined means neither of the two. */
export function formatFromContentType(header: string | undefined): Format | undefined {
  if (header === undefined || header.trim() === '') return 'json'
  return formats.get(mediaType(header))
}

/** Chooses the format of an answer from `Accept`: the first of the two with the highest `q`, else JSON. */
export function formatFromAccept(header: string | undefined): Format {
  let best: Format = 'json'
  let bestQuality = 0
  for (const part of (header ?? '').split(',')) {
    const format = formats.get(mediaType(part))
    const quality = qualityOf(part)
    if (format === undefined || quality <= bestQuality) continue
    best = format
    bestQuality = quality
  }
  return best
}

function mediaType(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase()
}

function qualityOf(part: string): number {
  const found = /;\s*q=([01](?:\.\d{0,3})?)/i.exec(part)
  return found === null ? 1 : Number(found[1])
}
