// Takes everything that is stored of one channel along: messages, or who came and went. Page by page, as the reader takes
// it, and as it stood when it was asked for, whatever is published meanwhile.

import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Message, PresenceEvent } from '@sayso/channel'
import { type ChannelName, type Revision, resourceOf, tenantOf, type World } from '@sayso/policy'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { mayPlace, requirePlace } from './require-place.ts'

/** Of the largest messages there can be, a page is a few MiB. */
const PAGE = 100
const MAY = 'export-messages'

export type ExportChannel = {
  readonly channel: ChannelName
  readonly what: 'messages' | 'presence'
  /** Inclusive; milliseconds since 1970. */
  readonly startMs?: number
  readonly endMs?: number
}

/** Where an export stands: nothing that came later is in it. */
export type ExportAt = { readonly revision: Revision; readonly head: string }

/**
 * Asks for the export and writes down that it was made.
 *
 * @throws {Failure} `denied`, `busy`, `store_unavailable`
 */
export async function beginExport(
  context: Context,
  hub: Hub,
  asker: Asker,
  input: ExportChannel,
): Promise<ExportAt> {
  const { channel, what, ...details } = input
  const key = createHash('sha256').update(`${what} ${channel}`).digest('hex')
  await decideAndCommit(context, (world) => {
    requireExport(world, asker, channel)
    const audit = { command: `export-${what}`, ...auditBy(asker), target: channel, details }
    const value = { channel, what, by: audit.actor }
    return { entries: [], records: [{ collection: 'exports', key, value }], audit }
  })
  return { revision: context.standing.revision, head: hub.positionOf(channel) }
}

/**
 * The stored messages, oldest first, in the state they had then, with what their annotations add up to.
 *
 * @throws {Failure} `denied`: the right went while it was read
 */
export async function* exportedMessages(
  context: Context,
  asker: Asker,
  { channel, what: _what, ...within }: ExportChannel,
  { revision: upTo }: ExportAt,
): AsyncGenerator<readonly Message[]> {
  const query = { channel, direction: 'forwards', limit: PAGE, ...within, upTo } as const
  for (let from = {}; ; ) {
    const { messages, hasMore } = await context.store.history({ ...query, ...from })
    // INVARIANT: decided again after the read: a right lost meanwhile hides what was read.
    requireExport(context.standing.world, asker, channel)
    yield messages
    if (!hasMore) return
    from = { afterSerial: messages.at(-1)?.serial }
    await setImmediate()
  }
}

/**
 * Who came and went, oldest first, as far as it was kept.
 *
 * @throws {Failure} `denied`: the right went while it was read
 */
export async function* exportedPresence(
  context: Context,
  hub: Hub,
  asker: Asker,
  { channel, what: _what, ...within }: ExportChannel,
  { head: untilSerial }: ExportAt,
): AsyncGenerator<readonly PresenceEvent[]> {
  const query = { channel, direction: 'forwards', limit: PAGE, ...within, untilSerial } as const
  await hub.presenceLog.kept()
  for (let from = {}; ; ) {
    const { events, hasMore } = await context.store.presenceHistory({ ...query, ...from })
    requireExport(context.standing.world, asker, channel)
    yield events.map(({ event }) => event)
    if (!hasMore) return
    from = { afterNumber: events.at(-1)?.number }
    await setImmediate()
  }
}

/**
 * Whoever may export in the tenant of the channel, or in that of the document. To everybody else a channel of another
 * tenant is as one that does not exist.
 *
 * @throws {Failure} `denied`
 */
function requireExport(world: World, asker: Asker, channel: ChannelName): void {
  const resource = resourceOf(world.policy, channel)
  const isThere = resource !== undefined && world.facts.resource(resource) !== undefined
  if (isThere && mayPlace(world, asker, MAY, tenantOf(world, resource))) return
  requirePlace(world, asker, MAY)
}
