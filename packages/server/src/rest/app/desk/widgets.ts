// Widgets: where visitors come in, how they look, and the keys that prove who a visitor is.

import type { ResourceId, World } from '@sayso/policy'
import { keyOf } from '@sayso/policy'
import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import { sealer } from '../../../auth/sealed.ts'
import type { Asker } from '../../../commands/asker.ts'
import { keepWidget } from '../../../commands/desk/keep-widget.ts'
import { Failure } from '../../../commands/failure.ts'
import { requireTenants } from '../../../commands/require-tenants.ts'
import { type WidgetSaid, widgetSaid } from '../../../desk/widgets/said.ts'
import {
  everyWidget,
  type IdentityKey,
  type KeptWidget,
  MOST_KEYS,
  tenantResource,
  WIDGET_SECRETS,
  type Widget,
  widgetNamed,
} from '../../../desk/widgets/widget.ts'
import { makeSecret } from '../../../webhooks/signature.ts'
import { refusalOfUrl } from '../../../webhooks/target.ts'
import type { AppRest } from '../deps.ts'
import { done } from '../done.ts'
import { requireMatch } from '../etag.ts'
import { ApiProblem } from '../problem.ts'
import { type AppRoute, json, route } from '../route.ts'
import { changed, pageOf, pageQuery, pageShape } from '../shapes.ts'

const tag = 'desk'
const params = { id: 'id of the widget' }
const needs = { who: 'person-or-key', may: 'manage-desk', orOfTenant: true } as const
/** Of a key. */
const SECRET_BYTES = 32

const keyShape = z
  .object({ id: z.string().describe('`kid` of the tokens'), createdAtMs: z.number() })
  .meta({ id: 'WidgetKey' })
const widgetShape = widgetSaid
  .extend({
    id: z.string(),
    tenant: z.string().describe('key of the tenant'),
    identity: z.object({ isRequired: z.boolean(), keys: z.array(keyShape) }),
    version: z.int(),
    createdAtMs: z.number(),
    contextSecret: z
      .string()
      .optional()
      .describe('signs questions to `context.url`; said once, when that is set or changed'),
  })
  .meta({ id: 'Widget' })
const example = { name: 'Shop', sites: ['https://shop.example'] }

const listWidgets = route({
  method: 'GET',
  path: '/desk/widgets',
  id: 'listWidgets',
  tag,
  summary: 'The widgets, by id',
  needs,
  query: pageQuery.extend({ tenant: z.string().max(256).optional() }),
  answers: { 200: json('One page.', pageShape(widgetShape)) },
  run: async ({ c, deps, asker, query }) => {
    const isTheirs = theirs(deps.context.standing.world, asker)
    const all = (await everyWidget(deps.context.store)).filter(
      ({ tenant }) => isTheirs(tenant) && tenant === (query.tenant ?? tenant),
    )
    const { items, ...more } = pageOf(all, query, ({ id }) => id)
    return c.json({ items: items.map((each) => view(each)), ...more })
  },
})

const makeWidget = route({
  method: 'POST',
  path: '/desk/widgets',
  id: 'makeWidget',
  tag,
  summary: 'Make a widget',
  about: 'Absent `tenant`: the place itself. `docs/widget.md` says how to put it on a page.',
  needs,
  body: {
    schema: widgetSaid.extend({ tenant: z.string().min(1).max(256).optional() }),
    example,
  },
  answers: { 201: json('The widget.', widgetShape) },
  problems: ['invalid', 'resource_unknown'],
  run: async ({ c, deps, asker, body: { tenant: named, ...said } }) => {
    requireGood(deps, said)
    const { world } = deps.context.standing
    const tenant = named ?? ownTenant(world, asker)
    const { value, contextSecret } = withContext(deps, said, { tenant, keys: [] })
    const id = `${deps.context.appId}.${deps.context.randomId(9)}`
    await keepWidget(deps.context, asker, {
      id,
      tenant,
      value,
      expectVersion: 0,
      command: 'make-widget',
    })
    return answer(c, await widgetOf(deps, asker, id), { contextSecret }, 201)
  },
})

