// What messages carry, read from their extras: any client may have written them, so what has another form is left out. And
// the room it takes on screen, which is known before a byte of it is here. Pure.

import type { AttachmentView, LinkPreviewView } from '@sayso/client'
import type { Fields } from './timeline.ts'

export type Carried = {
  readonly pictures: readonly Picture[]
  readonly files: readonly AttachmentView[]
  readonly previews: readonly LinkPreviewView[]
}

/** A picture whose size is known. Pixels. */
export type Picture = AttachmentView & { readonly width: number; readonly height: number }

const ID = /^[A-Za-z0-9_-]{8,64}$/
const MOST = 20

/** Undefined if there is nothing of the kind. */
export function carriedIn(extras: Fields | undefined): Carried | undefined {
  if (extras === undefined || !('attachments' in extras || 'previews' in extras)) return undefined
  const all = listOf(extras.attachments).flatMap((one) => attachmentOf(one) ?? [])
  const previews = listOf(extras.previews).flatMap((one) => previewOf(one) ?? [])
  if (all.length + previews.length === 0) return undefined
  return { pictures: all.filter(isPicture), files: all.filter((one) => !isPicture(one)), previews }
}

export function isPicture(file: AttachmentView): file is Picture {
  return file.type.startsWith('image/') && file.width !== undefined && file.height !== undefined
}

function attachmentOf(one: Fields): AttachmentView | undefined {
  const { id, name, type, bytes, description } = one
  if (typeof id !== 'string' || !ID.test(id)) return undefined
  if (typeof name !== 'string' || typeof type !== 'string' || !isCount(bytes)) return undefined
  const size = sizeOf(one)
  const preview = sizeOf(isFields(one.preview) ? one.preview : {})
  return {
    id,
    name,
    type,
    bytes,
    ...size,
    ...(preview && { preview }),
    ...(typeof description === 'string' && { description }),
  }
}

function previewOf(one: Fields): LinkPreviewView | undefined {
  const { id, url, title, description, site } = one
  if (typeof id !== 'string' || typeof url !== 'string' || !/^https?:\/\//.test(url))
    return undefined
  const image = isFields(one.image) ? one.image : {}
  const size = sizeOf(image)
  const hasImage = size !== undefined && typeof image.id === 'string' && ID.test(image.id)
  return {
    id,
    url,
    ...(typeof title === 'string' && { title }),
    ...(typeof description === 'string' && { description }),
    ...(typeof site === 'string' && { site }),
    ...(hasImage && { image: { id: image.id as string, ...size } }),
  }
}

function sizeOf({ width, height }: Fields) {
  return isCount(width) && isCount(height) && width > 0 && height > 0
    ? { width, height }
    : undefined
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.slice(0, MOST).filter(isFields) : []
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** The largest a single picture is shown in the log; pixels. */
const BOX = { width: 380, height: 300 } as const
/** No picture becomes a line. */
const LEAST_PX = 48

/** How large a picture is shown: never larger than it is. */
export function boxOf({ width, height }: { readonly width: number; readonly height: number }) {
  const scale = Math.min(1, BOX.width / width, BOX.height / height)
  return {
    width: Math.max(LEAST_PX, Math.round(width * scale)),
    height: Math.max(LEAST_PX, Math.round(height * scale)),
  }
}
