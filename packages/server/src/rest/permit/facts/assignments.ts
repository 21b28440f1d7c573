// Role assignments: who holds which role on which tenant or instance.

import {
  formatTuple,
  type ResourceId,
  type RoleTuple,
  type SubjectId,
  tenantOf,
  typeOf,
} from '@sayso/policy'
import * as z from 'zod'
import { checked, flag, readBody } from '../body.ts'
import type { Call } from '../call.ts'
import { BULK_BYTES } from '../deps.ts'
import { cut, pageOf, paginated } from '../paging.ts'
import { noContent, type PermitRoute, param } from '../route.ts'
import { duplicate, notFound } from '../trouble.ts'
import { changeFacts, changeMany, viewOf } from './change.ts'
import type { AssignmentBody, FactDraft } from './draft.ts'
import { isInstance, tenantKey, userKey } from './known.ts'
import { FactsView, order } from './views.ts'

const MOST_ASSIGNMENTS = 20_000
const place = {
  role: z.string().min(1),
  tenant: z.string().min(1).nullish(),
  resource_instance: z.string().min(1).nullish(),
}
const body = z.object({ user: z.string().min(1), ...place })
const bulkBody = z.array(body).max(MOST_ASSIGNMENTS)
const unassignQuery = z.object({ return_deleted: flag.default(false) })
const listQuery = z.object({
  resource: z.string().optional(),
  resource_instance: z.string().optional(),
  detailed: flag.default(false),
  include_total_count: flag.default(false),
})

export const assignmentRoutes: readonly PermitRoute[] = [
  { method: 'GET', path: '/role_assignments', needs: 'admin', run: listAssignments },
  {
    method: 'POST',
    path: '/role_assignments',
    needs: 'admin',
    run: async (call) => assign(call, await readBody(call.c, body, call.deps.maxBodyBytes)),
  },
  {
    method: 'DELETE',
    path: '/role_assignments',
    needs: 'admin',
    run: async (call) => unassign(call, await readBody(call.c, body, call.deps.maxBodyBytes)),
  },
  {
    method: 'POST',
    path: '/role_assignments/bulk',
    needs: 'admin',
    async run(call) {
      const asked = await readBody(call.c, bulkBody, BULK_BYTES)
      const work = (draft: FactDraft, each: AssignmentBody) =>
        draft.assign(draft.assignmentOf(each))
      const done = await changeMany(call, 'permit-assign-roles', asked, work)
      return call.c.json({ assignments_created: done.filter(Boolean).length })
    },
  },
  {
    method: 'DELETE',
    path: '/role_assignments/bulk',
    needs: 'admin',
    async run(call) {
      const asked = await readBody(call.c, bulkBody, BULK_BYTES)
      const work = (draft: FactDraft, each: AssignmentBody) => draft.unassign(tupleOf(draft, each))
      const done = await changeMany(call, 'permit-unassign-roles', asked, work)
      return call.c.json({ assignments_removed: done.filter(Boolean).length })
    },
  },
]

/** The same from the side of one user. */
export const assignmentRoutesOfUser: readonly PermitRoute[] = [
  {
    method: 'POST',
    path: '/users/:user/roles',
    needs: 'admin',
    async run(call) {
      const said = await readBody(call.c, z.object(place), call.deps.maxBodyBytes)
      return assign(call, { ...said, user: param(call.c, 'user') })
    },
  },
  {
    method: 'DELETE',
    path: '/users/:user/roles',
    needs: 'admin',
    async run(call) {
      const said = await readBody(call.c, z.object(place), call.deps.maxBodyBytes)
      return unassign(call, { ...said, user: param(call.c, 'user') })
    },
  },
]

function textOf({ user, role, tenant, resource_instance: instance }: AssignmentBody): string {
  return `${instance ?? `tenant:${tenant}`}#${role}@user:${user}`
}

async function assign(call: Call, said: AssignmentBody): Promise<Response> {
  const tuple = await changeFacts(call, 'permit-assign-role', textOf(said), (draft) => {
    const asked = draft.assignmentOf(said)
    if (!draft.assign(asked)) throw duplicate('role assignment', textOf(said))
    return asked
  })
  const view = await viewOf(call, [formatTuple(tuple)])
  return call.c.json(view.assignment(tuple))
}

/** Nothing is made to take a role away from it. */
function tupleOf(draft: FactDraft, said: AssignmentBody): RoleTuple {
  return draft.assignmentOf({ ...said, ...(said.resource_instance && { tenant: null }) })
}

