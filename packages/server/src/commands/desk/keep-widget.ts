// Keep, change or remove a widget of a tenant, with its line in the audit log. Off or removed, it lets go of whoever it let in.

import type { World } from '@sayso/policy'
import type { Committed, NewEntry, RightsEntry } from '@sayso/store'
import type { Context } from '../../context.ts'
import { type KeptWidget, keptOf, tenantResource, WIDGETS } from '../../desk/widgets/widget.ts'
import { type Asker, actorOf, auditBy } from '../asker.ts'
import { decideAndCommit } from '../decide-and-commit.ts'
import { Failure } from '../failure.ts'
import { requireTenants } from '../require-tenants.ts'
import { cutOff } from './cut-off.ts'

/** Visitors who are let go of in one entry. */
const AT_ONCE = 500

export type KeepWidget = {
  readonly id: string
  /** Whose it is, as it is kept now. */
  readonly tenant: string
  /** Undefined removes it. */
  readonly value: KeptWidget | undefined
  /** 0: there must be none. */
  readonly expectVersion: number
  /** Its name in the audit log. */
  readonly command: string
}

/** @throws {Failure} `denied`, `resource_unknown`: no such tenant; `conflict`, `busy`, `store_unavailable` */
export async function keepWidget(
  context: Context,
  asker: Asker,
  { id, tenant, value, expectVersion, command }: KeepWidget,
): Promise<Committed> {
  const resource = tenantResource(tenant)
  return decideAndCommit(context, (world) => {
    const tenants = requireTenants(world, asker, 'manage-desk')
    const isTheirs = tenants === 'all' || tenants.includes(resource)
    const isThere = resource === world.policy.tenant || world.facts.resource(resource) !== undefined
    if (!isTheirs || !isThere)
      throw new Failure('resource_unknown', `there is no tenant \`${tenant}\` here`)
    const kept = value && keptOf(value)
    const cause = { command, by: actorOf(asker) }
    return {
      entries:
        kept?.isOn === true ? [] : lettingGo(world, visitorsOf(context, id), context.now(), cause),
      records: [{ collection: WIDGETS, key: id, value: kept, expectVersion }],
      audit: { command, ...auditBy(asker), target: `${WIDGETS}/${id}`, details: { tenant } },
    }
  })
}

/** Who came by it and is here, or has a conversation by it that is not closed. */
function visitorsOf({ visitors, desk }: Context, id: string): readonly string[] {
  const here = visitors.site.of(() => true).filter(({ widget }) => widget === id)
  const talking = [...desk.book.live()].filter(({ conversation }) => conversation.widget === id)
  return [
    ...new Set([
      ...here.map(({ visitor }) => visitor),
      ...talking.map(({ conversation }) => conversation.visitor),
    ]),
  ]
}

function lettingGo(
  world: World,
  visitors: readonly string[],
  nowMs: number,
  cause: RightsEntry['cause'],
): readonly NewEntry[] {
  const entries: NewEntry[] = []
  for (let at = 0; at < visitors.length; at += AT_ONCE) {
    const changes = visitors.slice(at, at + AT_ONCE).flatMap((each) => cutOff(world, each, nowMs))
    if (changes.length > 0) entries.push({ kind: 'rights', changes, cause })
  }
  return entries
}
