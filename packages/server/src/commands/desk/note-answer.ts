// Write down when an operator first answered. The server notes it of what was said; nobody asks for it.

import type { Context } from '../../context.ts'
import { conversationRecord, keptConversation } from '../../desk/conversation.ts'
import { reportLineRecord } from '../../desk/report-lines.ts'
import { decideOver } from '../decide-and-commit.ts'
import { untilSeen } from './moving.ts'

export type NoteAnswer = {
  readonly key: string
  /** Id of the operator. */
  readonly by: string
  /** When it was said. */
  readonly atMs: number
}

/** Also of one that was closed meanwhile. Nothing happens if an answer is known. @throws {Failure} `busy`, `store_unavailable` */
export async function noteAnswer(context: Context, { key, by, atMs }: NoteAnswer): Promise<void> {
  await untilSeen(async () => {
    const read = () => keptConversation(context.store, key)
    await decideOver(context, read, (_world, kept) => {
      if (kept === undefined || kept.answeredAtMs !== undefined) return { entries: [] }
      const { key: _key, version, ...conversation } = kept
      const next = { ...conversation, answeredAtMs: atMs, answeredBy: by }
      return {
        entries: [],
        records: [
          conversationRecord(key, next, version),
          ...(next.state === 'closed' ? [reportLineRecord(key, next)] : []),
        ],
      }
    })
  })
}
