// Projects and environments: groups of apps, and the apps. A new environment is a new app, with a key that is shown once.

import { tenantsOf } from '@sayso/policy'
import type { NewRecord } from '@sayso/store'
import * as z from 'zod'
import { amendPlace } from '../../commands/amend-place.ts'
import { actorOf } from '../../commands/asker.ts'
import { commit } from '../../commands/decide-and-commit.ts'
import { key, object, readBody, title, words } from './body.ts'
import type { Call } from './call.ts'
import { copySchema } from './copy.ts'
import { userKeys } from './facts/known.ts'
import { ENVIRONMENTS, type Environment, type PlaceNote, PROJECTS } from './organization.ts'
import { cut, pageOf } from './paging.ts'
import { noContent, type PermitRoute, param } from './route.ts'
import { readSchema } from './schema/change.ts'
import { resourceKeys } from './schema/views.ts'
import { DEFAULT_PROJECT, levelOf } from './scope.ts'
import { duplicate, invalid, notFound, PermitTrouble } from './trouble.ts'

/** The environments a new project starts with. */
const FIRST_ENVIRONMENTS = [
  { key: 'dev', name: 'Development' },
  { key: 'production', name: 'Production' },
]

const projectFields = { description: words, urn_namespace: words, settings: object }
const projectBody = z.object({ key, name: title, ...projectFields })
const projectUpdate = z.object({ name: title, ...projectFields }).partial()
const environmentFields = { description: words, custom_branch_name: words }
const environmentBody = z.object({ key, name: title, ...environmentFields })
const environmentUpdate = z.object({ name: title, ...environmentFields }).partial()
const copyBody = z.object({
  target_env: z.union([
    z.object({ existing: z.string().min(1) }),
    z.object({ new: environmentBody }),
  ]),
  conflict_strategy: z.enum(['fail', 'overwrite']).default('fail'),
})

const envs = '/v2/projects/:project/envs'
const env = `${envs}/:environment`

export const projectRoutes: readonly PermitRoute[] = [
  {
    method: 'GET',
    path: '/v2/projects',
    needs: 'admin-organization',
    async run(call) {
      const page = pageOf(call.c)
      const projects = await call.deps.organization.projects()
      const shown = cut([...projects], page)
      return call.c.json(shown.map(([name, note]) => projectView(call, name, note)))
    },
  },
  { method: 'POST', path: '/v2/projects', needs: 'admin-organization', run: createProject },
  {
    method: 'GET',
    path: '/v2/projects/:project',
    needs: 'admin-project',
    run: async (call) => oneProject(call, await projectIn(call)),
  },
  {
    method: 'PATCH',
    path: '/v2/projects/:project',
    needs: 'admin-project',
    async run(call) {
      const body = await readBody(call.c, projectUpdate, call.deps.maxBodyBytes)
      const project = await projectIn(call)
      const before = (await call.deps.organization.projects()).get(project) ?? {}
      await keep(call, PROJECTS, project, before, body)
      return oneProject(call, project)
    },
  },
  {
    method: 'DELETE',
    path: '/v2/projects/:project',
    needs: 'admin-organization',
    run: deleteProject,
  },
  {
    method: 'GET',
    path: envs,
    needs: 'admin-project',
    async run(call) {
      const page = pageOf(call.c)
      const project = await projectIn(call)
      const all = call.deps.organization.environments().filter((each) => each.project === project)
      return call.c.json(
        await Promise.all(cut(all, page).map((each) => environmentView(call, each))),
      )
    },
  },
  {
    method: 'POST',
    path: envs,
    needs: 'admin-project',
    async run(call) {
      const body = await readBody(call.c, environmentBody, call.deps.maxBodyBytes)
      const made = await createEnvironment(call, await projectIn(call), body)
      const view = await environmentView(call, made.environment)
      return call.c.json({ ...view, first_key: made.firstKey })
    },
  },
  {
    method: 'GET',
    path: env,
    needs: 'admin-project',
    run: async (call) => call.c.json(await environmentView(call, await environmentIn(call))),
  },
  { method: 'PATCH', path: env, needs: 'admin-project', run: updateEnvironment },
  {
    method: 'DELETE',
    path: env,
    needs: 'admin-project',
    async run(call) {
      await removeEnvironment(call, await environmentIn(call))
      return noContent()
    },
  },
  { method: 'GET', path: `${env}/stats`, needs: 'admin-project', run: stats },
  { method: 'POST', path: `${env}/copy`, needs: 'admin-project', run: copy },
  {
    method: 'GET',
    path: '/v2/api-key/:project/:environment',
    needs: 'admin-project',
    run: () => {
      throw new PermitTrouble(
        'FORBIDDEN_ACCESS',
        'the secret of a key is shown once, when it is made; make another key for this environment',
      )
    },
  },
]

