// Keep a visitor out, with the addresses they come from, or let them in again. What they have open is closed with it.

import type { World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../../context.ts'
import { openOf } from '../../desk/conversation.ts'
import { type Block, blockOf, blockRecords } from '../../desk/visitors/blocks.ts'
import { tenantResource } from '../../desk/widgets/widget.ts'
import { type Asker, actorOf, auditBy } from '../asker.ts'
import { decideOver } from '../decide-and-commit.ts'
import { requirePlace } from '../require-place.ts'
import { closingOf } from './close-conversation.ts'
import { cutOff } from './cut-off.ts'
import { mayMove, movedTogether, type ReadCases, readCases, untilSeen } from './moving.ts'

export type BlockVisitor = {
  readonly visitor: string
  /** Key of the tenant they are of. */
  readonly tenant: string
  /** Undefined lets them in again. */
  readonly block:
    | {
        readonly addresses: readonly string[]
        readonly reason?: string
        readonly untilMs?: number
      }
    | undefined
  /** Others who come from there: what they have open ends as well. */
  readonly others: readonly string[]
}

/** Why a conversation was closed that its visitor was blocked in; screens say it in their own words. */
const BLOCKED = 'blocked'

/**
 * Needs `block-visitors` on the tenant. What the blocked have open is closed in the same write, in the name of whoever blocks, with
 * the reason `blocked`, as far as they may `close` it; the rest stays with whoever has it. Nothing is opened again.
 *
 * @throws {Failure} `denied`, `busy`, `store_unavailable`
 */
export async function blockVisitor(
  context: Context,
  asker: Asker,
  input: BlockVisitor,
): Promise<Committed> {
  const { visitor, tenant, block, others } = input
  const ended = block === undefined ? [] : [visitor, ...others]
  const read = async () => ({
    before: await blockOf(context.store, visitor),
    ...(await openCases(context, tenant, ended)),
  })
  return untilSeen(() =>
    decideOver(context, read, (world, { before, ...cases }) => {
      requirePlace(world, asker, 'block-visitors', tenantResource(tenant))
      const nowMs = context.now()
      const by = actorOf(asker)
      const kept: Block | undefined = block && { tenant, by, atMs: nowMs, ...block }
      const changes = ended.flatMap((each) => cutOff(world, each, nowMs))
      const command = block === undefined ? 'unblock-visitor' : 'block-visitor'
      const closing = closings(world, asker, nowMs, cases)
      return {
        entries: [
          // First: they hear nothing of what follows.
          ...(changes.length === 0
            ? []
            : [{ kind: 'rights' as const, changes, cause: { command, by } }]),
          ...closing.entries,
        ],
        records: [...blockRecords(visitor, kept, before), ...closing.records],
        audit: {
          command,
          ...auditBy(asker),
          target: `user:${visitor}`,
          ...(block?.reason !== undefined && { reason: block.reason }),
          details: { tenant, addresses: block?.addresses.length ?? 0 },
        },
      }
    }),
  )
}

type OpenCases = {
  readonly read: ReadCases
  /** Versions of the records that say who has one, by key of the conversation. */
  readonly versions: ReadonlyMap<string, number>
}

/** What these visitors have open. */
async function openCases(
  context: Context,
  tenant: string,
  visitors: readonly string[],
): Promise<OpenCases> {
  const versions = new Map<string, number>()
  for (const each of visitors) {
    const open = await openOf(context.store, tenant, each)
    if (open !== undefined) versions.set(open.key, open.version)
  }
  return { read: await readCases(context, [...versions.keys()]), versions }
}

function closings(world: World, by: Asker, nowMs: number, { read, versions }: OpenCases) {
  const moving = { world, by, command: 'close-conversation', nowMs }
  return movedTogether(moving, read, (seen) =>
    mayMove(seen, by, 'close')
      ? closingOf(seen, versions.get(seen.key), { actor: actorOf(by), reason: BLOCKED })
      : undefined,
  )
}
