// The answer to a change that holds: where it stands in the order.

import type { Done } from '@sayso/protocol'
import type { Committed } from '@sayso/store'
import type { Context } from 'hono'

export function done(c: Context, committed: Committed): Response {
  // The position of the rights entry: whatever is sequenced after it is behind the fence.
  const entry = committed.entries.find((each) => each.kind === 'rights')
  const { revision, serial, atMs } = entry ?? committed
  return c.json({ revision, serial, atMs } satisfies Done)
}