/** The project of the path; a project's key knows no other. @throws {PermitTrouble} `NOT_FOUND` */
async function projectIn({ deps, c, key: caller, app }: Call): Promise<string> {
  const text = param(c, 'project')
  const project = await deps.organization.project(text)
  const { project: own = app.project } = caller
  if (levelOf(caller) === 'project' && own !== project) throw notFound('project', text)
  return project
}

async function environmentIn(call: Call): Promise<Environment> {
  return call.deps.organization.environment(await projectIn(call), param(call.c, 'environment'))
}

function projectView({ deps: { organization } }: Call, project: string, note: PlaceNote) {
  const since = organization.environments()[0]?.createdAt
  return {
    key: project,
    id: organization.projectId(project),
    organization_id: organization.organizationId(),
    created_at: note.created ?? since,
    updated_at: note.updated ?? note.created ?? since,
    name: note.name ?? project,
    description: note.description ?? null,
    urn_namespace: note.urn_namespace ?? null,
    settings: note.settings ?? null,
    active_policy_repo_id: null,
  }
}

async function oneProject(call: Call, project: string): Promise<Response> {
  const note = (await call.deps.organization.projects()).get(project) ?? {}
  return call.c.json(projectView(call, project, note))
}

async function environmentView({ deps: { organization } }: Call, environment: Environment) {
  const { appId, project, createdAt } = environment
  const record = await organization.main.store.record(ENVIRONMENTS, appId)
  const note = (record?.value ?? {}) as PlaceNote
  return {
    key: environment.key,
    id: organization.environmentId(appId),
    organization_id: organization.organizationId(),
    project_id: organization.projectId(project),
    created_at: createdAt,
    updated_at: note.updated ?? createdAt,
    name: note.name ?? environment.name,
    description: note.description ?? null,
    custom_branch_name: note.custom_branch_name ?? null,
    jwks: null,
  }
}

/** Keeps what is said of a project or environment, in the main app. */
async function keep(
  { deps: { organization } }: Call,
  collection: string,
  name: string,
  before: PlaceNote,
  said: object,
): Promise<void> {
  const now = new Date(organization.main.now()).toISOString()
  const given = Object.entries(said).filter(
    ([field, value]) => value !== undefined && field !== 'key',
  )
  const value = { created: now, ...before, ...Object.fromEntries(given), updated: now }
  await commit(organization.main, { entries: [], records: [{ collection, key: name, value }] })
}

async function forget({ deps: { organization } }: Call, ...records: NewRecord[]): Promise<void> {
  await commit(organization.main, { entries: [], records })
}

async function createProject(call: Call): Promise<Response> {
  const body = await readBody(call.c, projectBody, call.deps.maxBodyBytes)
  const { organization } = call.deps
  if ((await organization.projects()).has(body.key)) throw duplicate('project', body.key)
  await keep(call, PROJECTS, body.key, {}, body)
  const keys: { readonly key: string; readonly first_key: string }[] = []
  for (const each of FIRST_ENVIRONMENTS) {
    const { firstKey } = await createEnvironment(call, body.key, each)
    keys.push({ key: each.key, first_key: firstKey })
  }
  const note = (await organization.projects()).get(body.key) ?? {}
  return call.c.json({ ...projectView(call, body.key, note), environments: keys })
}

