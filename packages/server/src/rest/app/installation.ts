// How the server is set up, over our own API and on the main app alone; and backups of it.

import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { makeBackup } from '../../commands/make-backup.ts'
import { removeBackup } from '../../commands/remove-backup.ts'
import type { Backup } from '../../installation/backups.ts'
import type { SetUp } from '../../installation/installation.ts'
import { SETTING_GROUPS } from '../../installation/shown-settings.ts'
import type { AppRest } from './deps.ts'
import { type AppRoute, json, route } from './route.ts'

const tag = 'installation'
const needs = { who: 'person-or-key', may: 'manage-app' } as const
/** Most backups are ready by then, and are answered as such; milliseconds. */
const PATIENCE_MS = 20_000

const settingShape = z.object({
  setting: z.string().describe('the environment variable that changes it'),
  group: z.enum(SETTING_GROUPS),
  value: z
    .union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
    .describe('in force; null: not set'),
  unit: z.string(),
  fallback: z.string().describe('what it is if nobody sets it'),
  about: z.string(),
})
const installationShape = z
  .object({
    version: z.string(),
    node: z.string(),
    since: z.string().describe('since when this process runs'),
    publicUrl: z.string(),
    data: z.object({
      bytes: z.number(),
      entries: z.array(z.object({ name: z.string(), bytes: z.number(), isFolder: z.boolean() })),
    }),
    signIn: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['password', 'google', 'oidc', 'users-file', 'tokens']),
        state: z.enum(['on', 'off', 'misconfigured']),
        detail: z.string().optional(),
        settings: z.array(z.string()),
      }),
    ),
    mail: z.object({
      state: z.enum(['on', 'off', 'failing']),
      from: z.string().optional(),
      waiting: z.int().optional(),
      detail: z.string().optional(),
      settings: z.array(z.string()),
    }),
    namespaces: z.array(
      z.object({
        name: z.string(),
        persisted: z.boolean(),
        mutable: z.boolean(),
        identified: z.boolean(),
      }),
    ),
    settings: z.array(settingShape),
  })
  .meta({ id: 'Installation', description: 'How a server is set up; without secrets.' })
const backupShape = z
  .object({
    name: z.string(),
    at: z.string(),
    state: z.enum(['making', 'ready', 'failed']),
    bytes: z.number().optional(),
    files: z.int().optional(),
    verified: z
      .boolean()
      .optional()
      .describe('its databases were whole when it was made, and each file of it is there'),
    detail: z.string().optional().describe('why it failed'),
  })
  .meta({ id: 'Backup' })

const readInstallation = route({
  method: 'GET',
  path: '/installation',
  id: 'readInstallation',
  tag,
  summary: 'How the server is set up',
  about:
    'Settings are environment variables: they change with the next start. Namespaces are part of the policy.',
  needs,
  answers: { 200: json('Without secrets.', installationShape) },
  run: async ({ c, deps }) => {
    const setUp = setUpOf(deps)
    const entries = await setUp.size()
    const { settings } = setUp
    return c.json({
      version: setUp.version,
      node: setUp.node,
      since: new Date(setUp.sinceMs).toISOString(),
      publicUrl: deps.publicUrl(),
      data: { bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0), entries },
      signIn: setUp.waysIn(deps.signIn.oidcProblem()),
      mail: mailView(deps, setUp),
      namespaces: namespacesOf(deps),
      settings,
    })
  },
})

const listBackups = route({
  method: 'GET',
  path: '/backups',
  id: 'listBackups',
  tag,
  summary: 'The backups in the data folder, the newest first',
  about:
    'They lie in `backups` of the data folder, each a folder that `sayso restore` takes: copy them to another machine. One opens API keys and sessions, so keep it as safe as the data.',
  needs,
  answers: { 200: json('All of them.', z.object({ items: z.array(backupShape) })) },
  run: async ({ c, deps }) => {
    const backups = await setUpOf(deps).backups.list()
    return c.json({ items: backups.map(view) })
  },
})

const makeOne = route({
  method: 'POST',
  path: '/backups',
  id: 'makeBackup',
  tag,
  summary: 'Make a backup now',
  about:
    'One at a time, while everything goes on. One that takes long is answered while it is made; the list says when it is ready.',
  needs,
  answers: {
    201: json('It is ready, or could not be made.', backupShape),
    202: json('It is being made.', backupShape),
  },
  problems: ['conflict'],
  run: async ({ c, deps, asker }) => {
    const { backups } = setUpOf(deps)
    const { name, ended } = await makeBackup(deps.context, backups, asker)
    await Promise.race([ended, wait(PATIENCE_MS, undefined, { ref: false })])
    const backup = await backups.find(name)
    if (backup === undefined) throw new Error(`the backup ${name} is not where it was put`)
    return c.json(view(backup), backup.state === 'making' ? 202 : 201)
  },
})

const removeOne = route({
  method: 'DELETE',
  path: '/backups/:name',
  id: 'removeBackup',
  tag,
  summary: 'Remove a backup',
  needs,
  params: { name: 'of the backup' },
  answers: { 204: { what: 'It is gone.' } },
  problems: ['conflict', 'resource_unknown'],
  run: async ({ c, deps, asker, params: { name } }) => {
    await removeBackup(deps.context, setUpOf(deps).backups, asker, name)
    return c.body(null, 204)
  },
})

export const installationRoutes: readonly AppRoute[] = [
  readInstallation,
  listBackups,
  makeOne,
  removeOne,
]

/** Only the main app's routes are in this table. */
function setUpOf({ installation }: AppRest): SetUp {
  if (installation === undefined) throw new Error('the set-up was asked of another app')
  return installation
}

function mailView({ outbox }: AppRest, { settings }: SetUp) {
  const names = ['SAYSO_SMTP_URL', 'SAYSO_MAIL_FROM']
  if (outbox === undefined) return { state: 'off' as const, settings: names }
  const trouble = outbox.trouble()
  const from = settings.find(({ setting }) => setting === 'SAYSO_MAIL_FROM')?.value
  return {
    state: trouble === undefined ? ('on' as const) : ('failing' as const),
    ...(typeof from === 'string' ? { from } : {}),
    waiting: outbox.waiting(),
    ...(trouble === undefined ? {} : { detail: trouble }),
    settings: names,
  }
}

function namespacesOf({ context }: AppRest) {
  const { namespaces = {} } = context.standing.world.policy.document
  return Object.entries(namespaces).map(([name, said]) => ({
    name,
    persisted: said.persisted ?? true,
    mutable: said.mutable ?? true,
    identified: said.identified ?? false,
  }))
}

function view({ atMs, ...rest }: Backup) {
  return { ...rest, at: new Date(atMs).toISOString() }
}
