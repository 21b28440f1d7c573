// Where a key and a path lead: the installation is the organisation, a group of apps is a project, an app an environment.

import type { KeyRecord, World } from '@sayso/policy'
import type { Context } from '../../context.ts'
import type { Ids } from './ids.ts'

/** The project of apps that name none. */
export const DEFAULT_PROJECT = 'default'

/** One app as Permit sees it. */
export type PermitApp = {
  readonly context: Context
  readonly ids: Ids
  /** Keys in paths. */
  readonly project: string
  readonly environment: string
  readonly names: ScopeNames
}

/** What every object carries. */
type ScopeNames = {
  readonly organization_id: string
  readonly project_id: string
  readonly environment_id: string
}

type Level = 'organization' | 'project' | 'environment'

export function levelOf(key: KeyRecord): Level {
  return key.level ?? 'environment'
}

/** The time of what was made before anybody kept one: when the app's first key was made. ISO 8601. */
export function beginning(world: World): string {
  const made = [...world.keys.values()].map(({ createdAtMs }) => createdAtMs)
  return new Date(made.length === 0 ? 0 : Math.min(...made)).toISOString()
}
