// The answer to a change that holds: where it stands in the order.

import type { Done } from '@sayso/protocol'
import type { Committed } from '@sayso/store'
import type { Context } from 'hono'

export function done(c: Context, committed: Committed): Response {
  return c.json(doneView(committed))
}

export function doneView(committed: Omit<Committed, 'changes'>): Done {
  // The position of the rights entry: whatever is sequenced after it is behind the fence.
  const entry = committed.entries.find((each) => each.kind === 'rights')
  const { revision, serial, atMs } = entry ?? committed
  return { revision, serial, atMs }
}
