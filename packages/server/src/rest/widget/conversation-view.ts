// A conversation as its visitor sees it.

import type { KeptConversation } from '../../desk/conversation.ts'
import { channelOfConversation, conversationNamed, requireDesk } from '../../desk/desk-type.ts'
import { namedId } from '../../desk/event.ts'
import { tenantResource, type Widget } from '../../desk/widgets/widget.ts'
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
  readonly rating?: { readonly score: number; readonly comment?: string }
}

export function visitorConversation(
  { context }: AppRest,
  kept: KeptConversation,
  widget: Widget,
): VisitorConversation {
  const { world } = context.standing
  const resource = conversationNamed(requireDesk(world), kept.key)
  const { key, state, openedAtMs, closedAtMs, rating, formerVisitors } = kept
  const { queue } = context.visitors
  const position = queue.position(resource)
  const expectedWaitMs =
    position === undefined ? undefined : queue.expectedWaitMs(tenantResource(kept.tenant))
  return {
    key,
    channel: channelOfConversation(world, resource),
    // Put aside is a word for the desk: to the visitor it goes on.
    state: state === 'snoozed' ? 'open' : state,
    ...(position !== undefined && { position }),
    ...(expectedWaitMs !== undefined && { expectedWaitMs }),
    with: answering(context.standing.world, kept, widget),
    ...(formerVisitors !== undefined && { formerVisitors }),
    openedAtMs,
    ...(closedAtMs !== undefined && { closedAtMs }),
    ...(rating && { rating: { score: rating.score, ...(rating.comment && { comment: rating.comment }) } }),
  }
}

function answering(
  world: AppRest['context']['standing']['world'],
  { assignee, joined }: KeptConversation,
  { look, name }: Widget,
): readonly { readonly name: string }[] {
  const ids = [...(assignee === undefined ? [] : [assignee]), ...joined]
  if (look.hidesNames) return ids.length === 0 ? [] : [{ name }]
  return ids.map((id) => ({ name: namedId(world, id).name }))
}
