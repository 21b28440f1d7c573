// The apps of the installation over our own API, on the main app alone: list, make, change, remove.

import * as z from 'zod'
import type { AppDetails, AppRecord, Apps } from '../../apps.ts'
import { appUnknown, changeApp } from '../../commands/change-app.ts'
import { createApp } from '../../commands/create-app.ts'
import { removeApp } from '../../commands/remove-app.ts'
import { leftByKey, orLeft } from './approval-view.ts'
import type { AppRest } from './deps.ts'
import { type AppRoute, json, route } from './route.ts'
import { pageQuery } from './shapes.ts'

const name = z.string().trim().min(1).max(100).describe('what people call it')
const word = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/, 'write 1 to 64 letters, digits, `-` or `_`')
const project = word.optional().describe('the project it stands for')
const environment = word.optional().describe('the environment of that project')

const details = z.strictObject({ name, project, environment })
const changes = z.strictObject({ name: name.optional(), project, environment })

const appShape = z
  .object({
    id: z.string().describe('the part before the dot in its keys'),
    name: z.string(),
    project: z.string().optional(),
    environment: z.string().optional(),
    createdAt: z.string(),
  })
  .meta({ id: 'App', description: 'A log, a policy, people, keys and an audit log of its own.' })

const tag = 'apps'
const needs = { who: 'person-or-key', may: 'manage-app' } as const
const params = { id: 'of the app' }

export const appsRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/apps',
    id: 'listApps',
    tag,
    summary: 'The apps beside the main one',
    about:
      'A person who may manage apps works in one of them with the header `Sayso-App: <id>` on any other route; a key needs no header, as it is of one app.',
    needs,
    query: pageQuery,
    answers: {
      200: json('By id.', z.object({ items: z.array(appShape), next: z.string().optional() })),
    },
    run: ({ c, deps, query: { limit, after = '' } }) => {
      const rest = appsOf(deps)
        .list()
        .filter(({ id }) => id > after)
      const items = rest.slice(0, limit)
      const next = rest.length > limit ? items.at(-1)?.id : undefined
      return c.json({ items: items.map(view), ...(next !== undefined && { next }) })
    },
  }),
  route({
    method: 'POST',
    path: '/apps',
    id: 'createApp',
    tag,
    summary: 'Make an app with the policy a new app starts with, and its first key',
    needs,
    body: { schema: details, example: { name: 'Shop, staging' } },
    answers: {
      201: json(
        'The app. The key is shown this once.',
        appShape.extend({ key: z.string().describe('`app.key:secret`, with every right') }),
      ),
    },
    problems: ['conflict'],
    run: async ({ c, deps, asker, body }) => {
      const made = await createApp(deps.context, appsOf(deps), asker, body as AppDetails)
      return c.json({ ...view(made), key: made.firstKey }, 201)
    },
  }),
  route({
    method: 'PATCH',
    path: '/apps/:id',
    id: 'changeApp',
    tag,
    summary: 'Change what an app is called, or what it stands for',
    needs,
    params,
    body: { schema: changes, example: { name: 'Shop, production' } },
    answers: { 200: json('The app as it is now.', appShape) },
    problems: ['app_unknown', 'conflict'],
    run: async ({ c, deps, asker, params: { id: appId }, body }) => {
      const input = { appId, details: body as Partial<AppDetails> }
      return c.json(view(await changeApp(deps.context, appsOf(deps), asker, input)))
    },
  }),
  route({
    method: 'DELETE',
    path: '/apps/:id',
    id: 'removeApp',
    tag,
    summary: 'Remove an app with everything in it',
    about: 'Its connections end with 40400, and nothing of it can be read again.',
    needs,
    params,
    answers: { 204: { what: 'It is gone.' }, ...leftByKey },
    problems: ['app_unknown', 'conflict'],
    run: async ({ c, deps, asker, params: { id } }) => {
      const wanted = () => ({ action: 'remove-app', app: id }) as const
      const title = () => appNamed(deps, id).name
      return orLeft({ c, deps, asker, wanted, title, reason: undefined }, async () => {
        await removeApp(deps.context, appsOf(deps), asker, id)
        return c.body(null, 204)
      })
    },
  }),
]

/** @throws {Failure} `app_unknown` */
function appNamed(deps: AppRest, id: string): AppRecord {
  const app = appsOf(deps)
    .list()
    .find((each) => each.id === id)
  if (app === undefined) throw appUnknown(id)
  return app
}

/** Only the main app's routes are in this table. */
function appsOf({ apps }: AppRest): Apps {
  if (apps === undefined) throw new Error('the list of apps was asked of another app')
  return apps
}

function view({ id, name, project, environment, createdAtMs }: AppRecord) {
  const createdAt = new Date(createdAtMs).toISOString()
  return {
    id,
    name,
    ...(project !== undefined && { project }),
    ...(environment !== undefined && { environment }),
    createdAt,
  }
}
