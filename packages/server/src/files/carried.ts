// What messages carry: files and link previews. A client names them by id; everything else that is said of them the server
// writes, so that nobody can forge it.

import type { NewMessage } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { NewRecord } from '@sayso/store'
import { Failure } from '../commands/failure.ts'
import type { Context } from '../context.ts'
import { attachedRecords, type FileRecord, fileOf, type KnownFile } from './file-record.ts'
import { LINK_PREVIEWS, type LinkPreview, linkPreviewOf } from './link-preview-record.ts'
import { isFields, itemsOf } from './listed-files.ts'

/** Files, and link previews, of one message. */
const MOST_FILES = 10
const MOST_PREVIEWS = 5
/** What people write about a file for those who do not see it; characters. */
const LONGEST_DESCRIPTION = 1_000

type Extras = NonNullable<NewMessage['extras']>

export type Carried = {
  readonly messages: readonly NewMessage[]
  /** To be asked about, each. */
  readonly files: readonly FileRecord[]
  /** To be written with the messages: whoever else would use the same files comes too late. */
  readonly records: readonly NewRecord[]
}

/** True if anything is to be looked up before the message can be published. */
export function carriesAny({ extras }: Pick<NewMessage, 'extras'>): boolean {
  return extras !== undefined && ('attachments' in extras || 'previews' in extras)
}

/**
 * Completes messages with what the server knows of the files they name. A preview that is not there (any more) is left
 * out; a file that is not is a mistake.
 *
 * @param owner who publishes, as records name them
 * @throws {Failure} `attachment_invalid`
 */
export async function carriedBy(
  { store, now }: Context,
  owner: string,
  channel: ChannelName,
  messages: readonly NewMessage[],
): Promise<Carried> {
  if (!messages.some(carriesAny)) return { messages, files: [], records: [] }
  const taken = new Taken(store, { owner, channel }, now())
  const complete: NewMessage[] = []
  for (const [index, message] of messages.entries()) {
    complete.push(carriesAny(message) ? await taken.complete(message, index) : message)
  }
  return { messages: complete, files: taken.files, records: taken.records }
}

class Taken {
  readonly files: FileRecord[] = []
  readonly records: NewRecord[] = []
  readonly #store: Context['store']
  readonly #by: { readonly owner: string; readonly channel: string }
  readonly #nowMs: number
  readonly #ids = new Set<string>()

  constructor(store: Context['store'], by: { owner: string; channel: string }, nowMs: number) {
    this.#store = store
    this.#by = by
    this.#nowMs = nowMs
  }

  async complete(message: NewMessage, index: number): Promise<NewMessage> {
    const { attachments, previews, ...rest } = message.extras as Extras
    const attached: Extras[] = []
    for (const said of attachmentsIn(attachments)) attached.push(await this.#attach(said, index))
    const shown: Extras[] = []
    for (const { id } of itemsOf(previews).slice(0, MOST_PREVIEWS)) {
      const preview = typeof id === 'string' ? await this.#preview(id, index) : undefined
      if (preview !== undefined) shown.push(preview)
    }
    const extras = {
      ...rest,
      ...(attached.length > 0 && { attachments: attached }),
      ...(shown.length > 0 && { previews: shown }),
    }
    const { extras: _said, ...bare } = message
    return Object.keys(extras).length === 0 ? bare : { ...bare, extras }
  }

  async #attach(said: Said, index: number): Promise<Extras> {
    const known = await fileOf(this.#store, said.id)
    if (known === undefined || !this.#isOurs(known, 'attachment')) throw missing(said.id)
    if (this.#ids.has(said.id)) throw new Failure('attachment_invalid', 'a file is named twice')
    this.#take(known, index)
    return attachmentOf(known, said.description)
  }

  async #preview(id: string, index: number): Promise<Extras | undefined> {
    const preview = await linkPreviewOf(this.#store, id)
    if (preview === undefined || this.#ids.has(id)) return undefined
    if (preview.owner !== this.#by.owner || preview.channel !== this.#by.channel) return undefined
    this.#ids.add(id)
    this.records.push({ collection: LINK_PREVIEWS, key: id, value: undefined })
    const image = preview.image && (await fileOf(this.#store, preview.image.id))
    const hasImage = image !== undefined && this.#isOurs(image, 'picture')
    if (hasImage) this.#take(image, index, false)
    return previewOf(id, preview, hasImage)
  }

  #take(known: KnownFile, index: number, isAsked = true): void {
    this.#ids.add(known.id)
    if (isAsked) this.files.push(known.file)
    this.records.push(...attachedRecords(known, index, this.#nowMs))
  }

  #isOurs({ file }: KnownFile, kind: FileRecord['kind']): boolean {
    const { owner, channel } = this.#by
    return (
      file.kind === kind &&
      file.owner === owner &&
      file.channel === channel &&
      file.state !== 'arriving'
    )
  }
}

type Said = { readonly id: string; readonly description?: string }

/** @throws {Failure} `attachment_invalid` */
function attachmentsIn(list: unknown): readonly Said[] {
  if (list === undefined) return []
  if (!Array.isArray(list)) throw new Failure('attachment_invalid', '`attachments` is not a list')
  if (list.length > MOST_FILES)
    throw new Failure('attachment_invalid', `a message carries at most ${MOST_FILES} files`)
  return list.map((one) => {
    const { id, description } = isFields(one) ? one : {}
    if (typeof id !== 'string')
      throw new Failure('attachment_invalid', 'an attachment is named by its `id`')
    const text = typeof description === 'string' ? description.trim() : ''
    return { id, ...(text !== '' && { description: text.slice(0, LONGEST_DESCRIPTION) }) }
  })
}

function missing(id: string): Failure {
  return new Failure(
    'attachment_invalid',
    `the file \`${id.slice(0, 40)}\` cannot be attached here`,
    {
      remedy: 'upload it for this channel, whole, and name it in one message',
    },
  )
}

function attachmentOf({ id, file }: KnownFile, description: string | undefined): Extras {
  const { name, type, bytes, width, height, preview } = file
  return {
    id,
    name,
    type,
    bytes,
    ...(width !== undefined && { width, height }),
    ...(preview !== undefined && { preview: { width: preview.width, height: preview.height } }),
    ...(description !== undefined && { description }),
  }
}

function previewOf(id: string, preview: LinkPreview, hasImage: boolean): Extras {
  const { url, title, description, site, image } = preview
  return {
    id,
    url,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(site !== undefined && { site }),
    ...(hasImage && { image }),
  }
}
