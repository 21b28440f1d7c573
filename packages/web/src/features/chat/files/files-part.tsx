// Everything about bringing files that is loaded when the first one comes.

import { filesApi } from '@sayso/client'
import type { ComponentType } from 'react'
import { isPicture } from '../model/carried.ts'
import { fileTexts } from '../model/texts-files.ts'
import type { Fields } from '../model/timeline.ts'
import { DropZone, type DropZoneProps } from './drop-zone.tsx'
import { markKept } from './has-kept.ts'
import { forgetPictures } from './object-urls.ts'
import { Tray, type TrayProps } from './tray.tsx'
import { type Upload, Uploads } from './uploads.ts'

export type FilesPart = {
  readonly uploads: Uploads
  readonly Tray: ComponentType<TrayProps>
  readonly DropZone: ComponentType<DropZoneProps>
  /** What a message carries of these, and why it cannot be sent yet, in words. */
  carried(own: readonly Upload[]): {
    readonly extras: Fields | undefined
    readonly waits: string | undefined
  }
  forgetPictures(): void
}

export function filesPart(person: string): FilesPart {
  const newKey = () => crypto.randomUUID()
  const uploads = new Uploads({ api: filesApi(), person, newKey })
  uploads.subscribe(() => markKept(uploads.all().length > 0))
  return { uploads, Tray, DropZone, carried, forgetPictures }
}

function carried(own: readonly Upload[]) {
  const attachments = own.flatMap(({ state, description }) => {
    if (state.kind !== 'ready') return []
    const { id, name, type, bytes, width, height, preview } = state.view
    const text = description.trim()
    const size = width === undefined ? {} : { width, height }
    return [
      {
        id,
        name,
        type,
        bytes,
        ...size,
        ...(preview && { preview }),
        ...(text && { description: text }),
      },
    ]
  })
  const extras = attachments.length === 0 ? undefined : { attachments }
  return { extras, waits: waitsOf(own) }
}

function waitsOf(own: readonly Upload[]): string | undefined {
  if (own.some(({ state }) => state.kind === 'failed')) return fileTexts.waitsForFailed
  if (own.some(({ state }) => state.kind !== 'ready')) return fileTexts.waitsForUpload
  return own.some(isUndescribed) ? fileTexts.waitsForDescription : undefined
}

/** A picture whose author has neither described it nor said that nothing is to be said. */
function isUndescribed({ state, description, isSkipped }: Upload): boolean {
  if (isSkipped || description.trim() !== '' || state.kind !== 'ready') return false
  return isPicture(state.view)
}
