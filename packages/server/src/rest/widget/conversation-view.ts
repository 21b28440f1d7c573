// A conversation as its visitor sees it.

import type { KeptConversation } from '../../desk/conversation.ts'
import { channelOfConversation, conversationNamed, requireDesk } from '../../desk/desk-type.ts'
import { namedId } from '../../desk/event.ts'
import { type Marks, marksIn } from '../../desk/marks.ts'
import type { Widget } from '../../desk/widgets/widget.ts'
import type { AppRest } from '../app/deps.ts'

export type VisitorConversation = {
  readonly key: string
  readonly channel: string
  readonly state: KeptConversation['state']
  /** From 1, while it waits. */
  readonly position?: number
  readonly expectedWaitMs?: number
  /** Who answers. */
  readonly with?: readonly { readonly name: string }[]
  /** Ids the visitor wrote under before they were proved. */
  readonly formerVisitors?: readonly string[]
  readonly openedAtMs: number
  readonly closedAtMs?: number
  /** How far each side is: the visitor, and the furthest of those who answer. */
  readonly marks: { readonly visitor: Marks; readonly operators: Marks }
  readonly rating?: { readonly score: number; readonly comment?: string }
}

export async function visitorConversation(
  { context }: AppRest,
  kept: KeptConversation,
  widget: Widget,
): Promise<VisitorConversation> {
  const { world } = context.standing
  const resource = conversationNamed(requireDesk(world), kept.key)
  const { key, state, openedAtMs, closedAtMs, rating, formerVisitors } = kept
  const { queue } = context.visitors
  const position = queue.position(key)
  const expectedWaitMs = position === undefined ? undefined : queue.expectedWaitMs(kept.tenant)
  return {
    key,
    channel: channelOfConversation(world, resource),
    // Put aside is a word for the desk: to the visitor it goes on.
    state: state === 'snoozed' ? 'open' : state,
    ...(position !== undefined && { position }),
    ...(expectedWaitMs !== undefined && { expectedWaitMs }),
    with: answering(context.standing.world, kept, widget),
    ...(formerVisitors !== undefined && { formerVisitors }),
    marks: marksOf(await marksIn(context.store, key), kept),
    openedAtMs,
    ...(closedAtMs !== undefined && { closedAtMs }),
    ...(rating && {
      rating: { score: rating.score, ...(rating.comment && { comment: rating.comment }) },
    }),
  }
}

function marksOf(all: ReadonlyMap<string, Marks>, { visitor, assignee, joined }: KeptConversation) {
  const answering = [...(assignee === undefined ? [] : [assignee]), ...joined]
  const furthest = (of: 'delivered' | 'read') =>
    answering
      .map((id) => all.get(id)?.[of])
      .filter((serial) => serial !== undefined)
      .sort()
      .at(-1)
  const [delivered, read] = [furthest('delivered'), furthest('read')]
  return {
    visitor: all.get(visitor) ?? {},
    operators: { ...(delivered && { delivered }), ...(read && { read }) },
  }
}

function answering(
  world: AppRest['context']['standing']['world'],
  { assignee, joined, publicName }: KeptConversation,
  { look, name: site }: Widget,
): readonly { readonly name: string }[] {
  const ids = [...(assignee === undefined ? [] : [assignee]), ...joined]
  const name = publicName ?? (look.hidesNames ? site : undefined)
  if (name !== undefined) return ids.length === 0 ? [] : [{ name }]
  return ids.map((id) => ({ name: namedId(world, id).name }))
}
