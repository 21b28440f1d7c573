// Bringing files piece by piece, and finding those of a channel again. Their bytes are served at `/files/{id}`.

import { authorize, type ChannelName, channelOf } from '@sayso/policy'
import type { ChannelFilesView, FileLimitsView, UploadView } from '@sayso/protocol'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { beginUpload } from '../../commands/begin-upload.ts'
import { dropFile } from '../../commands/drop-file.ts'
import { Failure } from '../../commands/failure.ts'
import { listFiles } from '../../commands/list-files.ts'
import { previewLink } from '../../commands/preview-link.ts'
import { putSmallPicture, SMALL_BYTES } from '../../commands/put-small-picture.ts'
import { ownUpload, PIECE_BYTES, takePiece } from '../../commands/take-piece.ts'
import type { FileRecord } from '../../files/file-record.ts'
import { channelResource, KEY_PARAM } from './channel-people.ts'
import type { AppRest } from './deps.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'

const tag = 'files'
const ID_PARAM = { id: 'id of the file' }
const owner = { who: 'signed-in', asks: 'a file of one’s own', hasTokens: true } as const

const size = z.object({ width: z.int(), height: z.int() })
const fileShape = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string().describe('by its content; while it arrives, as declared'),
    bytes: z.int(),
    width: z.int().optional().describe('pixels, as it is shown; of pictures'),
    height: z.int().optional(),
    preview: size.optional().describe('there is a small picture at `/files/{id}/preview`'),
  })
  .meta({ id: 'File' })
const uploadShape = fileShape
  .extend({
    offset: z.int().describe('bytes that are here'),
    pieceBytes: z.int().describe('the largest piece'),
    isReady: z.boolean().describe('whole and looked at: a message may name it'),
  })
  .meta({ id: 'Upload' })

