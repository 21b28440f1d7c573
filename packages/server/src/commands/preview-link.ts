// Look at an address for somebody who is about to send it. What is seen is kept for them until their message takes it.

import { type ChannelName, resourceOf, type World } from '@sayso/policy'
import type { LinkPreviewView } from '@sayso/protocol'
import type { Context } from '../context.ts'
import { sizeOf } from '../files/content.ts'
import { type FileRecord, looseRecords } from '../files/file-record.ts'
import { type LinkPreview, linkPreviewRecord } from '../files/link-preview-record.ts'
import { stripped } from '../files/stripped.ts'
import { type Asker, actorOf } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireNow } from './may.ts'

/** @throws {Failure} `denied`, `too_many`, `previews_off`, `preview_unavailable`, `store_unavailable` */
export async function previewLink(
  context: Context,
  asker: Asker,
  channel: ChannelName,
  url: string,
): Promise<LinkPreviewView> {
  const { files, now } = context
  requireNow(context, asker, 'publish', channel)
  if (!files.links.isOn || !hasPreviews(context.standing.world, channel))
    throw new Failure('previews_off', 'links have no previews here')
  const owner = actorOf(asker)
  files.looked.take(owner, files.limits.perHour, now())
  const page = await files.links.page(url)
  // One answer for everything that can be wrong: it tells nobody what lies behind an address.
  if (page === undefined)
    throw new Failure('preview_unavailable', 'there is no preview of this link')
  const { image: _at, url: _final, ...facts } = page
  const image = await pictureOf(context, { owner, channel }, page.image)
  const id = context.randomId(18)
  // The address that was written is the one that is shown: where it leads may change, what was said does not.
  const preview: LinkPreview = {
    owner,
    channel,
    url,
    ...facts,
    ...(image && { image }),
    atMs: now(),
  }
  await commit(context, { entries: [], records: [linkPreviewRecord(id, preview)] })
  return { id, url, ...facts, ...(image && { image }) }
}

function hasPreviews(world: World, channel: ChannelName): boolean {
  const resource = resourceOf(world.policy, channel)
  return resource === undefined || world.facts.resource(resource)?.previews !== false
}

/** Copied into our own storage, so that readers load nothing from elsewhere. */
async function pictureOf(
  context: Context,
  by: Pick<FileRecord, 'owner' | 'channel'>,
  url: string | undefined,
): Promise<LinkPreview['image']> {
  const { files, now } = context
  const fetched = url === undefined ? undefined : await files.links.picture(url)
  const size = fetched?.ok === true ? sizeOf(fetched.bytes) : undefined
  if (fetched?.ok !== true || size === undefined) return undefined
  const { contentType: type } = fetched
  const bytes = stripped(type, Buffer.from(fetched.bytes)) ?? fetched.bytes
  const { length } = bytes
  const id = context.randomId(18)
  const file: FileRecord = {
    kind: 'picture',
    state: 'ready',
    ...by,
    name: 'preview',
    type,
    bytes: length,
    received: length,
    ...size,
    createdAtMs: now(),
  }
  await files.room.take(length, files.limits)
  await files.disk.put(id, bytes)
  await commit(context, { entries: [], records: looseRecords(id, file) })
  return { id, ...size }
}
