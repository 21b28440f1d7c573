// What a file is, told by its content and never by its name; and which kinds a page may show by itself.

import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { imageSize } from 'image-size'

export type Content = {
  readonly type: string
  /** Pixels, as it is shown, turned by its orientation; absent: no picture that can be shown. */
  readonly size?: { readonly width: number; readonly height: number }
}

/** Enough for every header that tells the size of a picture; bytes. */
const HEAD_BYTES = 1_048_576

/** Beyond this a reader's device may choke on a picture; pixels. */
const MOST_PIXELS = 100_000_000

/** Pictures, sounds and films that cannot run anything. SVG and HTML are programs and not among them. */
const SHOWN: ReadonlySet<string> = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/ogg',
  'audio/opus',
  'audio/wav',
  'audio/x-flac',
  'audio/flac',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/quicktime',
])

/** True for what pages show in place; everything else is only ever saved. */
export function isShown(type: string): boolean {
  return SHOWN.has(type)
}

/** Looks at a file. What nothing is known of is text if it reads as text, else bytes. */
export async function contentOf(path: string): Promise<Content> {
  const found = await fileTypeFromFile(path).catch(() => undefined)
  const head = await headOf(path)
  const type =
    found?.mime.split(';')[0] ?? (isText(head) ? 'text/plain' : 'application/octet-stream')
  const size = type.startsWith('image/') ? sizeOf(head) : undefined
  return size === undefined ? { type } : { type, size }
}

/** Pixels of a picture, from its first bytes. */
export function sizeOf(head: Uint8Array): Content['size'] {
  try {
    const { width, height, orientation = 1 } = imageSize(head)
    if (!(width > 0 && height > 0 && width * height <= MOST_PIXELS)) return undefined
    // Orientations 5 to 8 lie on their side.
    return orientation >= 5 ? { width: height, height: width } : { width, height }
  } catch {
    return undefined
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** UTF-8 without control characters but those of texts; the last character may be cut. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    return !/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text)
  } catch {
    return false
  }
}
