// How far a side of a conversation has received and read it. Marks go forward only; everybody in it is told.

import type { SubjectId } from '@sayso/policy'
import type { NewRecord } from '@sayso/store'
import type { Context } from '../../context.ts'
import { keptConversation } from '../../desk/conversation.ts'
import { conversationNamed, requireDesk } from '../../desk/desk-type.ts'
import { fleetingOf } from '../../desk/fleeting.ts'
import { MARKS, type Marks, markKey, marksOf } from '../../desk/marks.ts'
import { idOf } from '../../people/roles.ts'
import type { Asker } from '../asker.ts'
import { decideOver } from '../decide-and-commit.ts'
import type { TellFleeting } from '../publish-ephemeral.ts'
import { isVisible, personOf, unknownConversation, untilSeen } from './moving.ts'

export type MarkConversation = {
  readonly key: string
  /** Serials of messages. */
  readonly delivered?: string | undefined
  readonly read?: string | undefined
}

/**
 * For the visitor, and for who may read it. Of who only looks on (a supervisor) nothing is told.
 *
 * @throws {Failure} `conversation_unknown`, `identity_required`, `busy`, `store_unavailable`
 */
export async function markConversation(
  context: Context,
  tell: TellFleeting,
  asker: Asker,
  { key, ...said }: MarkConversation,
): Promise<Marks> {
  const me = personOf(asker)
  return untilSeen(async () => {
    let marks: Marks = {}
    let toldAs: string | undefined
    const read = async () => ({
      kept: await keptConversation(context.store, key),
      before: await context.store.record(MARKS, markKey(key, idOf(me))),
    })
    await decideOver(context, read, (world, { kept, before }) => {
      const resource = conversationNamed(requireDesk(world), key)
      if (kept === undefined || !isVisible(world, asker, resource)) throw unknownConversation()
      const was = before === undefined ? {} : marksOf(before)
      marks = forward(was, said)
      toldAs = sideOf(kept, me)
      if (JSON.stringify(marks) === JSON.stringify(was)) {
        toldAs = undefined
        return { entries: [] }
      }
      const record: NewRecord = {
        collection: MARKS,
        key: markKey(key, idOf(me)),
        value: { ...marks },
        expectVersion: before?.version ?? 0,
      }
      return { entries: [], records: [record] }
    })
    if (toldAs !== undefined) tell(...fleetingOf(context, key, 'mark', { of: toldAs, ...marks }))
    return marks
  })
}

function sideOf(
  kept: { visitor: string; assignee?: string; joined: readonly string[] },
  me: SubjectId,
) {
  const id = idOf(me)
  if (id === kept.visitor) return 'visitor'
  return id === kept.assignee || kept.joined.includes(id) ? id : undefined
}

/** What is read was delivered. Serials sort as they were written. */
function forward(was: Marks, { delivered, read }: Marks): Marks {
  const latest = (...serials: (string | undefined)[]) =>
    serials.reduce((most, each) => (each !== undefined && each > (most ?? '') ? each : most))
  const seen = latest(was.read, read)
  const got = latest(was.delivered, delivered, seen)
  return {
    ...(got === undefined ? {} : { delivered: got }),
    ...(seen === undefined ? {} : { read: seen }),
  }
}
