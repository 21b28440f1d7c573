// Visitors, as operators and owners see them: who is on the site, what is known of somebody, and who is kept out.

import { keyOf, type World } from '@sayso/policy'
import * as z from 'zod'
import type { Asker } from '../../../commands/asker.ts'
import { blockVisitor } from '../../../commands/desk/block-visitor.ts'
import { pushAttributes } from '../../../commands/desk/push-attributes.ts'
import { Failure } from '../../../commands/failure.ts'
import {
  deskTenantsWhere,
  requireDeskTenants,
  type Tenants,
} from '../../../commands/require-tenants.ts'
import { openOf } from '../../../desk/conversation.ts'
import { addressName } from '../../../desk/visitors/address-name.ts'
import { type Block, blockOf } from '../../../desk/visitors/blocks.ts'
import { isAttributes } from '../../../desk/visitors/identity.ts'
import type { OnSite } from '../../../desk/visitors/on-site.ts'
import {
  isVerified,
  type Profile,
  profileOf,
  visitorOf as visitorOfIdentity,
} from '../../../desk/visitors/records.ts'
import { identifiedId } from '../../../desk/visitors/visitor.ts'
import { tenantResource, widgetNamed } from '../../../desk/widgets/widget.ts'
import type { AppRest } from '../deps.ts'
import { done } from '../done.ts'
import { ApiProblem } from '../problem.ts'
import { type AppRoute, json, route } from '../route.ts'
import { changed, instant, pageOf, pageQuery, pageShape, reason } from '../shapes.ts'

const tag = 'desk'
const params = { id: 'id of the visitor, or `external:` and how your server calls them' }
const tenantQuery = z.object({
  tenant: z.string().min(1).max(256).optional().describe('key; absent: the place itself'),
})
const EXTERNAL = 'external:'

const value = z.union([z.string().max(1_000), z.number(), z.boolean()])
const attributes = z
  .record(z.string().min(1).max(64), value)
  .refine(isAttributes, 'at most 50, whose names begin with a letter')
const pageAt = z.object({ url: z.string(), title: z.string().optional(), atMs: z.number() })
const onSiteShape = z.object({
  widget: z.string(),
  sinceMs: z.number(),
  seenAtMs: z.number(),
  address: z.string().optional().describe('IP; only for who may block'),
  pages: z.array(pageAt).describe('the latest first'),
})
const shortShape = z
  .object({
    id: z.string(),
    name: z.string().optional(),
    email: z.string().optional(),
    isVerified: z.boolean().describe('your server has proved who they are'),
    tenant: z.string(),
    conversation: z.string().optional().describe('key of the one they have open'),
  })
  .meta({ id: 'DeskVisitor' })
const blockShape = z.object({
  atMs: z.number(),
  by: z.string(),
  reason: z.string().optional(),
  untilMs: z.number().optional(),
  addresses: z.array(z.string()),
})
const contextShape = z.object({
  state: z.enum(['none', 'fresh', 'failed']),
  values: attributes.optional(),
  fetchedAtMs: z.number().optional(),
  triedAtMs: z.number().optional(),
  why: z.string().optional(),
})
const wholeShape = shortShape.extend({
  externalId: z.string().optional(),
  signed: attributes.optional().describe('in the identity they came with'),
  said: attributes.optional().describe('by the page they are on: not proved'),
  pushed: attributes.optional().describe('by your server'),
  pushedAtMs: z.number().optional(),
  form: z.record(z.string(), z.string()).optional().describe('what they answered before writing'),
  consentAtMs: z.number().optional(),
  onSite: onSiteShape.optional(),
  context: contextShape.describe('what your server says when it is asked'),
  block: blockShape.optional(),
})

const listVisitors = route({
  method: 'GET',
  path: '/desk/visitors',
  id: 'listVisitors',
  tag,
  summary: 'Who is on the site now',
  about: 'Nothing of it is written down.',
  needs: { who: 'person-or-key', may: 'see-visitors', orOfTenant: true },
  query: pageQuery.extend({ tenant: z.string().min(1).max(256).optional() }),
  answers: {
    200: json('One page, by id.', pageShape(shortShape.extend({ onSite: onSiteShape }))),
  },
  run: async ({ c, deps, asker, query }) => {
    const { world } = deps.context.standing
    const isSeen = within(requireDeskTenants(world, asker, 'see-visitors'))
    const all = deps.context.visitors.site
      .of((tenant) => isSeen(tenant) && tenant === (query.tenant ?? tenant))
      .toSorted((a, b) => (a.visitor < b.visitor ? -1 : 1))
    const { items, ...more } = pageOf(all, query, ({ visitor }) => visitor)
    const shown = items.map(async (who) => {
      const { profile } = await profileOf(deps.context.store, who.visitor)
      const { tenant } = who
      return {
        ...shortView(who.visitor, profile ?? { tenant }),
        ...(await openIn(deps, tenant, who.visitor)),
        onSite: onSiteView(world, asker, who),
      }
    })
    return c.json({ items: await Promise.all(shown), ...more })
  },
})

