// What this release asks of a policy that was made before: administrative actions that its type `tenant` does not list.

import type { Action, Policy } from '@sayso/policy'
import { TENANT_ACTIONS, type TenantAction } from './commands/require-place.ts'

/**
 * The actions nobody can be given by name, as the policy does not list them: such a one is left to whoever administers the
 * whole place. A policy that lists none of them leaves all to these on purpose, and lacks nothing.
 */
export function actionsLacking({ types }: Policy): readonly TenantAction[] {
  const listed = types.get('tenant')?.actionSet
  const lacking = TENANT_ACTIONS.filter((action) => listed?.has(action as Action) !== true)
  return lacking.length === TENANT_ACTIONS.length ? [] : lacking
}
