// Random edits of schema and facts over the Permit-shaped API, held against a plain model: what is read back, what is
// checked, and what the policy itself decides of the log that is left.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decide, emptyWorld, foldRights, type ResourceId, type SubjectId } from '@sayso/policy'
import { openSqliteStore } from '@sayso/store/sqlite'
import fc from 'fast-check'
import { afterAll, afterEach, expect, test } from 'vitest'
import { Model, typeIn } from './permit-model.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const folder = mkdtempSync(join(tmpdir(), 'sayso-random-'))
afterEach(endAll)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TYPES = ['a', 'b']
const ROLES = ['r', 's']
const ACTIONS = ['x', 'y']
const USERS = ['u', 'v']
const TENANTS = ['default', 't']
const KEYS = ['1', '2']

const pick = fc.constantFrom
const instance = fc.tuple(pick(...TYPES), pick(...KEYS)).map(([type, key]) => `${type}:${key}`)

/** One edit: what is asked of the server, and what it does to the model; undefined if it must be refused. */
type Edit = {
  readonly method: string
  readonly path: string
  readonly body?: object
  readonly apply: (model: Model) => boolean
}

const schema = '/v2/schema/default/harbour'
const edit = fc.oneof<fc.Arbitrary<Edit>[]>(
  fc
    .record({ type: pick(...TYPES), actions: fc.uniqueArray(pick(...ACTIONS)) })
    .map(({ type, actions }) => ({
      method: 'POST',
      path: `${schema}/resources`,
      body: {
        key: type,
        name: type,
        actions: Object.fromEntries(actions.map((each) => [each, {}])),
      },
      apply(model) {
        if (model.types.has(type)) return false
        model.types.set(type, {
          actions: new Set(actions),
          roles: new Map(),
          relations: new Map(),
          from: new Map(),
        })
        return true
      },
    })),
  pick(...TYPES).map((type) => ({
    method: 'DELETE',
    path: `${schema}/resources/${type}`,
    apply(model) {
      const isThere = model.types.has(type)
      if (isThere) model.removeType(type)
      return isThere
    },
  })),
  fc
    .record({ type: pick(...TYPES), role: pick(...ROLES), can: fc.uniqueArray(pick(...ACTIONS)) })
    .map(({ type, role, can }) => ({
      method: 'POST',
      path: `${schema}/resources/${type}/roles`,
      body: { key: role, name: role, permissions: can },
      apply(model) {
        const own = model.types.get(type)
        if (!own || own.roles.has(role) || can.some((each) => !own.actions.has(each))) return false
        own.roles.set(role, new Set(can))
        return true
      },
    })),
  fc.record({ type: pick(...TYPES), role: pick(...ROLES) }).map(({ type, role }) => ({
    method: 'DELETE',
    path: `${schema}/resources/${type}/roles/${role}`,
    apply(model) {
      const isThere = model.types.get(type)?.roles.has(role) === true
      if (isThere) model.removeRole(type, role)
      return isThere
    },
  })),
  fc.record({ type: pick(...TYPES), subject: pick(...TYPES) }).map(({ type, subject }) => ({
    method: 'POST',
    path: `${schema}/resources/${type}/relations`,
    body: { key: `in_${subject}`, name: 'in', subject_resource: subject },
    apply(model) {
      const own = model.types.get(type)
      if (!own || own.relations.has(`in_${subject}`) || !model.types.has(subject)) return false
      own.relations.set(`in_${subject}`, subject)
      return true
    },
  })),
  fc
    .record({
      type: pick(...TYPES),
      role: pick(...ROLES),
      from: pick(...ROLES),
      on: pick(...TYPES),
    })
    .map(({ type, role, from, on }) => ({
      method: 'POST',
      path: `${schema}/resources/${type}/roles/${role}/implicit_grants`,
      body: { role: from, on_resource: on, linked_by_relation: `in_${on}` },
      apply(model) {
        const own = model.types.get(type)
        const isKnown =
          own?.roles.has(role) &&
          own.relations.has(`in_${on}`) &&
          model.types.get(on)?.roles.has(from)
        if (!own || !isKnown) return false
        const rules = own.from.get(role) ?? []
        if (rules.some((rule) => rule.role === from && rule.on === on)) return false
        own.from.set(role, [...rules, { role: from, on, via: `in_${on}` }])
        return true
      },
    })),
  fc
    .record({ role: pick(...ROLES), type: pick(...TYPES), action: pick(...ACTIONS) })
    .map(({ role, type, action }) => ({
      method: 'POST',
      path: `${schema}/roles`,
      body: { key: role, name: role, permissions: [`${type}:${action}`] },
      apply(model) {
        if (model.tenantRoles.has(role) || !model.types.get(type)?.actions.has(action)) return false
        model.tenantRoles.set(role, new Set([`${type}:${action}`]))
        return true
      },
    })),
  pick(...USERS).map((user) => ({
    method: 'POST',
    path: '/facts/users',
    body: { key: user },
    apply(model) {
      const isNew = !model.users.has(user)
      model.users.add(user)
      return isNew
    },
  })),
  pick(...USERS).map((user) => ({
    method: 'DELETE',
    path: `/facts/users/${user}`,
    apply(model) {
      for (const each of model.assignments)
        if (each.startsWith(`${user} `)) model.assignments.delete(each)
      return model.users.delete(user)
    },
  })),
  fc.constant<Edit>({
    method: 'POST',
    path: '/facts/tenants',
    body: { key: 't', name: 'T' },
    apply(model) {
      const isNew = !model.tenants.has('t')
      model.tenants.add('t')
      return isNew
    },
  }),
  fc.constant<Edit>({
    method: 'DELETE',
    path: '/facts/tenants/t',
    apply(model) {
      for (const [each, tenant] of [...model.instances])
        if (tenant === 't') model.removeInstance(each)
      for (const each of model.assignments)
        if (each.endsWith(' __tenant:t')) model.assignments.delete(each)
      return model.tenants.delete('t')
    },
  }),
  fc
    .record({ user: pick(...USERS), role: pick(...ROLES), tenant: pick(...TENANTS) })
    .map(({ user, role, tenant }) => ({
      method: 'POST',
      path: '/facts/role_assignments',
      body: { user, role, tenant },
      apply(model) {
        const name = `${user} ${role} __tenant:${tenant}`
        const isKnown =
          model.users.has(user) && model.tenantRoles.has(role) && model.tenants.has(tenant)
        if (!isKnown || model.assignments.has(name)) return false
        model.assignments.add(name)
        return true
      },
    })),
  fc
    .record({ user: pick(...USERS), role: pick(...ROLES), on: instance, tenant: pick(...TENANTS) })
    .map(({ user, role, on, tenant }) => ({
      method: 'POST',
      path: '/facts/role_assignments',
      body: { user, role, resource_instance: on, tenant },
      apply(model) {
        const isKnown =
          model.users.has(user) &&
          model.types.get(typeIn(on))?.roles.has(role) &&
          model.tenants.has(tenant)
        const home = model.instances.get(on) ?? tenant
        if (!isKnown || home !== tenant || model.assignments.has(`${user} ${role} ${on}`))
          return false
        model.instances.set(on, tenant)
        model.assignments.add(`${user} ${role} ${on}`)
        return true
      },
    })),
  fc
    .record({ user: pick(...USERS), role: pick(...ROLES), on: instance })
    .map(({ user, role, on }) => ({
      method: 'DELETE',
      path: '/facts/role_assignments',
      body: { user, role, resource_instance: on },
      apply: (model) => model.assignments.delete(`${user} ${role} ${on}`),
    })),
  fc
    .record({ subject: instance, object: instance, tenant: pick(...TENANTS) })
    .map(({ subject, object, tenant }) => ({
      method: 'POST',
      path: '/facts/relationship_tuples',
      body: { subject, relation: `in_${typeIn(subject)}`, object, tenant },
      apply(model) {
        const relation = `in_${typeIn(subject)}`
        const isKnown =
          model.types.get(typeIn(object))?.relations.has(relation) &&
          model.types.has(typeIn(subject)) &&
          model.tenants.has(tenant)
        const isHere = [subject, object].every(
          (each) => (model.instances.get(each) ?? tenant) === tenant,
        )
        if (!isKnown || !isHere || model.tuples.has(`${subject} ${relation} ${object}`))
          return false
        for (const each of [subject, object]) model.instances.set(each, tenant)
        model.tuples.add(`${subject} ${relation} ${object}`)
        return true
      },
    })),
)