const readWidget = route({
  method: 'GET',
  path: '/desk/widgets/:id',
  id: 'readWidget',
  tag,
  summary: 'A widget',
  needs,
  params,
  answers: { 200: json('The widget.', widgetShape) },
  problems: ['widget_unknown'],
  run: async ({ c, deps, asker, params: { id } }) => answer(c, await widgetOf(deps, asker, id)),
})

const putWidget = route({
  method: 'PUT',
  path: '/desk/widgets/:id',
  id: 'putWidget',
  tag,
  summary: 'Change a widget; its tenant and its keys stay',
  needs,
  params,
  body: { schema: widgetSaid, example },
  answers: { 200: json('The widget.', widgetShape) },
  problems: ['widget_unknown', 'version_changed', 'conflict', 'invalid'],
  run: async ({ c, deps, asker, params: { id }, body: said }) => {
    requireGood(deps, said)
    const known = await widgetOf(deps, asker, id)
    requireMatch(c, `"${known.version}"`)
    const { value, contextSecret } = withContext(deps, said, known)
    await keepWidget(deps.context, asker, {
      id,
      tenant: known.tenant,
      value,
      expectVersion: known.version,
      command: 'put-widget',
    })
    return answer(c, await widgetOf(deps, asker, id), { contextSecret })
  },
})

const removeWidget = route({
  method: 'DELETE',
  path: '/desk/widgets/:id',
  id: 'removeWidget',
  tag,
  summary: 'Remove a widget; its conversations stay',
  needs,
  params,
  answers: changed,
  problems: ['widget_unknown', 'conflict'],
  run: async ({ c, deps, asker, params: { id } }) => {
    const { tenant, version: expectVersion } = await widgetOf(deps, asker, id)
    const command = 'remove-widget'
    const kept = { id, tenant, value: undefined, expectVersion, command }
    return done(c, await keepWidget(deps.context, asker, kept))
  },
})

const makeKey = route({
  method: 'POST',
  path: '/desk/widgets/:id/keys',
  id: 'makeWidgetKey',
  tag,
  summary: 'Make a key that proves who visitors are',
  about:
    'The secret is shown once. There are at most two: make the second, let your server sign with it, remove the first.',
  needs,
  params,
  answers: { 201: json('The key.', keyShape.extend({ secret: z.string() })) },
  problems: ['widget_unknown', 'conflict'],
  run: async ({ c, deps, asker, params: { id } }) => {
    const widget = await widgetOf(deps, asker, id)
    if (widget.keys.length >= MOST_KEYS)
      throw new Failure('conflict', `the widget has ${MOST_KEYS} keys`, {
        remedy: 'remove the one that your server does not use any more',
      })
    const secret = deps.context.randomId(SECRET_BYTES)
    const made = {
      id: deps.context.randomId(6),
      createdAtMs: deps.context.now(),
      sealedSecret: sealerOf(deps).seal(secret),
    }
    await changeKeys(deps, asker, widget, [...widget.keys, made], 'make-widget-key')
    return c.json({ id: made.id, createdAtMs: made.createdAtMs, secret }, 201)
  },
})

const removeKey = route({
  method: 'DELETE',
  path: '/desk/widgets/:id/keys/:key',
  id: 'removeWidgetKey',
  tag,
  summary: 'Remove a key: tokens signed with it prove nothing from now on',
  needs,
  params: { ...params, key: 'id of the key' },
  answers: { 200: json('The widget.', widgetShape) },
  problems: ['widget_unknown', 'key_unknown', 'conflict'],
  run: async ({ c, deps, asker, params: { id, key } }) => {
    const widget = await widgetOf(deps, asker, id)
    const left = widget.keys.filter((each) => each.id !== key)
    if (left.length === widget.keys.length)
      throw new Failure('key_unknown', 'the widget has no such key')
    await changeKeys(deps, asker, widget, left, 'remove-widget-key')
    return answer(c, await widgetOf(deps, asker, id))
  },
})

