// Keep, change or remove a widget of a tenant, with its line in the audit log.

import type { Committed } from '@sayso/store'
import type { Context } from '../../context.ts'
import { type KeptWidget, keptOf, tenantResource, WIDGETS } from '../../desk/widgets/widget.ts'
import { type Asker, auditBy } from '../asker.ts'
import { decideAndCommit } from '../decide-and-commit.ts'
import { Failure } from '../failure.ts'
import { requireTenants } from '../require-tenants.ts'

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
    return {
      entries: [],
      records: [{ collection: WIDGETS, key: id, value: kept, expectVersion }],
      audit: { command, ...auditBy(asker), target: `${WIDGETS}/${id}`, details: { tenant } },
    }
  })
}
