// Everything about bringing files that is loaded when the first one comes.

import type { LinkPreviewView } from '@sayso/client'
import { filesApi } from '@sayso/client/files'
import type { ComponentType } from 'react'
import { carriedIn, isPicture } from '../model/carried.ts'
import { fileTexts } from '../model/texts-files.ts'
import type { Fields } from '../model/timeline.ts'
import { DropZone, type DropZoneProps } from './drop-zone.tsx'
import { markKept } from './has-kept.ts'
import { LinkLooks } from './link-looks.ts'
import { LinkTray, type LinkTrayProps } from './link-tray.tsx'
import { forgetPictures } from './object-urls.ts'
import { Tray, type TrayProps } from './tray.tsx'
import { type Upload, Uploads } from './uploads.ts'

export type FilesPart = {
  readonly uploads: Uploads
  readonly looks: LinkLooks
  readonly Tray: ComponentType<TrayProps>
  readonly LinkTray: ComponentType<LinkTrayProps>
  readonly DropZone: ComponentType<DropZoneProps>
  /** What a message carries of these, and why it cannot be sent yet, in words. */
  carried(
    own: readonly Upload[],
    previews: readonly LinkPreviewView[],
  ): {
    readonly extras: Fields | undefined
    readonly waits: string | undefined
  }
  /** What a message that was not sent carried is of the draft again. */
  takeBack(channelKey: string, draftKey: string, extras: Fields): void
  forgetPictures(): void
}

export function filesPart(person: string): FilesPart {
  const newKey = () => crypto.randomUUID()
  const api = filesApi()
  const uploads = new Uploads({ api, person, newKey })
  const looks = new LinkLooks(api)
  uploads.subscribe(() => markKept(uploads.all().length > 0))
  const takeBack: FilesPart['takeBack'] = (channelKey, draftKey, extras) => {
    const { pictures = [], files = [] } = carriedIn(extras) ?? {}
    uploads.takeBack(channelKey, draftKey, [...pictures, ...files])
  }
  return { uploads, looks, LinkTray, Tray, DropZone, carried, takeBack, forgetPictures }
}

function carried(own: readonly Upload[], previews: readonly LinkPreviewView[]) {
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
  const beside = {
    ...(attachments.length > 0 && { attachments }),
    ...(previews.length > 0 && { previews }),
  }
  const extras = Object.keys(beside).length === 0 ? undefined : beside
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
