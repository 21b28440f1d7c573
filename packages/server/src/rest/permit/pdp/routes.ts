// The decision API: one check, many, over all tenants; what a user may do, who may do something, and where somebody belongs.

import {
  type Attributes,
  NameInvalid,
  parseSubjectId,
  type SubjectId,
  tenantsOf,
  type World,
} from '@sayso/policy'
import * as z from 'zod'
import { readBody } from '../body.ts'
import type { Call } from '../call.ts'
import { ruleIdOf, setRules } from '../conditions/sets.ts'
import { BULK_BYTES } from '../deps.ts'
import { listAssignments } from '../facts/assignments.ts'
import { tenantKey } from '../facts/known.ts'
import { FactsView } from '../facts/views.ts'
import type { PermitRoute } from '../route.ts'
import { readSchema } from '../schema/change.ts'
import { answerCheck, debugOf, queryOf } from './answer.ts'
import { answeringTo, logCheck } from './logged.ts'
import { authorizedUsers, permissionsOf } from './permissions.ts'
import { checkSchema, resolve, resourceSchema, userSchema } from './question.ts'

const MOST_CHECKS = 10_000
/** What a question for all permissions is about, in the decisions log. */
const EVERYTHING = { action: '*', on: '*' } as const
const bulkSchema = z.array(checkSchema).max(MOST_CHECKS)
const context = z.record(z.string(), z.json()).nullish()
const keys = z.array(z.string()).nullish()
const permissionsSchema = z.object({
  user: userSchema,
  tenants: keys,
  resources: keys,
  resource_types: keys,
  context,
})
const authorizedSchema = z.object({ action: z.string(), resource: resourceSchema, context })
const tenantsSchema = z.object({ user: userSchema, context })
const allTenantsSchema = z.object({
  user: userSchema,
  action: z.string(),
  resource: resourceSchema,
  context,
})
/** The SDK wraps its question in `params`, beside headers it meant to send. */
const wrappedSchema = z.union([z.object({ params: allTenantsSchema }), allTenantsSchema])

export const pdpRoutes: readonly PermitRoute[] = [
  {
    method: 'POST',
    path: '/allowed',
    needs: 'decisions',
    async run(call) {
      const check = await readBody(call.c, checkSchema, call.deps.maxBodyBytes)
      const { world } = call.app.context.standing
      const answer = answerCheck(call.app, world, check)
      logCheck(answeringTo(call), check, answer)
      const pairs = await pairsOf(call, world)
      return call.c.json({
        allow: answer.allow,
        result: answer.allow,
        query: queryOf(answer.asked),
        debug: debugOf(world, answer, (id) => pairs.get(id)),
      })
    },
  },
  {
    method: 'POST',
    path: '/allowed/bulk',
    needs: 'decisions',
    async run(call) {
      const checks = await readBody(call.c, bulkSchema, BULK_BYTES)
      // The request itself has paid for one.
      call.deps.context.decisionRate?.owe(call.key.id, Math.max(0, checks.length - 1))
      const { world } = call.app.context.standing
      const answering = answeringTo(call)
      const allow = checks.map((check) => {
        const answer = answerCheck(call.app, world, check)
        logCheck(answering, check, answer)
        return { allow: answer.allow, result: answer.allow }
      })
      return call.c.json({ allow })
    },
  },
  { method: 'POST', path: '/allowed/all-tenants', needs: 'decisions-in-body', run: allTenants },
  {
    method: 'POST',
    path: '/user-permissions',
    needs: 'decisions',
    async run(call) {
      const body = await readBody(call.c, permissionsSchema, call.deps.maxBodyBytes)
      const { world } = call.app.context.standing
      const subject = subjectOf(body.user.key)
      const logged = (found: number) =>
        answeringTo(call).listed({ subject: `user:${body.user.key}`, ...EVERYTHING, found })
      if (subject === undefined || world.facts.person(subject) === undefined) {
        logged(0)
        return call.c.json({})
      }
      const said = (body.context ?? {}) as Attributes
      const permissions = permissionsOf(call.app, world, {
        subject,
        attributes: (body.user.attributes ?? {}) as Attributes,
        tenants: body.tenants ?? undefined,
        resources: body.resources ?? undefined,
        types: body.resource_types ?? undefined,
        context: said,
        hasSets: said.enable_abac_user_permissions === true,
      })
      logged(Object.keys(permissions).length)
      return call.c.json(permissions)
    },
  },
  {
    method: 'POST',
    path: '/authorized_users',
    needs: 'decisions',
    async run(call) {
      const body = await readBody(call.c, authorizedSchema, call.deps.maxBodyBytes)
      const { world } = call.app.context.standing
      const asked = resolve(call.app, world, {
        ...body,
        user: { key: '', attributes: undefined, email: undefined },
      })
      const users = authorizedUsers(world, asked)
      const { action, resource, tenant } = asked
      const found = Object.keys(users).length
      answeringTo(call).listed({ action, on: resource, resource, tenant, found })
      return call.c.json({
        resource: asked.isInstance ? resource : `${asked.type}:*`,
        tenant: tenant === undefined ? null : tenantKey(tenant),
        users,
      })
    },
  },
  {
    method: 'POST',
    path: '/user-tenants',
    needs: 'decisions',
    async run(call) {
      const { user } = await readBody(call.c, tenantsSchema, call.deps.maxBodyBytes)
      const { world } = call.app.context.standing
      const subject = subjectOf(user.key)
      if (subject === undefined || world.facts.person(subject) === undefined) return call.c.json([])
      const view = new FactsView(world, call.app)
      const own = new Set(view.user(subject).associated_tenants.map(({ tenant }) => tenant))
      const tenants = [...tenantsOf(world)].filter((tenant) => own.has(tenantKey(tenant)))
      return call.c.json(
        tenants.map((tenant) => ({
          key: tenantKey(tenant),
          attributes: view.tenantAttributes(tenant),
        })),
      )
    },
  },
  { method: 'GET', path: '/local/role_assignments', needs: 'decisions', run: listAssignments },
  ...['/health', '/healthy', '/ready'].map(
    (path): PermitRoute => ({
      method: 'GET',
      path,
      needs: 'anyone',
      run: ({ c }) => c.json({ status: 'ok' }),
    }),
  ),
]

