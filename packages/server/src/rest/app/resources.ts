// Resources and their relations, tenants among them: what rights are about.

import {
  formatRelation,
  keyOf,
  type RelationTuple,
  type ResourceId,
  type RightsChange,
  TENANT_TYPE,
  tenantOf,
  tenantsOf,
  type World,
} from '@sayso/policy'
import * as z from 'zod'
import { changeFacts } from '../../commands/change-facts.ts'
import { Failure } from '../../commands/failure.ts'
import { documentRoutes } from './documents.ts'
import { done } from './done.ts'
import { relationIn, resourceIdIn } from './names-in.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { attributes, changed, pageOf, pageQuery, pageShape } from './shapes.ts'

const resourceShape = z
  .object({
    resource: z.string(),
    tenant: z.string().describe('the tenant it is in'),
    attributes,
    relations: z.array(z.string()).describe('`channel:lobby#parent@server:one`'),
  })
  .meta({ id: 'Resource' })
const tenantShape = z
  .object({
    key: z.string(),
    title: z.string(),
    attributes,
    own: z
      .literal(true)
      .optional()
      .describe('the one of the policy document; it cannot be removed'),
  })
  .meta({ id: 'Tenant' })

const listTenants = route({
  method: 'GET',
  path: '/tenants',
  id: 'listTenants',
  tag: 'tenants',
  summary: 'The tenants',
  needs: { who: 'person-or-key', may: 'read-people' },
  query: pageQuery,
  answers: { 200: json('One page, by key.', pageShape(tenantShape)) },
  run: ({ c, deps, query }) => {
    const { world } = deps.context.standing
    const all = [...tenantsOf(world)].map((each) => tenantView(world, each))
    const byKey = all.sort((a, b) => (a.key < b.key ? -1 : 1))
    return c.json(pageOf(byKey, query, ({ key }) => key))
  },
})

const listResources = route({
  method: 'GET',
  path: '/resources',
  id: 'listResources',
  tag: 'resources',
  summary: 'Resources, by type and tenant',
  needs: { who: 'person-or-key', may: 'read-people' },
  query: pageQuery.extend({
    type: z.string().max(64).optional(),
    tenant: z.string().max(256).optional().describe('key of a tenant'),
    q: z.string().max(200).optional().describe('part of its key or its title'),
  }),
  answers: { 200: json('One page, sorted.', pageShape(resourceShape)) },
  problems: ['invalid'],
  run: ({ c, deps, query }) => {
    const { world } = deps.context.standing
    const types = query.type === undefined ? [...world.policy.types.keys()] : [query.type]
    const tenant = query.tenant === undefined ? undefined : tenantIn(query.tenant)
    const ids = types
      .filter((type) => type !== TENANT_TYPE)
      .flatMap((type) => [...world.facts.resourcesOfType(type)].map(([id]) => id))
      .filter((id) => tenant === undefined || tenantOf(world, id) === tenant)
      .filter((id) => query.q === undefined || isCalled(world, id, query.q.toLowerCase()))
    const { items, ...next } = pageOf(ids.sort(), query, (each) => each)
    return c.json({ items: items.map((each) => resourceView(world, each)), ...next })
  },
})

const params = { relation: 'as text: `channel:lobby%23parent@server:one`' }
const needs = { who: 'person-or-key', may: 'assign-role' } as const

