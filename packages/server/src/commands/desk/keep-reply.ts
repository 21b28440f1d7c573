// Keep, change or take away an answer that operators say often.

import type { World } from '@sayso/policy'
import type { NewRecord } from '@sayso/store'
import type { Context } from '../../context.ts'
import { requireDesk } from '../../desk/desk-type.ts'
import {
  MOST_REPLIES,
  type Reply,
  repliesOf,
  replyNamed,
  replyRecord,
  replyRemoval,
} from '../../desk/replies.ts'
import { tenantResource } from '../../desk/widgets/widget.ts'
import { type Asker, auditBy } from '../asker.ts'
import { decideAndCommit } from '../decide-and-commit.ts'
import { Failure } from '../failure.ts'
import { mayPlace, requirePlace } from '../require-place.ts'

export type ReplySaid = Pick<Reply, 'shortcut' | 'text' | 'team'>

/** Needs `manage-desk` in the tenant. @throws {Failure} `denied`, `too_many`, `desk_not_set_up`, `busy`, `store_unavailable` */
export async function makeReply(
  context: Context,
  asker: Asker,
  tenant: string,
  said: ReplySaid,
): Promise<Reply> {
  if ((await repliesOf(context.store)).length >= MOST_REPLIES)
    throw new Failure('too_many', `there are ${MOST_REPLIES} replies`, {
      remedy: 'take away those that nobody uses',
    })
  const reply = { ...said, id: context.randomId(12), tenant }
  await keep(context, asker, reply, replyRecord(reply))
  return reply
}

/** One of a tenant that one does not run is as one that is not there. @throws {Failure} `resource_unknown`, as above */
export async function changeReply(
  context: Context,
  asker: Asker,
  id: string,
  said: ReplySaid,
): Promise<Reply> {
  const { tenant } = await ownReply(context, asker, id)
  const reply = { ...said, id, tenant }
  await keep(context, asker, reply, replyRecord(reply))
  return reply
}

/** @throws {Failure} `resource_unknown`, as above */
export async function dropReply(context: Context, asker: Asker, id: string): Promise<void> {
  await keep(context, asker, await ownReply(context, asker, id), replyRemoval(id))
}

async function ownReply(context: Context, asker: Asker, id: string): Promise<Reply> {
  const reply = await replyNamed(context.store, id)
  const isTheirs = (world: World) =>
    reply !== undefined && mayPlace(world, asker, 'manage-desk', tenantResource(reply.tenant))
  if (reply !== undefined && isTheirs(context.standing.world)) return reply
  throw new Failure('resource_unknown', 'there is no such reply')
}

async function keep(
  context: Context,
  asker: Asker,
  { id, tenant }: Reply,
  record: NewRecord,
): Promise<void> {
  await decideAndCommit(context, (world) => {
    requireDesk(world)
    requirePlace(world, asker, 'manage-desk', tenantResource(tenant))
    const command = record.value === undefined ? 'remove-reply' : 'keep-reply'
    const details = { tenant }
    return {
      entries: [],
      records: [record],
      audit: { command, ...auditBy(asker), target: `reply:${id}`, details },
    }
  })
}