async function deleteProject(call: Call): Promise<Response> {
  const project = await projectIn(call)
  if (project === DEFAULT_PROJECT) throw invalid('the project of the main app stays')
  for (const each of call.deps.organization.environments()) {
    if (each.project === project) await removeEnvironment(call, each)
  }
  await forget(call, { collection: PROJECTS, key: project, value: undefined })
  return noContent()
}

async function createEnvironment(
  call: Call,
  project: string,
  body: z.output<typeof environmentBody>,
): Promise<{ readonly environment: Environment; readonly firstKey: string }> {
  const { organization } = call.deps
  const isTaken = organization
    .environments()
    .some((each) => each.project === project && each.key === body.key)
  if (isTaken) throw duplicate('environment', body.key)
  const details = { name: body.name, project, environment: body.key }
  const { id, firstKey } = await organization.apps.create(details, byOf(call))
  const { description, custom_branch_name } = body
  await keep(call, ENVIRONMENTS, id, {}, { description, custom_branch_name })
  return { environment: organization.environment(project, body.key), firstKey }
}

function byOf({ asker }: Call) {
  const { address } = asker
  return { actor: actorOf(asker), ...(address !== undefined && { address }) }
}

async function updateEnvironment(call: Call): Promise<Response> {
  const { name, ...body } = await readBody(call.c, environmentUpdate, call.deps.maxBodyBytes)
  const { organization } = call.deps
  const environment = await environmentIn(call)
  const isMain = environment.appId === organization.main.appId
  if (name !== undefined && !isMain) {
    await organization.apps.change(environment.appId, { name }, byOf(call))
  }
  const record = await organization.main.store.record(ENVIRONMENTS, environment.appId)
  const said = { ...body, ...(isMain && name !== undefined && { name }) }
  await keep(call, ENVIRONMENTS, environment.appId, (record?.value ?? {}) as PlaceNote, said)
  return call.c.json(await environmentView(call, await environmentIn(call)))
}

async function removeEnvironment(call: Call, { appId, key: name }: Environment): Promise<void> {
  const { organization } = call.deps
  if (appId === organization.main.appId) throw invalid(`\`${name}\` is the main app and stays`)
  await organization.apps.remove(appId, byOf(call))
  await forget(call, { collection: ENVIRONMENTS, key: appId, value: undefined })
}

async function stats(call: Call): Promise<Response> {
  const environment = await environmentIn(call)
  const context = await call.deps.organization.open(environment)
  const { world } = context.standing
  const view = await readSchema({ app: call.deps.organization.appOf(context) })
  return call.c.json({
    ...(await environmentView(call, environment)),
    pdp_configs: [],
    stats: {
      resources: resourceKeys(view.document).length,
      roles: Object.keys(view.document.tenant.roles).length,
      users: [...userKeys(world)].length,
      tenants: [...tenantsOf(world)].length,
      policies: 1,
      has_decision_logs: false,
      members: [],
    },
  })
}

async function copy(call: Call): Promise<Response> {
  const body = await readBody(call.c, copyBody, call.deps.maxBodyBytes)
  const { organization } = call.deps
  const source = await environmentIn(call)
  const { target_env: named } = body
  const isNew = 'new' in named
  const target = isNew
    ? (await createEnvironment(call, source.project, named.new)).environment
    : organization.environment(source.project, named.existing)
  const [from, to] = [await organization.open(source), await organization.open(target)]
  const plan = await copySchema(from, to, isNew ? 'replace' : body.conflict_strategy)
  await amendPlace(to, call.asker, {
    command: 'permit-copy-environment',
    target: source.appId,
    plan,
    home: () => call.deps.context.standing.world,
  })
  return call.c.json(await environmentView(call, target))
}
