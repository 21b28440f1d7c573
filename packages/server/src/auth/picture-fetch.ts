// Fetches a picture from an address a stranger chose, and tells pictures by their content.

import { type FetchRefusal, type GuardedOptions, guardedFetch } from './guarded-fetch.ts'

/** Largest picture kept; bytes. */
export const MAX_PICTURE_BYTES = 524_288

/** `not_an_image`: it is not a PNG, JPEG, GIF or WebP by its first bytes. */
export type PictureRefusal = FetchRefusal | 'too_large' | 'not_an_image'

export type FetchedPicture =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly contentType: PictureType }
  | { readonly ok: false; readonly reason: PictureRefusal }

/** Fetches a picture; never throws, whatever the far side does. */
export async function fetchPicture(
  url: string,
  options: GuardedOptions,
  more: { readonly maxBytes?: number; readonly isPlainAllowed?: boolean } = {},
): Promise<FetchedPicture> {
  const wanted = { maxBytes: MAX_PICTURE_BYTES, accept: 'image/*', ...more }
  const fetched = await guardedFetch(url, wanted, options)
  if (!fetched.ok) return fetched
  const { status, body } = fetched.answer
  return pictureOf(status, body)
}

function pictureOf(status: number, body: Uint8Array | 'too_large'): FetchedPicture {
  if (status !== 200) return { ok: false, reason: 'unreachable' }
  if (body === 'too_large') return { ok: false, reason: 'too_large' }
  const contentType = pictureType(body)
  return contentType
    ? { ok: true, bytes: body, contentType }
    : { ok: false, reason: 'not_an_image' }
}

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'

/** Tells a picture by its first bytes, never by what it is called. SVG is a program and not among them. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif'
  if (head.startsWith('RIFF') && head.endsWith('WEBP') && head.length === 12) return 'image/webp'
  return undefined
}