async function allTenants(call: Call): Promise<Response> {
  const body = await readBody(call.c, wrappedSchema, call.deps.maxBodyBytes)
  const asked = 'params' in body ? body.params : body
  const { world } = call.app.context.standing
  const view = new FactsView(world, call.app)
  const allowed = [...tenantsOf(world)]
    .filter((tenant) => {
      const resource = { ...asked.resource, tenant: tenantKey(tenant) }
      const resolved = resolve(call.app, world, { ...asked, resource })
      // An instance is in one tenant, whatever `default` may stand for.
      const isHere = resolved.tenant === tenant
      return isHere && answerCheck(call.app, world, { ...asked, resource }).allow
    })
    .map((tenant) => ({
      allow: true,
      result: true,
      tenant: { key: tenantKey(tenant), attributes: view.tenantAttributes(tenant) },
    }))
  const { type, key } = asked.resource
  answeringTo(call).listed({
    subject: `user:${asked.user.key}`,
    action: asked.action,
    on: `${type}:${key ?? ''}`,
    found: allowed.length,
  })
  return call.c.json({ allowedTenants: allowed, allowed_tenants: allowed })
}

function subjectOf(key: string): SubjectId | undefined {
  try {
    return parseSubjectId(`user:${key}`)
  } catch (error) {
    if (error instanceof NameInvalid) return undefined
    throw error
  }
}

type Pairs = ReadonlyMap<string, { readonly user_set: string; readonly resource_set: string }>
const known = new WeakMap<object, Promise<Pairs>>()

/** The sets behind each rule, read once for each policy. */
function pairsOf(call: Call, { policy }: World): Promise<Pairs> {
  const read = known.get(policy)
  if (read) return read
  const pairs = readSchema(call).then(
    (view): Pairs => new Map(setRules(view).map((note) => [ruleIdOf(note), note])),
  )
  known.set(policy, pairs)
  // What could not be read is read again next time.
  pairs.catch(() => known.delete(policy))
  return pairs
}

/** One check in the form of the engine behind Permit's own decision point. */
export async function opaCheck(call: Call): Promise<Response> {
  const { input } = await readBody(call.c, z.object({ input: checkSchema }), call.deps.maxBodyBytes)
  const { world } = call.app.context.standing
  const answer = answerCheck(call.app, world, input)
  logCheck(answeringTo(call), input, answer)
  return call.c.json({ result: { allow: answer.allow } })
}