export const widgetRoutes: readonly AppRoute[] = [
  listWidgets,
  makeWidget,
  readWidget,
  putWidget,
  removeWidget,
  makeKey,
  removeKey,
]

/** Tells whether a tenant, by its key, is one whose desk the asker manages. @throws {Failure} `denied` */
function theirs(world: World, asker: Asker): (tenant: string) => boolean {
  const tenants = requireTenants(world, asker, 'manage-desk')
  return (tenant) => tenants === 'all' || tenants.includes(tenantResource(tenant))
}

/** Where somebody makes things who names no tenant: the place, or the one they have. */
function ownTenant(world: World, asker: Asker): string {
  const tenants = requireTenants(world, asker, 'manage-desk')
  const [only, second]: readonly ResourceId[] = tenants === 'all' ? [world.policy.tenant] : tenants
  if (only === undefined || second !== undefined)
    throw new Failure('invalid', '`tenant`: you have several', { remedy: 'say which' })
  return keyOf(only)
}

/** Those of other tenants are as if they were not there. @throws {ApiProblem} `widget_unknown` */
async function widgetOf({ context }: AppRest, asker: Asker, id: string): Promise<Widget> {
  const widget = await widgetNamed(context.store, id)
  if (widget !== undefined && theirs(context.standing.world, asker)(widget.tenant)) return widget
  throw new ApiProblem('widget_unknown', 'there is no such widget')
}

/** @throws {Failure} `invalid` */
function requireGood({ webhooks }: AppRest, { context }: WidgetSaid): void {
  const why = context && refusalOfUrl(context.url, webhooks.allowPrivate)
  if (why !== undefined) throw new Failure('invalid', `\`context.url\`: ${why}`)
}

/** A new address has a new secret: the old server must not be able to answer for the new one. */
function withContext(
  deps: AppRest,
  said: WidgetSaid,
  known: Pick<Widget, 'tenant' | 'keys'> & Partial<Pick<Widget, 'context' | 'sealedContextSecret'>>,
): { readonly value: KeptWidget; readonly contextSecret?: string } {
  const { tenant, keys, sealedContextSecret } = known
  const value = { ...said, tenant, keys }
  if (said.context === undefined) return { value }
  if (said.context.url === known.context?.url && sealedContextSecret !== undefined)
    return { value: { ...value, sealedContextSecret } }
  const contextSecret = makeSecret()
  const sealed = sealerOf(deps).seal(contextSecret)
  return { value: { ...value, sealedContextSecret: sealed }, contextSecret }
}

/** Of keys that prove visitors, and of secrets that sign questions. */
function sealerOf({ secret }: AppRest) {
  return sealer(secret, WIDGET_SECRETS)
}

async function changeKeys(
  deps: AppRest,
  asker: Asker,
  widget: Widget,
  keys: readonly IdentityKey[],
  command: string,
): Promise<void> {
  const { id, tenant, version: expectVersion, createdAtMs: _at, ...kept } = widget
  const value = { ...kept, tenant, keys }
  await keepWidget(deps.context, asker, { id, tenant, value, expectVersion, command })
}

function answer(
  c: HonoContext,
  widget: Widget,
  { contextSecret }: { readonly contextSecret?: string | undefined } = {},
  status: 200 | 201 = 200,
): Response {
  c.header('etag', `"${widget.version}"`)
  return c.json({ ...view(widget), ...(contextSecret && { contextSecret }) }, status)
}

function view({ keys, sealedContextSecret: _sealed, identity, ...shown }: Widget) {
  const named = keys.map(({ id, createdAtMs }) => ({ id, createdAtMs }))
  return { ...shown, identity: { ...identity, keys: named } }
}