export const fileRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/files/limits',
    id: 'readFileLimits',
    inView: true,
    tag,
    summary: 'How large files may be',
    needs: { who: 'signed-in', asks: 'nothing else', hasTokens: true },
    answers: {
      200: json(
        'Bytes.',
        z.object({ maxBytes: z.int(), pieceBytes: z.int(), smallBytes: z.int() }),
      ),
    },
    run: ({ c, deps }) => {
      const { maxBytes } = deps.context.files.limits
      const limits = { maxBytes, pieceBytes: PIECE_BYTES, smallBytes: SMALL_BYTES }
      return c.json(limits satisfies FileLimitsView)
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:key/files',
    id: 'beginUpload',
    tag,
    summary: 'Begin to bring a file to a channel',
    about:
      'Judged by what is said of it before a byte is sent, and again by what it is when it is whole. A file that no message names within a day is removed.',
    needs: {
      who: 'signed-in',
      asks: '`publish` and `attach-file` on the channel',
      hasTokens: true,
    },
    params: KEY_PARAM,
    body: {
      schema: z.object({
        name: z.string().max(1_000),
        type: z.string().max(200).default('application/octet-stream'),
        bytes: z.int().min(0),
      }),
      example: { name: 'harbour.jpg', type: 'image/jpeg', bytes: 48_211 },
    },
    answers: { 201: json('Send its first piece.', uploadShape) },
    problems: ['resource_unknown', 'file_too_large', 'files_full', 'too_many'],
    run: async ({ c, deps, asker, params, body }) => {
      const channel = channelNamed(deps, asker, params.key)
      const { id, file } = await beginUpload(deps.context, asker, channel, body)
      return c.json(uploadView(id, file), 201)
    },
  }),
  route({
    method: 'GET',
    path: '/uploads/:id',
    id: 'readUpload',
    tag,
    summary: 'How much of a file is here',
    needs: owner,
    params: ID_PARAM,
    answers: { 200: json('Go on from its offset.', uploadShape) },
    problems: ['file_unknown'],
    run: async ({ c, deps, asker, params: { id } }) => {
      const { file } = await ownUpload(deps.context, asker, id)
      return c.json(uploadView(id, file))
    },
  }),
  route({
    method: 'PUT',
    path: '/uploads/:id/preview',
    id: 'putSmallPicture',
    tag,
    summary: 'Keep a small picture of a file, for lists',
    needs: owner,
    params: ID_PARAM,
    raw: { maxBytes: SMALL_BYTES },
    answers: { 200: json('It is kept.', uploadShape) },
    problems: ['file_unknown', 'conflict', 'invalid', 'files_full'],
    run: async ({ c, deps, asker, params: { id }, bytes }) =>
      c.json(uploadView(id, await putSmallPicture(deps.context, asker, id, bytes))),
  }),
  route({
    method: 'PUT',
    path: '/uploads/:id/:offset',
    id: 'sendPiece',
    tag,
    summary: 'Send the next piece of a file',
    about: 'When it is answered, the piece survives a crash. The last piece makes the file ready.',
    needs: owner,
    params: { ...ID_PARAM, offset: 'where the piece begins: the offset of the answer before' },
    raw: { maxBytes: PIECE_BYTES },
    answers: { 200: json('Go on from its offset, or be done.', uploadShape) },
    problems: ['file_unknown', 'conflict', 'files_full'],
    run: async ({ c, deps, asker, params: { id, offset }, bytes }) => {
      if (!/^\d{1,15}$/.test(offset))
        throw new ApiProblem('query_invalid', 'the offset is not a number')
      const piece = { id, offset: Number(offset), bytes }
      return c.json(uploadView(id, await takePiece(deps.context, asker, piece)))
    },
  }),
  route({
    method: 'DELETE',
    path: '/uploads/:id',
    id: 'dropFile',
    tag,
    summary: 'Let go of a file that was not sent',
    needs: owner,
    params: ID_PARAM,
    answers: { 204: { what: 'It is gone.' } },
    problems: ['file_unknown'],
    run: async ({ c, deps, asker, params }) => {
      await dropFile(deps.context, asker, params.id)
      return c.body(null, 204)
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:key/previews',
    id: 'previewLink',
    tag,
    summary: 'What the server sees at an address, for a message that is being written',
    about:
      'The message names it by `extras.previews: [{ id }]`. Whatever keeps the server from seeing something is answered alike.',
    needs: { who: 'signed-in', asks: '`publish` on the channel', hasTokens: true },
    params: KEY_PARAM,
    body: {
      schema: z.object({ url: z.string().max(2_000) }),
      example: { url: 'https://example.com/harbour' },
    },
    answers: {
      201: json(
        'A preview.',
        z
          .object({
            id: z.string(),
            url: z.string(),
            title: z.string().optional(),
            description: z.string().optional(),
            site: z.string().optional(),
            image: size.extend({ id: z.string() }).optional(),
          })
          .meta({ id: 'LinkPreview' }),
      ),
    },
    problems: ['resource_unknown', 'too_many', 'previews_off', 'preview_unavailable'],
    run: async ({ c, deps, asker, params, body }) => {
      const channel = channelNamed(deps, asker, params.key)
      return c.json(await previewLink(deps.context, asker, channel, body.url), 201)
    },
  }),
  route({
    method: 'GET',
    path: '/channels/:key/files',
    id: 'listFiles',
    inView: true,
    tag,
    summary: 'The files of a channel you may see now, the newest first',
    needs: { who: 'signed-in', asks: '`history` on the channel', hasTokens: true },
    params: KEY_PARAM,
    query: z.object({
      kind: z.enum(['image', 'media', 'other']).optional(),
      q: z.string().max(200).optional().describe('part of the name'),
      after: z.string().max(100).optional().describe('`next` of the page before'),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answers: {
      200: json(
        'One page.',
        z.object({
          items: z.array(
            fileShape.extend({
              by: z.string().describe('who sent it: a person’s id, or `key:…`'),
              atMs: z.number(),
              serial: z.string().describe('of the message that carries it'),
            }),
          ),
          next: z.string().optional(),
        }),
      ),
    },
    problems: ['resource_unknown'],
    run: async ({ c, deps, asker, params, query }) => {
      const channel = channelNamed(deps, asker, params.key)
      const { items, next } = await listFiles(deps.context, asker, { channel, ...query })
      const view: ChannelFilesView = {
        items: items.map(({ id, file, serial }) => ({
          ...fileView(id, file),
          by: file.owner.replace(/^user:/, ''),
          atMs: file.attachedAtMs ?? file.createdAtMs,
          serial,
        })),
        ...(next === undefined ? {} : { next }),
      }
      return c.json(view)
    },
  }),
]

function fileView(id: string, file: FileRecord) {
  const { name, type, bytes, width, height, preview } = file
  return {
    id,
    name,
    type,
    bytes,
    ...(width === undefined || height === undefined ? {} : { width, height }),
    ...(preview && { preview: { width: preview.width, height: preview.height } }),
  }
}

function uploadView(id: string, file: FileRecord): UploadView {
  const { received: offset, state } = file
  return { ...fileView(id, file), offset, pieceBytes: PIECE_BYTES, isReady: state === 'ready' }
}

/** Hidden and missing look alike. @throws {Failure} `resource_unknown` */
function channelNamed({ context }: AppRest, asker: Asker, key: string): ChannelName {
  const { credential } = asker
  const { world } = context.standing
  const channel = channelOf(world.policy, channelResource(world, key, asker))
  const mayAnything = ['subscribe', 'history', 'publish'].some(
    (action) => channel !== undefined && authorize(world, credential, action, channel).allowed,
  )
  if (channel !== undefined && mayAnything) return channel
  throw new Failure('resource_unknown', `there is no \`${key}\`, or you may not see it`)
}