async function call(server: Serving, method: string, path: string, body?: object) {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}

type Listed = Record<string, string & Record<string, { permissions: string[] }>>

/** Everything as it is read back, in the words of the model. */
async function readBack(server: Serving) {
  const list = async (path: string) =>
    (await call(server, 'GET', `${path}?per_page=100`)).body as Listed[]
  const [resources, roles, tenants, instances, assignments, tuples] = [
    await list(`${schema}/resources`),
    await list(`${schema}/roles`),
    await list('/facts/tenants'),
    await list('/facts/resource_instances'),
    await list('/facts/role_assignments'),
    await list('/facts/relationship_tuples'),
  ]
  const users = (await call(server, 'GET', '/facts/users')).body.data as Listed[]
  return {
    types: resources
      .map(({ key, actions, roles: held, relations }) => [
        key,
        Object.keys(actions ?? {}).sort(),
        Object.entries<{ permissions: string[] }>(held ?? {})
          .map(([role, { permissions }]) => [role, [...permissions].sort()])
          .sort(),
        Object.keys(relations ?? {}).sort(),
      ])
      .sort(),
    roles: roles.map(({ key, permissions }) => [key, permissions]).sort(),
    users: users.map(({ key }) => key).sort(),
    tenants: tenants.map(({ key }) => key).sort(),
    instances: instances.map(({ resource, key, tenant }) => `${resource}:${key} ${tenant}`).sort(),
    assignments: assignments
      .map(
        ({ user, role, resource_instance: on, tenant }) =>
          `${user} ${role} ${on ?? `__tenant:${tenant}`}`,
      )
      .sort(),
    tuples: tuples
      .map(({ subject, relation, object }) => `${subject} ${relation} ${object}`)
      .sort(),
  }
}