export const resourceRoutes: readonly AppRoute[] = [
  listTenants,
  ...documentRoutes<ResourceId>({
    path: '/tenants/:id',
    param: 'key of the tenant',
    tag: 'tenants',
    name: 'Tenant',
    word: 'a tenant',
    read: 'read-people',
    write: 'manage-app',
    shape: tenantShape,
    example: { title: 'Acme' },
    unknown: 'resource_unknown',
    about: {
      put: 'All tenants share the tenant roles of the policy; a role is given on `tenant:<key>`.',
      remove:
        'Takes the resources in it along, with all roles and relations. The one of the policy document stays.',
    },
    idIn: tenantIn,
    attributes: (world, tenant) =>
      world.facts.resource(tenant) ?? (tenant === world.policy.tenant ? {} : undefined),
    view: tenantView,
    put: putResource,
    remove: (world, tenant) => {
      if (tenant !== world.policy.tenant) return [{ kind: 'remove-resource', resource: tenant }]
      throw new Failure('conflict', `\`${tenant}\` is the tenant of the policy document`)
    },
  }),
  listResources,
  ...documentRoutes<ResourceId>({
    path: '/resources/:id',
    param: 'the resource, such as `channel:lobby`',
    tag: 'resources',
    name: 'Resource',
    word: 'a resource',
    read: 'read-people',
    write: 'manage-app',
    shape: resourceShape,
    example: { title: 'Lobby', listed: true },
    unknown: 'resource_unknown',
    about: {
      put: 'The policy has to know its type.',
      remove:
        'Takes the roles held on it along, the requests for it, and the relations from and to it.',
    },
    idIn: resourceIdIn,
    attributes: (world, resource) => world.facts.resource(resource),
    view: resourceView,
    put: putResource,
    remove: (_world, resource) => [{ kind: 'remove-resource', resource }],
  }),
  relationRoute('PUT', 'relate', 'Relate a resource to another'),
  relationRoute('DELETE', 'unrelate', 'End a relation'),
]

function relationRoute(method: 'PUT' | 'DELETE', kind: 'relate' | 'unrelate', summary: string) {
  return route({
    method,
    path: '/relations/:relation',
    id: kind,
    tag: 'resources',
    summary,
    about: 'The relation `tenant` says which tenant a resource is in; it needs no declaration.',
    needs,
    params,
    answers: changed,
    problems: ['invalid', 'resource_unknown', 'relation_unknown'],
    run: async ({ c, deps, asker, params: { relation } }) => {
      const tuple = relationIn(relation)
      const changes = (world: World) => {
        if (kind === 'unrelate') requireRelated(world, tuple)
        return [{ kind, ...tuple }]
      }
      const as = { command: kind, target: formatRelation(tuple) }
      return done(c, await changeFacts(deps.context, asker, { changes, as }))
    },
  })
}

/** @throws {ApiProblem} `relation_unknown` */
function requireRelated({ facts }: World, tuple: RelationTuple): void {
  const { resource, relation, target } = tuple
  if (facts.targetsOf(resource, relation).includes(target)) return
  throw new ApiProblem('relation_unknown', `there is no relation \`${formatRelation(tuple)}\``)
}

function putResource(
  resource: ResourceId,
  attributes: Extract<RightsChange, { kind: 'put-resource' }>['attributes'],
): RightsChange {
  return { kind: 'put-resource', resource, attributes }
}

function isCalled(world: World, id: ResourceId, part: string): boolean {
  const title = world.facts.resource(id)?.title
  return [id, typeof title === 'string' ? title : ''].some((text) =>
    text.toLowerCase().includes(part),
  )
}

function tenantIn(key: string): ResourceId {
  return resourceIdIn(`${TENANT_TYPE}:${key}`)
}

function tenantView(world: World, tenant: ResourceId) {
  const attributes = world.facts.resource(tenant) ?? {}
  const own = tenant === world.policy.tenant
  const title = typeof attributes.title === 'string' ? attributes.title : undefined
  return {
    key: keyOf(tenant),
    title: title ?? (own ? world.policy.document.tenant.title : undefined) ?? keyOf(tenant),
    attributes,
    ...(own ? { own: true as const } : {}),
  }
}

function resourceView(world: World, resource: ResourceId) {
  return {
    resource,
    tenant: tenantOf(world, resource),
    attributes: world.facts.resource(resource) ?? {},
    relations: world.facts
      .relationsOf(resource)
      .map(([relation, target]) => formatRelation({ resource, relation, target })),
  }
}
