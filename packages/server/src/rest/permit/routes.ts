// Every route of the Permit-shaped API: one table, and the router built from it.

import type { Hono } from 'hono'
import { conditionSetRoutes, setRuleRoutes } from './conditions/set-routes.ts'
import type { PermitRest } from './deps.ts'
import { assignmentRoutes } from './facts/assignments.ts'
import { bulkPlaceRoutes, instanceRoutes, tenantRoutes } from './facts/places.ts'
import { tupleRoutes } from './facts/tuples.ts'
import { bulkUserRoutes, userRoutes } from './facts/users.ts'
import { opaCheck, pdpRoutes } from './pdp/routes.ts'
import { projectRoutes } from './projects.ts'
import { type PermitRoute, routerOf, under } from './route.ts'
import { resourceRoutes } from './schema/resources.ts'
import { resourceRoleRoutes, tenantRoleRoutes } from './schema/roles.ts'
import { partRoutes, userAttributeRoutes } from './schema/type-parts.ts'
import { scopeRoute } from './scope-route.ts'

const schema = under(
  ['/v2/schema/:proj_id/:env_id'],
  [
    ...resourceRoutes,
    ...resourceRoleRoutes,
    ...partRoutes,
    ...tenantRoleRoutes,
    ...userAttributeRoutes,
    ...conditionSetRoutes,
    ...setRuleRoutes,
  ],
)

/** Facts have a short address as well, by which clients go through the decision point. */
const facts = under(
  ['/v2/facts/:proj_id/:env_id', '/facts'],
  [
    ...bulkUserRoutes,
    ...userRoutes,
    ...tenantRoutes,
    ...assignmentRoutes,
    ...bulkPlaceRoutes,
    ...instanceRoutes,
    ...tupleRoutes,
    ...setRuleRoutes,
  ],
)

export const PERMIT_ROUTES: readonly PermitRoute[] = [
  scopeRoute,
  ...projectRoutes,
  ...schema,
  ...facts,
  ...pdpRoutes,
]

/** What is served on the port of its own: one check, in another form. */
export const OPA_ROUTES: readonly PermitRoute[] = [
  { method: 'POST', path: '/v1/data/permit/root', needs: 'decisions', run: opaCheck },
]

export function permitRest(deps: PermitRest): Hono {
  return routerOf(PERMIT_ROUTES, deps)
}

export function opaRest(deps: PermitRest): Hono {
  return routerOf(OPA_ROUTES, deps)
}
