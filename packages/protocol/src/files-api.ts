// Files over our own JSON API, and what messages say of them in `extras`.

/** What is known of a file. Pixels as it is shown; bytes. */
export type FileView = {
  readonly id: string
  readonly name: string
  /** By its content. */
  readonly type: string
  readonly bytes: number
  readonly width?: number
  readonly height?: number
  /** There is a small picture at `/files/{id}/preview`. */
  readonly preview?: { readonly width: number; readonly height: number }
}

/** POST /api/v1/channels/{key}/files and everything below /api/v1/uploads/{id}. */
export type UploadView = FileView & {
  /** Bytes that are there. */
  readonly offset: number
  readonly pieceBytes: number
  /** A message may name it. */
  readonly isReady: boolean
}

/** GET /api/v1/files/limits; bytes. */
export type FileLimitsView = {
  readonly maxBytes: number
  readonly pieceBytes: number
  /** Of the small picture. */
  readonly smallBytes: number
}

/** GET /api/v1/channels/{key}/files */
export type ChannelFilesView = {
  readonly items: readonly (FileView & {
    readonly by: string
    readonly atMs: number
    /** Of the message that carries it. */
    readonly serial: string
  })[]
  readonly next?: string
}

/** One of `extras.attachments`: a client sends `id` and `description`, the server the rest. */
export type AttachmentView = FileView & { readonly description?: string }

/** One of `extras.previews`: a client sends `id`, the server the rest. */
export type LinkPreviewView = {
  readonly id: string
  readonly url: string
  readonly title?: string
  readonly description?: string
  readonly site?: string
  readonly image?: { readonly id: string; readonly width: number; readonly height: number }
}
