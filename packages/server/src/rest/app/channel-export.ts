// Everything that is stored of one channel as a file: its messages, or who came and went.

import type { Message, Payload, PresenceEvent } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import { isChannelName, parseChannelName } from '@sayso/protocol'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import {
  beginExport,
  type ExportAt,
  type ExportChannel,
  exportedMessages,
  exportedPresence,
} from '../../commands/export-channel.ts'
import { Failure } from '../../commands/failure.ts'
import { csvRow } from './csv.ts'
import type { AppRest } from './deps.ts'
import { type AppRoute, route } from './route.ts'
import { instant } from './shapes.ts'
import { streamed, texts } from './streamed.ts'

const MESSAGE_COLUMNS = [
  'serial',
  'at',
  'state',
  'name',
  'clientId',
  'data',
  'encoding',
  'extras',
  'version',
  'annotations',
  'connectionId',
  'id',
] as const
const PRESENCE_COLUMNS = [
  'at',
  'action',
  'clientId',
  'connectionId',
  'data',
  'encoding',
  'extras',
  'id',
] as const

type Line = Readonly<Record<string, unknown>>
type Format = 'jsonl' | 'csv'

export const channelExportRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/channels/:name/export',
    id: 'exportChannel',
    tag: 'exports',
    summary: 'Everything that is stored of a channel as a file, oldest first',
    about: [
      'As it stood when it was asked for: each message in its latest state, with who wrote it, who changed it last, and',
      'what its annotations add up to. Of a deleted message only that it was deleted, never what it said. Whoever loses',
      'the right meanwhile gets a file that breaks off. That an export was made is in the audit log.',
    ].join('\n'),
    needs: { who: 'signed-in', asks: '`export-messages` on the tenant of the channel' },
    params: { name: 'name of the channel, such as `chat:general`' },
    query: z.object({
      what: z.enum(['messages', 'presence']).default('messages'),
      since: instant.optional().describe('first published at or after this instant'),
      until: instant.optional().describe('first published at or before this instant'),
      format: z.enum(['jsonl', 'csv']).default('jsonl'),
    }),
    answers: {
      200: { what: 'One JSON object or one row for each.', type: 'application/x-ndjson' },
    },
    problems: ['channel_name_invalid'],
    run: async ({ deps, asker, params, query: { what, since, until, format } }) => {
      const asked = {
        channel: channelNamed(params.name),
        what,
        ...(since !== undefined && { startMs: since }),
        ...(until !== undefined && { endMs: until }),
      }
      const at = await beginExport(deps.context, deps.hub, asker, asked)
      const lines = linesOf(deps, asker, asked, { at, format })
      const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson'
      return streamed(lines, `${what}.${format}`, `${type}; charset=utf-8`)
    },
  }),
]

function linesOf(
  { context, hub }: AppRest,
  asker: Asker,
  asked: ExportChannel,
  { at, format }: { readonly at: ExportAt; readonly format: Format },
): AsyncGenerator<string> {
  return asked.what === 'messages'
    ? written(exportedMessages(context, asker, asked, at), messageLine, MESSAGE_COLUMNS, format)
    : written(
        exportedPresence(context, hub, asker, asked, at),
        presenceLine,
        PRESENCE_COLUMNS,
        format,
      )
}

function written<T>(
  pages: AsyncIterable<readonly T[]>,
  view: (each: T) => Line,
  columns: readonly string[],
  format: Format,
): AsyncGenerator<string> {
  if (format === 'jsonl') return texts(pages, (each) => `${JSON.stringify(view(each))}\n`)
  const row = (line: Line) => csvRow(columns.map((name) => line[name]))
  return texts(pages, (each) => row(view(each)), csvRow(columns))
}

/** @throws {Failure} `channel_name_invalid` */
function channelNamed(name: string): ChannelName {
  const parsed = parseChannelName(name)
  if (isChannelName(parsed) && parsed.base === name) return parsed.base
  throw new Failure('channel_name_invalid', 'the path holds no plain name of a channel', {
    remedy: 'write the whole name, percent-encoded, such as `chat:general`',
  })
}

const STATES = { create: 'published', update: 'edited', delete: 'deleted' } as const

/** INVARIANT: nothing that a deleted message or a version of it said is in its line. */
function messageLine({ action, serial, timestampMs, ...message }: Message): Line {
  const { id, clientId, connectionId, name, extras, version, summary } = message
  const isDeleted = action === 'delete'
  return {
    serial,
    at: iso(timestampMs),
    state: STATES[action],
    ...(isDeleted ? {} : { name, ...payload(message), extras }),
    clientId,
    version: version && {
      serial: version.serial,
      at: iso(version.timestampMs),
      clientId: version.clientId,
      description: version.description,
      metadata: version.metadata,
    },
    annotations: summary,
    connectionId,
    id,
  }
}

function presenceLine({ action, member }: PresenceEvent): Line {
  const { id, clientId, connectionId, extras, timestampMs } = member
  return { at: iso(timestampMs), action, clientId, connectionId, ...payload(member), extras, id }
}

/** Bytes are written in base64, as over REST. */
function payload({ data, encoding }: { data?: Payload; encoding?: string }): Line {
  if (data === undefined || typeof data === 'string') return { data, encoding }
  const written = encoding === undefined ? 'base64' : `${encoding}/base64`
  return { data: Buffer.from(data).toString('base64'), encoding: written }
}

const iso = (atMs: number): string => new Date(atMs).toISOString()
