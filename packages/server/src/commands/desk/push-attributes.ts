// Keep what the owner's server says of a visitor.

import type { Committed } from '@sayso/store'
import type { Context } from '../../context.ts'
import {
  type Attributes,
  type Profile,
  profileOf,
  profileRecord,
} from '../../desk/visitors/records.ts'
import { tenantResource } from '../../desk/widgets/widget.ts'
import { type Asker, auditBy } from '../asker.ts'
import { decideOver } from '../decide-and-commit.ts'
import { requirePlace } from '../require-place.ts'

export type PushAttributes = {
  readonly visitor: string
  /** What there is of them if nothing is known yet. */
  readonly profile: Profile
  readonly attributes: Attributes
}

/** Needs `manage-desk` on the tenant. @throws {Failure} `denied`, `conflict`, `busy`, `store_unavailable` */
export async function pushAttributes(
  context: Context,
  asker: Asker,
  { visitor, profile, attributes }: PushAttributes,
): Promise<Committed> {
  const read = () => profileOf(context.store, visitor)
  return decideOver(context, read, (world, known) => {
    const kept = known.profile ?? profile
    requirePlace(world, asker, 'manage-desk', tenantResource(kept.tenant))
    const next = { ...kept, pushed: attributes, pushedAtMs: context.now() }
    return {
      entries: [],
      records: [profileRecord(visitor, next, known.version)],
      audit: {
        command: 'push-attributes',
        ...auditBy(asker),
        target: `user:${visitor}`,
        details: { tenant: kept.tenant, keys: Object.keys(attributes) },
      },
    }
  })
}
