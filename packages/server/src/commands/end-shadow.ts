// End what is tried in shadow, before its time. What it found stays until the next one.

import type { Context } from '../context.ts'
import { shadowRecord } from '../shadow/shadow-record.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

/** @throws {Failure} `denied`, `conflict` if nothing is tried, `busy`, `store_unavailable` */
export async function endShadow(context: Context, asker: Asker): Promise<void> {
  const { shadow } = context
  const { kept } = shadow
  if (kept === undefined || !shadow.isOn)
    throw new Failure('conflict', 'nothing is tried in shadow')
  const ended = { ...kept, endedAtMs: context.now() }
  await decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'edit-policy')
    const { asked, differed } = ended.counts
    return {
      entries: [],
      records: [shadowRecord(ended)],
      audit: {
        command: 'end-shadow',
        ...auditBy(asker),
        target: `policy-drafts/${ended.draft}`,
        details: { asked, differed },
      },
    }
  })
  await shadow.flush()
  const { counts: _, ...trial } = ended
  shadow.end(trial)
}
