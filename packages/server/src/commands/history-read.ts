// Reads what is decided like history: bounded by what was folded, and decided last, in the same turn as the answer.

import type { Message } from '@sayso/channel'
import type { ChannelName, Revision } from '@sayso/policy'
import type { Context } from '../context.ts'
import { receivable } from '../receivers.ts'
import type { Asker } from './asker.ts'
import { noteHistory } from './foreign-history.ts'
import { requireNow } from './may.ts'

/** @throws {Failure} `denied`, `store_unavailable` */
export async function historyRead<T>(
  context: Context,
  asker: Asker,
  channel: ChannelName,
  read: (upTo: Revision) => Promise<T>,
): Promise<T> {
  requireNow(context, asker, 'history', channel)
  const found = await read(context.standing.revision)
  await noteHistory(context, asker, channel)
  // INVARIANT: decided again after the read: a right lost meanwhile hides what was read.
  requireNow(context, asker, 'history', channel)
  return found
}

/** What the reader may receive now; a message they may not is as one that does not exist. */
export function seen(
  context: Context,
  asker: Asker,
  channel: ChannelName,
  messages: readonly Message[],
): readonly Message[] {
  return receivable(context.standing.world, asker.credential, channel, messages)
}
