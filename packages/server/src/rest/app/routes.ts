// Every route of our own API: the one table that the router, the OpenAPI document and the reference page are built from.

import { channelPeopleRoutes } from './channel-people.ts'
import { explainRoutes } from './explain.ts'
import { policyRoutes } from './policy.ts'
import { referenceRoutes } from './reference.ts'
import { requestRoutes } from './requests.ts'
import { rightsRoutes } from './rights.ts'
import type { AppRoute } from './route.ts'
import { sessionRoutes } from './session.ts'

const described: readonly AppRoute[] = [
  ...sessionRoutes,
  ...channelPeopleRoutes,
  ...requestRoutes,
  ...rightsRoutes,
  ...policyRoutes,
  ...explainRoutes,
]

export const APP_ROUTES: readonly AppRoute[] = [...described, ...referenceRoutes(described)]