const readVisitor = route({
  method: 'GET',
  path: '/desk/visitors/:id',
  id: 'readVisitor',
  tag,
  summary: 'What is known of a visitor',
  about:
    'Asks your server for what it knows of them, if the widget says where; the answer is held for the time that the widget says, and never written down.',
  needs: { who: 'person-or-key', may: 'see-visitors', orOfTenant: true },
  params,
  query: tenantQuery,
  answers: { 200: json('The visitor.', wholeShape) },
  problems: ['visitor_unknown'],
  run: async ({ c, deps, asker, params: { id }, query }) => {
    const { world } = deps.context.standing
    const { visitor, profile } = await visitorOf(
      deps,
      asker,
      'see-visitors',
      await named(deps, id, query),
    )
    const here = deps.context.visitors.site.find(visitor)
    const block = await blockOf(deps.context.store, visitor)
    const mayBlock = within(deskTenantsWhere(world, asker, 'block-visitors'))(profile.tenant)
    const { externalId, signed, said, pushed, pushedAtMs, form, consentAtMs } = profile
    return c.json({
      ...shortView(visitor, profile),
      ...(await openIn(deps, profile.tenant, visitor)),
      externalId,
      signed,
      said,
      pushed,
      pushedAtMs,
      form,
      consentAtMs,
      context: await contextOf(deps, visitor, profile, here),
      ...(here && { onSite: onSiteView(world, asker, here) }),
      ...(block && { block: blockView(block, mayBlock) }),
    })
  },
})

const putVisitor = route({
  method: 'PUT',
  path: '/desk/visitors/:id',
  id: 'putVisitor',
  tag,
  summary: 'Say what your server knows of a visitor; it replaces what it said before',
  about:
    'By `external:` and how your server calls them also before they come for the first time. Operators read it; visitors do not.',
  needs: { who: 'person-or-key', may: 'manage-desk', orOfTenant: true },
  params,
  query: tenantQuery,
  body: {
    schema: z.strictObject({ attributes }),
    example: { attributes: { plan: 'gold', orders: 12 } },
  },
  answers: changed,
  problems: ['visitor_unknown', 'invalid', 'resource_unknown', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, query, body: said }) => {
    const asked = await named(deps, id, query)
    const { visitor, profile } = await visitorOf(deps, asker, 'manage-desk', asked, true)
    const input = { visitor, profile, attributes: said.attributes }
    return done(c, await pushAttributes(deps.context, asker, input))
  },
})

const putBlock = route({
  method: 'PUT',
  path: '/desk/visitors/:id/block',
  id: 'blockVisitor',
  tag,
  summary: 'Keep a visitor out',
  about:
    'Their connections end at once, and what they have open is closed with the reason `blocked`, in the name of whoever blocks, if they may close it; if not, it stays with whoever has it. They are told that nobody is available. With `address`, everybody is kept out who comes from where they are now. Unblocking opens nothing again.',
  needs: { who: 'person-or-key', may: 'block-visitors', orOfTenant: true },
  params,
  query: tenantQuery,
  body: {
    schema: z.strictObject({
      address: z.boolean().default(false),
      reason,
      until: instant.optional().describe('when it ends by itself'),
    }),
    example: { address: true, reason: 'insults' },
  },
  answers: changed,
  problems: ['visitor_unknown', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, query, body: said }) => {
    const asked = await named(deps, id, query)
    const { visitor, profile } = await visitorOf(deps, asker, 'block-visitors', asked)
    const { tenant } = profile
    const { addresses, others } = said.address ? besides(deps, tenant, visitor) : NOWHERE
    const block = {
      addresses,
      ...(said.reason !== undefined && { reason: said.reason }),
      ...(said.until !== undefined && { untilMs: said.until }),
    }
    const committed = await blockVisitor(deps.context, asker, { visitor, tenant, block, others })
    for (const each of [visitor, ...others]) deps.context.visitors.site.gone(each)
    return done(c, committed)
  },
})

