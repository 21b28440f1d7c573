// A conversation in plain text, for people to keep.

import type { TranscriptLine } from '../commands/desk/read-transcript.ts'
import type { Conversation } from './conversation.ts'

const WORDS: Readonly<Record<string, (by: string) => string>> = {
  opened: (by) => `${by} opened the conversation`,
  claimed: (by) => `${by} is here for you`,
  joined: (by) => `${by} came in`,
  left: (by) => `${by} has left`,
  transferred: () => 'The conversation was passed on',
  closing: () => 'The conversation will be closed if nothing is said',
  closed: (by) => `${by} closed the conversation`,
  rated: (by) => `${by} rated the conversation`,
}

/** One text for each line, times in UTC. */
export function transcriptText(
  lines: readonly TranscriptLine[],
  { openedAtMs }: Pick<Conversation, 'openedAtMs'>,
  site: string,
): readonly string[] {
  return [
    `${site}, ${minuteOf(openedAtMs)} UTC`,
    ...lines.flatMap(({ atMs, kind, by = 'Somebody', text }) => {
      const said = kind === 'event' ? WORDS[text]?.(by) : saidText(kind, by, text)
      return said === undefined ? [] : [`${minuteOf(atMs)}  ${said}`]
    }),
  ]
}

function saidText(kind: TranscriptLine['kind'], by: string, text: string): string {
  if (kind === 'file') return `${by} sent ${text}`
  return kind === 'note' ? `${by} (note): ${text}` : `${by}: ${text}`
}

function minuteOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
}