async function unassign(call: Call, said: AssignmentBody): Promise<Response> {
  const asked = checked(unassignQuery, call.c.req.query(), 'query')
  const { app } = call
  const before = { view: new FactsView(app.context.standing.world, app) }
  const tuple = await changeFacts(call, 'permit-unassign-role', textOf(said), (draft) => {
    const found = tupleOf(draft, said)
    before.view = new FactsView(draft.world, app)
    if (!draft.unassign(found)) throw notFound('role assignment', textOf(said))
    return found
  })
  return asked.return_deleted ? call.c.json(before.view.assignment(tuple)) : noContent()
}

type Asked = {
  readonly users: readonly string[]
  readonly roles: readonly string[]
  readonly tenants: readonly string[]
  readonly resource?: string | undefined
  readonly instance?: string | undefined
}

export async function listAssignments(call: Call): Promise<Response> {
  const { c, app } = call
  const said = checked(listQuery, c.req.query(), 'query')
  const page = pageOf(c)
  const view = new FactsView(app.context.standing.world, app)
  const asked: Asked = {
    users: c.req.queries('user') ?? [],
    roles: c.req.queries('role') ?? [],
    tenants: c.req.queries('tenant') ?? [],
    resource: said.resource,
    instance: said.resource_instance,
  }
  const all = [...tuplesOf(view, asked)].filter((tuple) => isAsked(view, tuple, asked))
  const found = all.sort(
    (a, b) => order(a.subject, b.subject) || order(a.resource, b.resource) || order(a.role, b.role),
  )
  const shown = cut(found, page)
  const facts = shown.map(formatTuple)
  const people = said.detailed ? shown.flatMap(({ subject, resource }) => [subject, resource]) : []
  const full = await viewOf(call, [...facts, ...new Set<string>(people)])
  const data = shown.map((tuple) => (said.detailed ? full.detailed(tuple) : full.assignment(tuple)))
  return c.json(said.include_total_count ? paginated(data, found.length, page) : data)
}

/** No more than what can be asked for: of some people, on one instance, or all. */
function* tuplesOf(view: FactsView, asked: Asked): Generator<RoleTuple> {
  const { world } = view
  if (asked.users.length > 0) {
    for (const text of new Set(asked.users)) {
      const key = userFor(view, text)
      const subject = `user:${key}` as SubjectId
      for (const { role, on } of view.held(subject)) yield { subject, role, resource: on }
    }
    return
  }
  const policy = world.policy
  for (const tuple of world.facts.tuples()) {
    if (!tuple.subject.startsWith('user:')) continue
    const { document } = policy
    const isTenant = !isInstance(tuple.resource)
    const roles = isTenant ? document.tenant.roles : document.types[typeOf(tuple.resource)]?.roles
    if (roles !== undefined && Object.hasOwn(roles, tuple.role)) yield tuple
  }
}

function userFor({ app, world }: FactsView, text: string): string {
  if (world.facts.person(`user:${text}` as SubjectId) !== undefined) return text
  const all = () => [...world.facts.people()].map(([subject]) => userKey(subject))
  return app.ids.keyOf('user', text, all, world.revision)
}

function isAsked(view: FactsView, tuple: RoleTuple, asked: Asked): boolean {
  const { app, world } = view
  const { resource, role } = tuple
  const isOneOf = (texts: readonly string[], key: string, id: () => string) =>
    texts.length === 0 || texts.includes(key) || texts.includes(id())
  const tenant = tenantKey(tenantOf(world, resource))
  return (
    isOneOf(asked.roles, role, () => view.assignment(tuple).role_id) &&
    isOneOf(asked.tenants, tenant, () => app.ids.of('tenant', tenant)) &&
    isType(view, resource, asked.resource) &&
    isOne(view, resource, asked.instance)
  )
}

function isType({ app }: FactsView, resource: ResourceId, asked: string | undefined): boolean {
  if (asked === undefined) return true
  if (!isInstance(resource)) return asked === '__tenant'
  return typeOf(resource) === asked || app.ids.of('resource', typeOf(resource)) === asked
}

function isOne({ app }: FactsView, resource: ResourceId, asked: string | undefined): boolean {
  if (asked === undefined) return true
  if (!isInstance(resource)) return asked === `__${resource}`
  return resource === asked || app.ids.of('resource_instance', resource) === asked
}