const removeBlock = route({
  method: 'DELETE',
  path: '/desk/visitors/:id/block',
  id: 'unblockVisitor',
  tag,
  summary: 'Let a visitor in again, and their addresses',
  needs: { who: 'person-or-key', may: 'block-visitors', orOfTenant: true },
  params,
  query: tenantQuery,
  answers: changed,
  problems: ['visitor_unknown', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, query }) => {
    const asked = await named(deps, id, query)
    const { visitor, profile } = await visitorOf(deps, asker, 'block-visitors', asked)
    const input = { visitor, tenant: profile.tenant, block: undefined, others: [] }
    return done(c, await blockVisitor(deps.context, asker, input))
  },
})

export const visitorRoutes: readonly AppRoute[] = [
  listVisitors,
  readVisitor,
  putVisitor,
  putBlock,
  removeBlock,
]

type Action = 'see-visitors' | 'manage-desk' | 'block-visitors'
type Named = { readonly visitor: string; readonly profile?: Profile }

function within(tenants: Tenants): (tenant: string) => boolean {
  return (tenant) => tenants === 'all' || tenants.includes(tenantResource(tenant))
}

/** Whom a path means. */
async function named(
  { context, secret }: AppRest,
  id: string,
  { tenant }: { tenant?: string | undefined },
): Promise<Named> {
  if (!id.startsWith(EXTERNAL)) return { visitor: id }
  const externalId = id.slice(EXTERNAL.length)
  if (externalId.trim() === '' || externalId.length > 256)
    throw new Failure('invalid', '`external:` is followed by 1 to 256 characters')
  const key = tenant ?? keyOf(context.standing.world.policy.tenant)
  const identity = identifiedId(secret, key, externalId)
  const visitor = await visitorOfIdentity(context.store, identity)
  return { visitor, profile: { tenant: key, externalId, identity } }
}

/**
 * Those of other tenants are as if they were not there.
 *
 * @param mayBeNew somebody whom the owner's server names need not have come yet
 * @throws {ApiProblem} `visitor_unknown`
 */
async function visitorOf(
  { context }: AppRest,
  asker: Asker,
  action: Action,
  { visitor, profile: next }: Named,
  mayBeNew = false,
): Promise<{ readonly visitor: string; readonly profile: Profile }> {
  const { profile: known } = await profileOf(context.store, visitor)
  const profile = known ?? (mayBeNew ? next : undefined)
  const { world } = context.standing
  if (profile !== undefined && within(requireDeskTenants(world, asker, action))(profile.tenant))
    return { visitor, profile }
  throw new ApiProblem('visitor_unknown', 'there is no such visitor')
}

async function openIn({ context }: AppRest, tenant: string, visitor: string) {
  const open = await openOf(context.store, tenant, visitor)
  return open === undefined ? {} : { conversation: open.key }
}

function shortView(id: string, profile: Profile) {
  const { name, email, tenant } = profile
  return {
    id,
    ...(name && { name }),
    ...(email && { email }),
    isVerified: isVerified(profile),
    tenant,
  }
}

function onSiteView(world: World, asker: Asker, who: OnSite) {
  const { visitor: _visitor, tenant, address, ...rest } = who
  const mayBlock = within(deskTenantsWhere(world, asker, 'block-visitors'))(tenant)
  return { ...rest, ...(mayBlock && address && { address }) }
}

function blockView({ tenant: _tenant, addresses, ...block }: Block, mayBlock: boolean) {
  return { ...block, addresses: mayBlock ? addresses : [] }
}

async function contextOf(
  deps: AppRest,
  visitor: string,
  profile: Profile,
  here: OnSite | undefined,
) {
  const id = here?.widget ?? profile.widget
  const widget = id === undefined ? undefined : await widgetNamed(deps.context.store, id)
  if (widget?.tenant !== profile.tenant) return { state: 'none' as const }
  const { externalId, email } = profile
  return deps.ownerContexts.of(widget, {
    visitor,
    ...(externalId !== undefined && { externalId }),
    // What nobody has proved is not asked about as if it were.
    ...(isVerified(profile) && email !== undefined && { email }),
  })
}

const NOWHERE = { addresses: [], others: [] }

/** Where somebody is now, and who else comes from there. */
function besides({ context }: AppRest, tenant: string, visitor: string) {
  const { site } = context.visitors
  const address = site.find(visitor)?.address
  const name = address === undefined ? undefined : addressName(address)
  if (name === undefined) return NOWHERE
  const others = site
    .of((each) => each === tenant)
    .filter((who) => who.visitor !== visitor && addressName(who.address ?? '') === name)
    .map((who) => who.visitor)
  return { addresses: [name], others }
}
