// What the server saw at an address somebody asked it to look at: kept until a message takes it, or a day has passed.

import type { NewRecord, Store } from '@sayso/store'

export type LinkPreview = {
  /** `user:…` or `key:…` */
  readonly owner: string
  readonly channel: string
  readonly url: string
  readonly title?: string
  readonly description?: string
  /** What the site calls itself. */
  readonly site?: string
  /** A file of ours. Pixels. */
  readonly image?: { readonly id: string; readonly width: number; readonly height: number }
  readonly atMs: number
}

export const LINK_PREVIEWS = 'link-previews'

export async function linkPreviewOf(store: Store, id: string): Promise<LinkPreview | undefined> {
  return (await store.record(LINK_PREVIEWS, id))?.value as LinkPreview | undefined
}

export function linkPreviewRecord(id: string, value: LinkPreview | undefined): NewRecord {
  return { collection: LINK_PREVIEWS, key: id, value }
}
