// Say what a conversation is about: labels, and the team it is of.

import type { ResourceId } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { isDeskTeam } from '../../desk/teams.ts'
import type { Asker } from '../asker.ts'
import { Failure } from '../failure.ts'
import { moveConversation, requireMove } from './moving.ts'
import { teamChanges } from './open-conversation.ts'

export type LabelConversation = {
  readonly key: string
  /** All of them; absent: as they are. */
  readonly labels?: readonly string[] | undefined
  /** Key of a group; null: none; absent: as it is. */
  readonly team?: string | null | undefined
}

/**
 * Needs `label` on the conversation, and `assign` to change its team.
 *
 * @throws {Failure} `resource_unknown`, `conversation_unknown`, `conversation_closed`, `denied`, `busy`, `store_unavailable`
 */
export async function labelConversation(
  context: Context,
  asker: Asker,
  { key, labels, team }: LabelConversation,
) {
  return moveConversation(context, asker, { key, command: 'label-conversation' }, (seen) => {
    const { kept, world, resource } = seen
    if (labels !== undefined) requireMove(seen, asker, 'label')
    if (team !== undefined) requireMove(seen, asker, 'assign')
    const group = `group:${team}` as ResourceId
    if (typeof team === 'string' && !isDeskTeam(world, group, resource)) {
      throw new Failure('resource_unknown', `there is no team \`${team}\` on this desk`, {
        remedy: 'name a group of the tenant with the attribute `desk: true`',
      })
    }
    const { team: before, ...rest } = kept
    const after = team === undefined ? before : (team ?? undefined)
    return {
      next: {
        ...rest,
        labels: labels === undefined ? kept.labels : [...new Set(labels)].sort(),
        ...(after === undefined ? {} : { team: after }),
      },
      changes: teamChanges(resource, before, after),
    }
  })
}
