// Close reports: all of one message at once, so that two moderators never act twice on it.

import type { ResourceId } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { REPORTS, reportKey, reportOf } from '../reports.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireVerb } from './may.ts'

export type CloseReports = {
  readonly resource: ResourceId
  readonly serial: string
  readonly outcome: 'deleted' | 'dismissed'
}

/** As many people may report one message as are read at once. */
const MOST = 1_000

/**
 * Needs `message-delete-any` on the resource.
 *
 * @throws {Failure} `denied`, `conflict` if nothing is open, `busy`, `store_unavailable`
 */
export async function closeReports(
  context: Context,
  asker: Asker,
  { resource, serial, outcome }: CloseReports,
): Promise<Committed> {
  const ask = (world: Context['standing']['world']) =>
    requireVerb(world, asker, 'message-delete-any', resource)
  context.refusals.noting(() => ask(context.standing.world))
  const prefix = reportKey(resource, serial, '')
  const records = await context.store.records({ collection: REPORTS, prefix, limit: MOST })
  const open = records.filter((record) => reportOf(record).state === 'open')
  if (open.length === 0)
    throw new Failure('conflict', 'somebody has answered this already', {
      remedy: 'read the list again',
    })
  return decideAndCommit(context, (world) => {
    ask(world)
    const done = { state: 'done', outcome, closedBy: actorOf(asker), closedAtMs: context.now() }
    return {
      entries: [],
      records: open.map(({ collection, key, value, version }) => ({
        collection,
        key,
        value: { ...value, ...done },
        expectVersion: version,
      })),
      audit: {
        command: 'close-reports',
        ...auditBy(asker),
        target: `${resource}/${serial}`,
        details: { outcome, reports: open.length },
      },
    }
  })
}
