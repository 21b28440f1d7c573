// Close a conversation, for good. Operators do; visitors never.

import type { RightsChange, SubjectId } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { type Conversation, OPEN, openKey, openOf } from '../../desk/conversation.ts'
import { named } from '../../desk/event.ts'
import { relieved } from '../../desk/operators.ts'
import { idOf } from '../../people/roles.ts'
import { actorOf } from '../asker.ts'
import { Failure } from '../failure.ts'
import {
  type Case,
  type Mover,
  moveConversation,
  operatorIn,
  type Plan,
  requireMove,
  takes,
} from './moving.ts'

export type CloseConversation = {
  readonly key: string
  readonly reason?: string | undefined
  readonly summary?: string | undefined
}

/**
 * Needs `close` on the conversation. Everybody in it goes on reading; nobody writes any more. Whoever has joined or looked on
 * without having it is in it no more.
 *
 * INVARIANT: the visitor never closes, whatever rules say.
 *
 * @throws {Failure} `conversation_unknown`, `conversation_closed`, `denied`, `busy`, `store_unavailable`
 */
export async function closeConversation(
  context: Context,
  by: Mover,
  { key, reason, summary }: CloseConversation,
) {
  const moving = { key, command: 'close-conversation' }
  const open = await openRecord(context, key)
  return moveConversation(context, by, moving, (seen) => {
    requireMove(seen, by, 'close')
    requireNotVisitor(seen, by)
    const actor = by === 'server' ? undefined : actorOf(by)
    return {
      ...closingOf(seen, open, { actor, reason, summary }),
      ...(reason === undefined ? {} : { reason }),
    }
  })
}

/**
 * What closes it.
 *
 * @param open version of the record that says the visitor has it
 */
export function closingOf(
  seen: Case,
  open: number | undefined,
  { actor, isRule, ...said }: Omit<Closing, 'nowMs'>,
): Plan {
  const { world, kept, nowMs } = seen
  const by = actor === undefined ? {} : { by: named(world, actor) }
  return {
    next: closed(kept, { actor, isRule, ...said, nowMs }),
    changes: othersLeave(seen),
    event: { kind: 'closed', ...by, ...(isRule && { rule: true }) },
    operators: kept.assignee === undefined ? [] : [relieved(operatorIn(seen, kept.assignee))],
    records: [
      {
        collection: OPEN,
        key: openKey(kept.tenant, kept.visitor),
        value: undefined,
        ...(open === undefined ? {} : { expectVersion: open }),
      },
    ],
  }
}

type Closing = {
  readonly actor?: string | undefined
  /** True: by a rule of theirs. */
  readonly isRule?: true | undefined
  readonly reason?: string | undefined
  readonly summary?: string | undefined
  readonly nowMs: number
}

function closed(
  kept: Conversation,
  { actor, isRule, reason, summary, nowMs }: Closing,
): Conversation {
  const { waitingSinceMs: _since, snoozedUntilMs: _until, ...rest } = kept
  return {
    ...rest,
    state: 'closed',
    joined: [],
    watching: [],
    closedAtMs: nowMs,
    ...(actor === undefined ? {} : { closedBy: idOf(actor) }),
    ...(isRule && { closedByRule: true }),
    ...(reason === undefined ? {} : { closeReason: reason }),
    ...(summary === undefined ? {} : { summary }),
  }
}

/** Those beside who has it. */
function othersLeave(seen: Case): RightsChange[] {
  const { kept, desk } = seen
  const of = (ids: readonly string[], role: typeof desk.joined | undefined) =>
    ids.flatMap((id) => takes(seen, role, `user:${id}` as SubjectId))
  return [...of(kept.joined, desk.joined), ...of(kept.watching, desk.watching)]
}

/** The version of the record that says the visitor has it; it is written once. */
export async function openRecord({ store }: Context, key: string): Promise<number | undefined> {
  const record = await store.record('desk-conversations', key)
  if (record === undefined) return undefined
  const { tenant, visitor } = record.value as unknown as Conversation
  const open = await openOf(store, tenant, visitor)
  return open?.key === key ? open.version : undefined
}

/** @throws {Failure} `denied` */
function requireNotVisitor({ kept }: Case, by: Mover): void {
  if (by === 'server' || actorOf(by) !== `user:${kept.visitor}`) return
  throw new Failure('denied', 'visitors do not close conversations', {
    remedy: 'tell the operator that you are done',
  })
}
