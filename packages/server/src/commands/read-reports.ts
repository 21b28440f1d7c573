// Reading what was reported on a channel, with the messages as they are now.

import type { Message } from '@sayso/channel'
import type { ResourceId } from '@sayso/policy'
import type { Context } from '../context.ts'
import { REPORTS, type Report, reportOf } from '../reports.ts'
import type { Asker } from './asker.ts'
import { requireVerb } from './may.ts'
import { governed } from './pin-message.ts'

/** The latest thousand of a channel. */
const MOST = 1_000

export type Reported = Report & { readonly message?: Message }

/** Newest first; needs `message-delete-any` on the resource. @throws {Failure} `denied` */
export async function readReports(
  context: Context,
  asker: Asker,
  resource: ResourceId,
  state: Report['state'],
): Promise<readonly Reported[]> {
  const ask = () => requireVerb(context.standing.world, asker, 'message-delete-any', resource)
  context.refusals.noting(ask)
  const channel = governed(context.standing.world, resource)
  const prefix = `${resource}\n`
  const records = await context.store.records({ collection: REPORTS, prefix, limit: MOST })
  const upTo = context.standing.revision
  const reports = await Promise.all(
    records
      .map(reportOf)
      .filter((report) => report.state === state)
      .map(async (report) => {
        const message = await context.store.message(channel, report.serial, upTo)
        return { ...report, ...(message === undefined ? {} : { message }) }
      }),
  )
  // INVARIANT: decided again after the read: a right lost meanwhile hides what was read.
  context.refusals.noting(ask)
  return reports.sort((a, b) => b.atMs - a.atMs)
}
