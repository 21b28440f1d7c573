// Tenants and resource instances.

import { type ResourceId, type SubjectId, tenantOf, tenantsOf, typeOf } from '@sayso/policy'
import * as z from 'zod'
import { isVisitor } from '../../../desk/visitors/visitor.ts'
import { checked, key, object, readBody, title, words } from '../body.ts'
import type { Call } from '../call.ts'
import { BULK_BYTES } from '../deps.ts'
import { cut, pageOf } from '../paging.ts'
import { noContent, type PermitRoute, param } from '../route.ts'
import { duplicate, invalid, notFound } from '../trouble.ts'
import { changeFacts, changeMany, viewOf } from './change.ts'
import type { FactDraft } from './draft.ts'
import {
  instanceIn,
  instanceNamed,
  instances,
  resourceNamed,
  tenantIn,
  tenantKey,
  userIn,
} from './known.ts'
import { sum, usersPage } from './users.ts'
import { FactsView, order } from './views.ts'

const MOST = 20_000
const tenantBody = z.object({ key, name: title, description: words, attributes: object })
const tenantUpdate = z.object({ name: title, description: words, attributes: object }).partial()
const searchQuery = z.object({ search: z.string().optional() })
const instanceBody = z.object({
  key: z.string().min(1).max(256),
  resource: z.string().min(1),
  tenant: z.string().min(1).nullish(),
  attributes: object,
})
const instanceUpdate = z.object({ attributes: object })
const instanceQuery = z.object({ tenant: z.string().optional(), resource: z.string().optional() })
const idents = z.object({ idents: z.array(z.string().min(1)).max(MOST) })

export const tenantRoutes: readonly PermitRoute[] = [
  {
    method: 'GET',
    path: '/tenants',
    needs: 'admin',
    async run(call) {
      const { search = '' } = checked(searchQuery, call.c.req.query(), 'query')
      const page = pageOf(call.c)
      const plain = new FactsView(call.app.context.standing.world, call.app)
      const isFound = (tenant: ResourceId) => {
        const { name } = plain.tenant(tenant)
        return [tenantKey(tenant), name].some((text) =>
          text.toLowerCase().includes(search.toLowerCase()),
        )
      }
      const [own, ...made] = tenantsOf(plain.world)
      const all = [...(own ? [own] : []), ...made.sort(order)]
      const found = search === '' ? all : all.filter(isFound)
      const shown = cut(found, page)
      const view = await viewOf(call, shown)
      return call.c.json(shown.map((tenant) => view.tenant(tenant)))
    },
  },
  {
    method: 'POST',
    path: '/tenants',
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, tenantBody, call.deps.maxBodyBytes)
      const tenant = resourceNamed('tenant', body.key)
      await changeFacts(call, 'permit-create-tenant', tenant, (draft) => {
        createTenant(draft, tenant, body)
      })
      return oneTenant(call, tenant)
    },
  },
  {
    method: 'GET',
    path: '/tenants/:tenant',
    needs: 'admin',
    run: (call) => oneTenant(call, tenantNow(call)),
  },
  {
    method: 'PATCH',
    path: '/tenants/:tenant',
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, tenantUpdate, call.deps.maxBodyBytes)
      const work = (draft: FactDraft) => {
        const tenant = tenantIn(call.app, draft.world, param(call.c, 'tenant'))
        draft.putTenant(tenant, body)
        return tenant
      }
      const about = [tenantNow(call)]
      const target = param(call.c, 'tenant')
      return oneTenant(call, await changeFacts(call, 'permit-update-tenant', target, work, about))
    },
  },
  {
    method: 'DELETE',
    path: '/tenants/:tenant',
    needs: 'admin',
    async run(call) {
      const target = param(call.c, 'tenant')
      await changeFacts(call, 'permit-delete-tenant', target, (draft) => {
        removeTenant(draft, tenantIn(call.app, draft.world, target))
      })
      return noContent()
    },
  },
  {
    method: 'GET',
    path: '/tenants/:tenant/users',
    needs: 'admin',
    async run(call) {
      const tenant = tenantNow(call)
      const view = new FactsView(call.app.context.standing.world, call.app)
      const isHeldHere = (role: string, subject: SubjectId) =>
        view.held(subject).some((held) => held.role === role && isIn(view, held.on, tenant))
      return usersPage(call, view, [...usersIn(view, tenant)].sort(order), isHeldHere)
    },
  },
  {
    method: 'DELETE',
    path: '/tenants/:tenant/users/:user',
    needs: 'admin',
    async run(call) {
      const target = `${param(call.c, 'tenant')} ${param(call.c, 'user')}`
      await changeFacts(call, 'permit-remove-tenant-user', target, (draft) => {
        const tenant = tenantIn(call.app, draft.world, param(call.c, 'tenant'))
        const subject = userIn(call.app, draft.world, param(call.c, 'user'))
        for (const [resource, roles] of draft.world.facts.heldBy(subject)) {
          if (tenantOf(draft.world, resource) !== tenant) continue
          for (const role of roles) draft.unassign({ resource, role, subject })
        }
      })
      return noContent()
    },
  },
]

