// Every route of our own API: the one table that the router, the OpenAPI document and the reference page are built from.

import { channelPeopleRoutes } from './channel-people.ts'
import { connectionRoutes } from './connections.ts'
import { draftRoutes } from './drafts.ts'
import { explainRoutes } from './explain.ts'
import { grantRoutes } from './grants.ts'
import { adminPeopleRoutes } from './people.ts'
import { policyRoutes } from './policy.ts'
import { versionRoutes } from './policy-versions.ts'
import { referenceRoutes } from './reference.ts'
import { requestRoutes } from './requests.ts'
import { resourceRoutes } from './resources.ts'
import { rightsRoutes } from './rights.ts'
import { roleRoutes } from './roles.ts'
import type { AppRoute } from './route.ts'
import { sessionRoutes } from './session.ts'

const described: readonly AppRoute[] = [
  ...sessionRoutes,
  ...channelPeopleRoutes,
  ...requestRoutes,
  ...rightsRoutes,
  ...adminPeopleRoutes,
  ...roleRoutes,
  ...grantRoutes,
  ...resourceRoutes,
  ...policyRoutes,
  ...draftRoutes,
  ...versionRoutes,
  ...explainRoutes,
  ...connectionRoutes,
]

export const APP_ROUTES: readonly AppRoute[] = [...described, ...referenceRoutes(described)]
