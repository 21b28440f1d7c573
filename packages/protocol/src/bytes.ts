// Text and bytes without a platform: UTF-8 and base64 that refuse what they cannot read.

// The two globals every JavaScript runtime has; declared here because this package is compiled for none in particular.
declare const TextEncoder: new () => { encode(text: string): Uint8Array }
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string }

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Encodes text; an unpaired surrogate becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Decodes UTF-8; undefined if the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Counts the bytes of a text in UTF-8 without encoding it. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (isPairAt(text, i, unit)) {
      bytes += 2
      i++
    } else bytes += 2
  }
  return bytes
}

function isPairAt(text: string, index: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdbff) return false
  const next = text.charCodeAt(index + 1)
  return next >= 0xdc00 && next <= 0xdfff
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const letters = utf8(alphabet)
const pad = 61
const bad = 255
const values = new Uint8Array(128).fill(bad)
letters.forEach((letter, value) => {
  values[letter] = value
})
// The URL-safe alphabet is read too; it is never written.
values[45] = 62
values[95] = 63

/** Writes base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  let to = 0
  for (let from = 0; from < bytes.length; from += 3) {
    const left = bytes.length - from
    const word = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    out[to++] = letters[word >> 18] ?? pad
    out[to++] = letters[(word >> 12) & 63] ?? pad
    out[to++] = left > 1 ? (letters[(word >> 6) & 63] ?? pad) : pad
    out[to++] = left > 2 ? (letters[word & 63] ?? pad) : pad
  }
  return decoder.decode(out)
}

/** Reads base64, padded or not, plain or URL-safe; undefined for anything else. */
export function fromBase64(text: string): Uint8Array | undefined {
  let end = text.length
  if (text.endsWith('==')) end -= 2
  else if (text.endsWith('=')) end -= 1
  const isPadded = end < text.length
  if (end % 4 === 1 || (isPadded && text.length % 4 !== 0)) return undefined
  const out = new Uint8Array(Math.floor((end * 3) / 4))
  let word = 0
  let bits = 0
  let to = 0
  for (let from = 0; from < end; from++) {
    const value = values[text.charCodeAt(from)] ?? bad
    if (value === bad) return undefined
    word = ((word << 6) | value) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    out[to++] = (word >> bits) & 0xff
  }
  return out
}
