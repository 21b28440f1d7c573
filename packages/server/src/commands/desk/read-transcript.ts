// Read a conversation from its beginning as the reader may see it now, one line for each thing said.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { Context } from '../../context.ts'
import type { Asker } from '../asker.ts'
import { readHistory } from '../read-messages.ts'

const PAGE = 500
/** Lines beyond it are left out at the beginning. */
const MOST_LINES = 5_000

export type TranscriptLine = {
  readonly serial: string
  readonly atMs: number
  readonly kind: 'text' | 'note' | 'file' | 'event'
  readonly by?: string
  /** What was said; names of files; what happened. */
  readonly text: string
}

/** The oldest first. @throws {Failure} `denied` */
export async function readTranscript(
  context: Context,
  asker: Asker,
  channel: ChannelName,
): Promise<readonly TranscriptLine[]> {
  const lines: TranscriptLine[] = []
  for (let afterSerial: string | undefined; ; ) {
    const page = await readHistory(context, asker, {
      channel,
      direction: 'backwards',
      limit: PAGE,
      ...(afterSerial === undefined ? {} : { afterSerial }),
    })
    lines.push(...page.messages.flatMap(linesOf))
    afterSerial = page.messages.at(-1)?.serial
    if (!page.hasMore || afterSerial === undefined || lines.length >= MOST_LINES) break
  }
  return lines.slice(0, MOST_LINES).reverse()
}

const KINDS = new Set(['text', 'note', 'file', 'event'])

function linesOf(message: Message): readonly TranscriptLine[] {
  const { name = '', serial, timestampMs: atMs, action } = message
  const data = dataOf(message)
  if (!KINDS.has(name) || data === undefined || action === 'delete') return []
  const kind = name as TranscriptLine['kind']
  const by = kind === 'event' ? nameIn(data.by) : textIn(data.name)
  const said = { serial, atMs, kind, text: textOf(kind, data, message) }
  return [by === undefined ? said : { ...said, by }]
}

function dataOf({ data, encoding }: Message): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = typeof data === 'string' && encoding === 'json' ? JSON.parse(data) : data
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function textOf(
  kind: TranscriptLine['kind'],
  data: Readonly<Record<string, unknown>>,
  { extras }: Message,
): string {
  if (kind === 'event') return textIn(data.kind) ?? ''
  if (kind !== 'file') return textIn(data.text) ?? ''
  const files = Array.isArray(extras?.attachments)
    ? (extras.attachments as { name?: unknown }[])
    : []
  return files.map(({ name }) => textIn(name) ?? '').join(', ')
}

function nameIn(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'name' in value
    ? textIn(value.name)
    : undefined
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
