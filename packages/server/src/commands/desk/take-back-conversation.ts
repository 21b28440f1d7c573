// An operator no longer may work on what they have: it goes back to the queue by itself, with a line that says so.

import { isAllowed, type SubjectId, type World } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { namedId } from '../../desk/event.ts'
import { moveConversation } from './moving.ts'
import { freed } from './release-conversation.ts'

/** True while whoever has a conversation may read it and write in it. */
export function mayWork(
  world: World,
  id: string,
  resource: Parameters<typeof isAllowed>[1]['resource'],
) {
  const subject = `user:${id}` as SubjectId
  if (world.facts.person(subject) === undefined) return false
  const may = (action: 'subscribe' | 'publish') =>
    isAllowed(world, { subject, action, resource, standing: true })
  return may('subscribe') && may('publish')
}

/** Nothing happens if they may after all. @throws {Failure} `conversation_unknown`, `busy`, `store_unavailable` */
export async function takeBackConversation(context: Context, key: string) {
  return moveConversation(context, 'server', { key, command: 'take-back-conversation' }, (seen) => {
    const { kept, world, resource, nowMs } = seen
    const { assignee } = kept
    if (kept.state === 'closed' || assignee === undefined) return undefined
    if (mayWork(world, assignee, resource)) return undefined
    return {
      ...freed(seen, nowMs),
      event: { kind: 'released', internal: true, to: namedId(world, assignee) },
      details: { lost: assignee },
    }
  })
}