export const instanceRoutes: readonly PermitRoute[] = [
  {
    method: 'GET',
    path: '/resource_instances',
    needs: 'admin',
    async run(call) {
      const asked = checked(instanceQuery, call.c.req.query(), 'query')
      const page = pageOf(call.c)
      const { app } = call
      const { world } = app.context.standing
      const tenant = asked.tenant === undefined ? undefined : tenantIn(app, world, asked.tenant)
      const isType = (type: string) =>
        asked.resource === undefined ||
        type === asked.resource ||
        app.ids.of('resource', type) === asked.resource
      const types = new Set([...world.policy.types.keys()].filter(isType))
      const found = [...instances(world)]
        .filter((each) => types.has(typeOf(each)))
        .filter((each) => tenant === undefined || tenantOf(world, each) === tenant)
        .sort(order)
      const shown = cut(found, page)
      const view = await viewOf(call, shown)
      return call.c.json(shown.map((each) => view.instance(each)))
    },
  },
  {
    method: 'POST',
    path: '/resource_instances',
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, instanceBody, call.deps.maxBodyBytes)
      const target = `${body.resource}:${body.key}`
      const resource = await changeFacts(call, 'permit-create-instance', target, (draft) => {
        const { resource, tenant } = placeOf(draft, body)
        if (draft.world.facts.resource(resource)) throw duplicate('resource instance', target)
        draft.putInstance(resource, body.attributes ?? {}, tenant)
        return resource
      })
      return oneInstance(call, resource)
    },
  },
  {
    method: 'GET',
    path: '/resource_instances/:instance',
    needs: 'admin',
    run: (call) => oneInstance(call, instanceNow(call)),
  },
  {
    method: 'PATCH',
    path: '/resource_instances/:instance',
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, instanceUpdate, call.deps.maxBodyBytes)
      const target = param(call.c, 'instance')
      const work = (draft: FactDraft) => {
        const resource = instanceIn(call.app, draft.world, target)
        draft.putInstance(resource, body.attributes)
        return resource
      }
      const about = [instanceNow(call)]
      return oneInstance(
        call,
        await changeFacts(call, 'permit-update-instance', target, work, about),
      )
    },
  },
  {
    method: 'DELETE',
    path: '/resource_instances/:instance',
    needs: 'admin',
    async run(call) {
      const target = param(call.c, 'instance')
      await changeFacts(call, 'permit-delete-instance', target, (draft) => {
        draft.remove(instanceIn(call.app, draft.world, target))
      })
      return noContent()
    },
  },
]

