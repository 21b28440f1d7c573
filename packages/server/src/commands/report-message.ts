// Report a message to those who look after its channel. One report of each person and message; reporting again replaces it.

import type { ResourceId } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { REPORTS, type ReportReason, reportKey } from '../reports.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireVerb } from './may.ts'
import { governed } from './pin-message.ts'
import { readMessage } from './read-messages.ts'

export type ReportMessage = {
  readonly resource: ResourceId
  readonly serial: string
  readonly reason: ReportReason
  readonly note?: string
}

/**
 * Needs `report` on the resource, and `history` there.
 *
 * @throws {Failure} `denied`, `message_unknown`, `conflict` for one's own, `busy`, `store_unavailable`
 */
export async function reportMessage(
  context: Context,
  asker: Asker,
  { resource, serial, reason, note }: ReportMessage,
): Promise<Committed> {
  context.refusals.noting(() => requireVerb(context.standing.world, asker, 'report', resource))
  const channel = governed(context.standing.world, resource)
  const message = await readMessage(context, asker, channel, serial)
  if (message.action === 'delete') throw new Failure('message_unknown', 'the message was deleted')
  const by = actorOf(asker)
  if (message.clientId !== undefined && message.clientId === asker.clientId)
    throw new Failure('conflict', 'this message is your own', { remedy: 'delete it' })
  const { clientId: author } = message
  return decideAndCommit(context, (world) => {
    requireVerb(world, asker, 'report', resource)
    const value = {
      resource,
      channel,
      serial,
      ...(author === undefined ? {} : { author }),
      by,
      reason,
      ...(note === undefined ? {} : { note }),
      atMs: context.now(),
      state: 'open',
    }
    return {
      entries: [],
      records: [{ collection: REPORTS, key: reportKey(resource, serial, by), value }],
      audit: {
        command: 'report-message',
        ...auditBy(asker),
        target: `${channel}/${serial}`,
        reason,
      },
    }
  })
}
