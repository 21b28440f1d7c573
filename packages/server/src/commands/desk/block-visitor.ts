// Keep a visitor out, with the addresses they come from, or let them in again. What they have open ends with it.

import type { RightsChange, World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../../context.ts'
import { type Block, blockOf, blockRecords } from '../../desk/visitors/blocks.ts'
import { tenantResource } from '../../desk/widgets/widget.ts'
import { type Asker, actorOf, auditBy } from '../asker.ts'
import { decideOver } from '../decide-and-commit.ts'
import { SESSION_KEY } from '../found-app.ts'
import { requirePlace } from '../require-place.ts'

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

/** Needs `block-visitors` on the tenant. @throws {Failure} `denied`, `busy`, `store_unavailable` */
export async function blockVisitor(
  context: Context,
  asker: Asker,
  { visitor, tenant, block, others }: BlockVisitor,
): Promise<Committed> {
  const read = () => blockOf(context.store, visitor)
  return decideOver(context, read, (world, before) => {
    requirePlace(world, asker, 'block-visitors', tenantResource(tenant))
    const atMs = context.now()
    const by = actorOf(asker)
    const kept: Block | undefined = block && { tenant, by, atMs, ...block }
    const ended = kept === undefined ? [] : [visitor, ...others]
    const changes = ended.flatMap((each) => revocations(world, each, atMs))
    const command = block === undefined ? 'unblock-visitor' : 'block-visitor'
    return {
      entries: changes.length === 0 ? [] : [{ kind: 'rights', changes, cause: { command, by } }],
      records: blockRecords(visitor, kept, before),
      audit: {
        command,
        ...auditBy(asker),
        target: `user:${visitor}`,
        ...(block?.reason !== undefined && { reason: block.reason }),
        details: { tenant, addresses: block?.addresses.length ?? 0 },
      },
    }
  })
}

function revocations(world: World, visitor: string, issuedBeforeMs: number): RightsChange[] {
  if (!world.keys.has(SESSION_KEY)) return []
  const target = { type: 'clientId', value: visitor } as const
  return [{ kind: 'revoke-tokens', revocation: { key: SESSION_KEY, target, issuedBeforeMs } }]
}
