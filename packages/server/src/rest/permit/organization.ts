// The installation as Permit sees it: the organisation, its projects, and the apps that are their environments.

import type { JsonObject } from '@sayso/store'
import type { Apps } from '../../apps.ts'
import type { Context } from '../../context.ts'
import { Ids, isUuid, uuidOf } from './ids.ts'
import { DEFAULT_PROJECT, type PermitApp } from './scope.ts'
import { notFound } from './trouble.ts'

/** One environment: an app, open or not. */
export type Environment = {
  readonly appId: string
  readonly project: string
  readonly key: string
  readonly name: string
  readonly createdAt: string
}

/** What is kept of a project or an environment besides. */
export type PlaceNote = {
  readonly created?: string
  readonly updated?: string
  readonly name?: string
  readonly description?: string | null
  readonly urn_namespace?: string | null
  readonly custom_branch_name?: string | null
  readonly settings?: JsonObject | null
}

export const PROJECTS = 'permit-project'
export const ENVIRONMENTS = 'permit-environment'

export class Organization {
  readonly apps: Apps
  readonly #ids = new WeakMap<Context, Ids>()

  constructor(apps: Apps) {
    this.apps = apps
  }

  get main(): Context {
    return this.apps.main.context
  }

  organizationId(): string {
    return uuidOf(this.main.appId, 'organization', 'sayso')
  }

  projectId(project: string): string {
    return uuidOf(this.main.appId, 'project', project)
  }

  environmentId(appId: string): string {
    return uuidOf(appId, 'environment', 'app')
  }

  environments(): readonly Environment[] {
    const { appId } = this.main
    const first = [...this.main.standing.world.keys.values()].map((key) => key.createdAtMs)
    const main = {
      appId,
      project: DEFAULT_PROJECT,
      key: appId,
      name: 'Main',
      createdAt: instant(first.length === 0 ? 0 : Math.min(...first)),
    }
    const made = this.apps.list().map((app) => ({
      appId: app.id,
      project: app.project ?? DEFAULT_PROJECT,
      key: app.environment ?? app.id,
      name: app.name,
      createdAt: instant(app.createdAtMs),
    }))
    return [main, ...made]
  }

  /** The app of a context that is open. */
  appOf(context: Context): PermitApp {
    const ids = this.#ids.get(context) ?? new Ids(context.appId)
    this.#ids.set(context, ids)
    const own = this.environments().find(({ appId }) => appId === context.appId)
    const project = own?.project ?? DEFAULT_PROJECT
    return {
      context,
      ids,
      project,
      environment: own?.key ?? context.appId,
      names: {
        organization_id: this.organizationId(),
        project_id: this.projectId(project),
        environment_id: this.environmentId(context.appId),
      },
    }
  }

  /** The keys of all projects: those that were made, and those that apps name. */
  async projects(): Promise<ReadonlyMap<string, PlaceNote>> {
    const records = await this.main.store.records({ collection: PROJECTS, limit: 1_000 })
    const found = new Map<string, PlaceNote>([[DEFAULT_PROJECT, {}]])
    for (const { project } of this.environments()) found.set(project, {})
    for (const { key, value } of records) found.set(key, value as PlaceNote)
    return found
  }

  /** @throws {PermitTrouble} `NOT_FOUND` */
  async project(text: string): Promise<string> {
    for (const key of (await this.projects()).keys()) {
      if (isNamed(text, key, this.projectId(key))) return key
    }
    throw notFound('project', text)
  }

  /** @throws {PermitTrouble} `NOT_FOUND` */
  environment(project: string, text: string): Environment {
    const found = this.environments().find(
      (each) => each.project === project && isNamed(text, each.key, this.environmentId(each.appId)),
    )
    if (!found) throw notFound('environment', text)
    return found
  }

  /** The environment that a path names, whatever form the names have. @throws {PermitTrouble} `NOT_FOUND` */
  environmentAt(project: string, environment: string): Environment {
    const key = this.environments()
      .map((each) => each.project)
      .find((each) => isNamed(project, each, this.projectId(each)))
    if (key === undefined) throw notFound('project', project)
    return this.environment(key, environment)
  }

  /** Opens the app of an environment. @throws {PermitTrouble} `NOT_FOUND` */
  async open({ appId, key }: Environment): Promise<Context> {
    const app = await this.apps.find(appId)
    if (app === undefined) throw notFound('environment', key)
    return app.context
  }
}

function isNamed(text: string, key: string, id: string): boolean {
  return isUuid(text) ? text.toLowerCase() === id : text === key
}

function instant(ms: number): string {
  return new Date(ms).toISOString()
}