function expected(model: Model): Awaited<ReturnType<typeof readBack>> {
  return {
    types: [...model.types]
      .map(([key, { actions, roles, relations }]) => [
        key,
        [...actions].sort(),
        [...roles].map(([role, can]) => [role, [...can].sort()]).sort(),
        [...relations.keys()].sort(),
      ])
      .sort() as never,
    roles: [...model.tenantRoles]
      .map(([key, permissions]) => [key, [...permissions]])
      .sort() as never,
    users: [...model.users].sort() as never,
    tenants: [...model.tenants].sort() as never,
    instances: [...model.instances].map(([each, tenant]) => `${each} ${tenant}`).sort(),
    assignments: [...model.assignments].sort(),
    tuples: [...model.tuples].sort(),
  }
}

const CHECKS = USERS.flatMap((user) =>
  TYPES.flatMap((type) =>
    ACTIONS.flatMap((action) =>
      [undefined, ...KEYS].flatMap((key) =>
        TENANTS.map((tenant) => ({ user, type, action, key, tenant })),
      ),
    ),
  ),
)

test('random edits read back as the model says, checks answer as it says, and the policy decides the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 40, maxLength: 90 }), async (edits) => {
      const policy = join(folder, 'empty.yaml')
      writeFileSync(policy, 'version: 1\ntenant: { key: default, roles: {} }\ntypes: {}\n')
      const server = await serve({ SAYSO_POLICY: policy })
      const model = new Model()
      for (const { method, path, body, apply } of edits) {
        const answer = await call(server, method, path, body)
        expect([method, path, body, answer.status < 400]).toEqual([
          method,
          path,
          body,
          apply(model),
        ])
        expect(answer.status).toBeLessThan(500)
      }
      expect(await readBack(server)).toEqual(expected(model))
      const asked = CHECKS.map(({ user, type, action, key, tenant }) => ({
        user,
        action,
        resource: { type, tenant, ...(key !== undefined && { key }) },
      }))
      const answers = (await call(server, 'POST', '/allowed/bulk', asked)).body.allow as {
        allow: boolean
      }[]
      const said = CHECKS.map((check, i) => [check, answers[i]?.allow])
      const meant = CHECKS.map((check) => [
        check,
        model.may(check.user, check.action, check.type, check.key, check.tenant),
      ])
      expect(said).toEqual(meant)

      await server.stop()
      const store = await openSqliteStore({ folder: server.folder })
      const { changes, rightsRevision } = await store.load()
      await store.close()
      const world = foldRights(emptyWorld, changes, rightsRevision)
      for (const { user, action, type, key, tenant } of CHECKS) {
        const on = `${type}:${key ?? ''}`
        const home = key === undefined ? undefined : model.instances.get(on)
        const inTenant =
          `tenant:${home !== undefined && tenant === 'default' ? home : tenant}` as ResourceId
        const question = {
          subject: `user:${user}` as SubjectId,
          action,
          resource: on as ResourceId,
          inTenant,
        }
        expect([question, decide(world, question).allowed]).toEqual([
          question,
          model.may(user, action, type, key, tenant),
        ])
      }
    }),
    { numRuns: 8 },
  )
})
