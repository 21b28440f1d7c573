// One request on its way through a route, and what it needs.

import type { KeyRecord, World } from '@sayso/policy'
import type { Context as HonoContext } from 'hono'
import type { Asker } from '../../commands/asker.ts'
import type { PermitRest } from './deps.ts'
import type { PermitApp } from './scope.ts'

/**
 * What a request needs.
 *
 * - `anyone`: no key is looked at.
 * - `any-key`: a key, good for something or not: it asks what it is.
 * - `admin`: a key with the scope `admin` over the environment in the path.
 * - `admin-project`, `admin-organization`: a key of that level or above, with the same scope.
 * - `decisions`: a key with the scope `decisions` or `admin`. Without one 401, with a wrong one 403.
 * - `decisions-in-body`: the same, but the key may stand in the body, where one SDK call puts it.
 */
export type Needs =
  | 'anyone'
  | 'any-key'
  | 'admin'
  | 'admin-project'
  | 'admin-organization'
  | 'decisions'
  | 'decisions-in-body'

/** One request on its way through a route. */
export type Call = {
  readonly c: HonoContext
  readonly deps: PermitRest
  readonly app: PermitApp
  readonly asker: Asker
  readonly key: KeyRecord
  /** The world that holds the key, if it is another app's. */
  readonly home?: () => World
}
