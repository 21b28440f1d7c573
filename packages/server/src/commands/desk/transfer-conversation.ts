// Pass a conversation on: to an operator, who has it at once, or to a team, in whose queue it waits.

import type { ResourceId } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { named, namedId, saidBy } from '../../desk/event.ts'
import { isDeskTeam, teamTitle } from '../../desk/teams.ts'
import { type Asker, actorOf } from '../asker.ts'
import { Failure } from '../failure.ts'
import { handedTo } from './assign-conversation.ts'
import { moveConversation, personOf, requireMove } from './moving.ts'
import { teamChanges } from './open-conversation.ts'
import { freed } from './release-conversation.ts'

export type TransferConversation = {
  readonly key: string
  /** Exactly one of them: id of a person, key of a group. */
  readonly operator?: string | undefined
  readonly team?: string | undefined
  /** For whoever takes it; the visitor never sees it. */
  readonly note?: string | undefined
}

/**
 * Needs `transfer` on the conversation. Whoever had it loses it in the same moment.
 *
 * @throws {Failure} `invalid`, `person_unknown`, `no_capacity`, `resource_unknown`, `conversation_unknown`,
 *   `conversation_closed`, `denied`, `busy`, `store_unavailable`
 */
export async function transferConversation(
  context: Context,
  asker: Asker,
  { key, operator, team, note }: TransferConversation,
) {
  if ((operator === undefined) === (team === undefined))
    throw new Failure('invalid', 'name an operator or a team', { remedy: 'exactly one of them' })
  const moving = {
    key,
    command: 'transfer-conversation',
    operators: operator === undefined ? [] : [operator],
  }
  return moveConversation(context, asker, moving, (seen) => {
    requireMove(seen, asker, 'transfer')
    const { world, nowMs, kept, resource } = seen
    const by = named(world, actorOf(asker))
    const said = note === undefined ? [] : [saidBy(world, 'note', personOf(asker), note, nowMs)]
    if (operator !== undefined) {
      if (operator === kept.assignee) return undefined
      const to = namedId(world, operator)
      return { ...handedTo(seen, operator), said, event: { kind: 'transferred', by, to } }
    }
    const group = `group:${team}` as ResourceId
    if (team === undefined || !isDeskTeam(world, group, resource)) {
      throw new Failure('resource_unknown', `there is no team \`${team}\` on this desk`, {
        remedy: 'name a group of the tenant with the attribute `desk: true`',
      })
    }
    const back = freed(seen, nowMs)
    const to = { id: group, name: teamTitle(world, team) }
    return {
      ...back,
      next: { ...back.next, team },
      changes: [...back.changes, ...teamChanges(resource, kept.team, team)],
      said,
      event: { kind: 'transferred', by, to },
    }
  })
}