export const bulkPlaceRoutes: readonly PermitRoute[] = [
  {
    method: 'POST',
    path: '/bulk/tenants',
    needs: 'admin',
    async run(call) {
      const schema = z.object({ operations: z.array(tenantBody).max(MOST) })
      const { operations } = await readBody(call.c, schema, BULK_BYTES)
      const done = await changeMany(call, 'permit-create-tenants', operations, (draft, body) => {
        const tenant = resourceNamed('tenant', body.key)
        if (isTenantThere(draft, tenant)) return 0
        draft.putTenant(tenant, body)
        return 1
      })
      return call.c.json({ tenants_created: sum(done) })
    },
  },
  {
    method: 'DELETE',
    path: '/bulk/tenants',
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, idents, BULK_BYTES)
      const done = await changeMany(
        call,
        'permit-delete-tenants',
        [...new Set(body.idents)],
        (draft, text) => {
          removeTenant(draft, tenantIn(call.app, draft.world, text))
          return 1
        },
      )
      return call.c.json({ tenants_deleted: sum(done) })
    },
  },
  {
    method: 'PUT',
    path: '/bulk/resource_instances',
    needs: 'admin',
    async run(call) {
      const schema = z.object({ operations: z.array(instanceBody).max(MOST) })
      const { operations } = await readBody(call.c, schema, BULK_BYTES)
      const work = (draft: FactDraft, body: z.output<typeof instanceBody>) => {
        const { resource, tenant } = placeOf(draft, body)
        draft.putInstance(resource, body.attributes ?? {}, tenant)
      }
      const about = (body: z.output<typeof instanceBody>) => [`${body.resource}:${body.key}`]
      await changeMany(call, 'permit-replace-instances', operations, work, about)
      return call.c.json({ resource_instances_replaced: operations.length })
    },
  },
  {
    method: 'DELETE',
    path: '/bulk/resource_instances',
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, idents, BULK_BYTES)
      const done = await changeMany(
        call,
        'permit-delete-instances',
        [...new Set(body.idents)],
        (draft, text) => {
          draft.remove(instanceIn(call.app, draft.world, text))
          return 1
        },
      )
      return call.c.json({ resource_instances_deleted: sum(done) })
    },
  },
]

function tenantNow({ app, c }: Call): ResourceId {
  return tenantIn(app, app.context.standing.world, param(c, 'tenant'))
}

function instanceNow({ app, c }: Call): ResourceId {
  return instanceIn(app, app.context.standing.world, param(c, 'instance'))
}

async function oneTenant(call: Call, tenant: ResourceId): Promise<Response> {
  const view = await viewOf(call, [tenant])
  return call.c.json(view.tenant(tenant))
}

async function oneInstance(call: Call, resource: ResourceId): Promise<Response> {
  const view = await viewOf(call, [resource])
  if (view.world.facts.resource(resource) === undefined)
    throw notFound('resource instance', resource)
  return call.c.json(view.instance(resource))
}

function isTenantThere({ world }: FactDraft, tenant: ResourceId): boolean {
  return tenant === world.policy.tenant || world.facts.resource(tenant) !== undefined
}

function createTenant(
  draft: FactDraft,
  tenant: ResourceId,
  body: z.output<typeof tenantBody>,
): void {
  if (isTenantThere(draft, tenant)) throw duplicate('tenant', body.key)
  draft.putTenant(tenant, body)
}

function removeTenant(draft: FactDraft, tenant: ResourceId): void {
  if (tenant === draft.world.policy.tenant) {
    throw invalid(`\`${tenantKey(tenant)}\` is the tenant of the policy and stays`)
  }
  draft.remove(tenant)
}

/** Where an instance is to be; it stays in the tenant it is in unless another is named. */
function placeOf(draft: FactDraft, body: z.output<typeof instanceBody>) {
  const { app, world } = draft
  const types = [...world.policy.types.keys()].filter((type) => type !== 'tenant')
  const type = types.find(
    (each) => each === body.resource || app.ids.of('resource', each) === body.resource,
  )
  if (type === undefined) throw notFound('resource', body.resource)
  const resource = instanceNamed(app, world, `${type}:${body.key}`)
  const tenant = typeof body.tenant === 'string' ? tenantIn(app, world, body.tenant) : undefined
  return { resource, ...(tenant && { tenant }) }
}

function isIn({ world }: FactsView, on: ResourceId, tenant: ResourceId): boolean {
  return tenantOf(world, on) === tenant
}

/** Everybody with a role on the tenant or on something in it. */
function* usersIn(view: FactsView, tenant: ResourceId): Generator<SubjectId> {
  for (const [subject, attributes] of view.world.facts.people()) {
    if (isVisitor(attributes)) continue
    if (view.held(subject).some(({ on }) => isIn(view, on, tenant))) yield subject
  }
}
