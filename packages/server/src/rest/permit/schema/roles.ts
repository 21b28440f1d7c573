// Roles: on tenants, and on single resources with what they are derived from.

import { tenantsOf } from '@sayso/policy'
import * as z from 'zod'
import { checked, flag, key, readBody, title } from '../body.ts'
import type { Call } from '../call.ts'
import { forgetRoleRules, refreshRules } from '../conditions/sets.ts'
import { cut, pageOf, paginated } from '../paging.ts'
import { noContent, type PermitRoute, param } from '../route.ts'
import { duplicate, invalid, notFound } from '../trouble.ts'
import { changeSchema, inPath, readSchema, resourceRoleKey, tenantRoleKey } from './change.ts'
import type { SchemaDraft } from './draft.ts'
import {
  addDerivation,
  derivation,
  derivationOf,
  describe,
  putRole,
  role,
  settings,
  typeIn,
} from './parts.ts'
import { removeRole, removeTenantRole } from './removals.ts'
import { type SchemaView, typeOfDocument } from './views.ts'
import { actionOf, permissionOf } from './words.ts'

const createBody = z.object({ ...role.shape, key, name: title })
const permissionsBody = z.object({ permissions: z.array(z.string().min(1)).min(1) })
const listQuery = z.object({ include_total_count: flag.default(false) })
type Work<T> = (draft: SchemaDraft, view: SchemaView) => T

/** Takes permissions of a role on: all of them were read before any counts. */
type Change = 'assign' | 'remove'

function withPermissions(
  held: readonly string[],
  said: readonly string[],
  change: Change,
): string[] {
  if (change === 'assign') return [...new Set([...held, ...said])]
  return held.filter((each) => !said.includes(each))
}

// Roles on tenants.

const tenantRole = { one: '/roles/:role', all: '/roles' }

export const tenantRoleRoutes: readonly PermitRoute[] = [
  {
    method: 'GET',
    path: tenantRole.all,
    needs: 'admin',
    async run(call) {
      const asked = checked(listQuery, call.c.req.query(), 'query')
      const page = pageOf(call.c)
      const view = await readSchema(call)
      const keys = Object.keys(view.document.tenant.roles)
      const data = cut(keys, page).map((each) => view.tenantRole(each))
      return call.c.json(asked.include_total_count ? paginated(data, keys.length, page) : data)
    },
  },
  {
    method: 'POST',
    path: tenantRole.all,
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, createBody, call.deps.maxBodyBytes)
      const { view } = await changeSchema(call, 'permit-create-role', body.key, (draft, now) => {
        if (Object.hasOwn(draft.document.tenant.roles, body.key)) throw duplicate('role', body.key)
        draft.forget(`role/${body.key}`)
        putTenantRole(now, draft, body.key, body)
      })
      return call.c.json(view.tenantRole(body.key))
    },
  },
  {
    method: 'GET',
    path: tenantRole.one,
    needs: 'admin',
    async run(call) {
      const view = await readSchema(call)
      return call.c.json(view.tenantRole(tenantRoleKey(view, param(call.c, 'role'))))
    },
  },
  {
    method: 'PATCH',
    path: tenantRole.one,
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, role, call.deps.maxBodyBytes)
      return onTenantRole(call, 'permit-update-role', (draft, view, name) => {
        putTenantRole(view, draft, name, body)
      })
    },
  },
  {
    method: 'DELETE',
    path: tenantRole.one,
    needs: 'admin',
    async run(call) {
      await changeSchema(call, 'permit-delete-role', param(call.c, 'role'), (draft, view) => {
        const name = tenantRoleKey(view, param(call.c, 'role'))
        forgetRoleRules(draft, name)
        removeTenantRole(draft, name, tenantsOf(draft.world))
        refreshRules(draft, view)
      })
      return noContent()
    },
  },
  ...(['assign', 'remove'] as const).map(
    (change): PermitRoute => ({
      method: change === 'assign' ? 'POST' : 'DELETE',
      path: `${tenantRole.one}/permissions`,
      needs: 'admin',
      async run(call) {
        const body = await readBody(call.c, permissionsBody, call.deps.maxBodyBytes)
        return onTenantRole(call, `permit-${change}-permissions`, (draft, view, name) => {
          const before = view.tenantRole(name).permissions
          const said = body.permissions.map((each) => {
            const { type, action } = permissionOf(draft.document, each)
            return `${type}:${action}`
          })
          setPermissions(draft, name, withPermissions(before, said, change))
        })
      },
    }),
  ),
  ...(['PUT', 'DELETE'] as const).map(
    (method): PermitRoute => ({
      method,
      path: `${tenantRole.one}/parents/:parent`,
      needs: 'admin',
      run: (call) =>
        onTenantRole(call, 'permit-change-parents', (draft, view, name) => {
          const parent = tenantRoleKey(view, param(call.c, 'parent'))
          const held = draft.document.tenant.roles[name]
          if (!held) return
          const others = (held.extends ?? []).filter((each) => each !== parent)
          held.extends = method === 'PUT' ? [...others, parent] : others
          if (held.extends.length === 0) delete held.extends
        }),
    }),
  ),
]

async function onTenantRole(
  call: Call,
  command: string,
  work: (draft: SchemaDraft, view: SchemaView, name: string) => void,
): Promise<Response> {
  const { view, result } = await changeSchema(
    call,
    command,
    param(call.c, 'role'),
    (draft, now) => {
      const name = tenantRoleKey(now, param(call.c, 'role'))
      work(draft, now, name)
      draft.noting(`role/${name}`)
      return name
    },
  )
  return call.c.json(view.tenantRole(result))
}

function putTenantRole(
  view: SchemaView,
  draft: SchemaDraft,
  name: string,
  body: z.output<typeof role>,
): void {
  if (body.granted_to?.users_with_role?.length) {
    throw invalid('roles on tenants are not derived; make it a role of the resource')
  }
  const held = draft.document.tenant.roles[name] ?? {}
  draft.document.tenant.roles[name] = held
  if (typeof body.name === 'string') {
    if (body.name === name) delete held.title
    else held.title = body.name
  }
  if (body.permissions) {
    for (const each of body.permissions) permissionOf(draft.document, each)
    setPermissions(draft, name, body.permissions)
  }
  if (body.extends) held.extends = body.extends.map((each) => tenantRoleKey(view, each))
  if (held.extends?.length === 0) delete held.extends
  const { description, attributes } = body
  describe(draft.noting(`role/${name}`), { description, attributes })
}

/** A type of which everything was allowed stays so if everything still is. */
function setPermissions(
  { document }: SchemaDraft,
  name: string,
  permissions: readonly string[],
): void {
  const held = document.tenant.roles[name]
  if (!held) return
  const can: Record<string, string[]> = {}
  for (const permission of permissions) {
    const at = permission.indexOf(':')
    const [type, action] = [permission.slice(0, at), permission.slice(at + 1)]
    can[type] = [...new Set([...(can[type] ?? []), action])]
  }
  for (const [type, words] of Object.entries(held.can ?? {})) {
    const actions = document.types[type]?.actions ?? []
    const isAll = words.includes('*') && actions.every((each) => can[type]?.includes(each))
    if (isAll) can[type] = words
  }
  if (Object.keys(can).length === 0) delete held.can
  else held.can = can
}

// Roles on single resources.

const resourceRole = {
  all: '/resources/:resource/roles',
  one: '/resources/:resource/roles/:role',
}

export const resourceRoleRoutes: readonly PermitRoute[] = [
  {
    method: 'GET',
    path: resourceRole.all,
    needs: 'admin',
    async run(call) {
      const page = pageOf(call.c)
      const view = await readSchema(call)
      const type = inPath(call, view)
      const roles = Object.keys(typeOfDocument(view.document, type)?.roles ?? {})
      return call.c.json(cut(roles, page).map((each) => view.resourceRole(type, each)))
    },
  },
  {
    method: 'POST',
    path: resourceRole.all,
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, createBody, call.deps.maxBodyBytes)
      const name = body.key
      const { view, result } = await changeRoles(call, 'permit-create-role', name, (draft, now) => {
        const type = inPath(call, now)
        if (Object.hasOwn(typeIn(draft, type).roles, name)) throw duplicate('role', name)
        putRole(now, draft, type, name, body)
        return { type, name }
      })
      return call.c.json(view.resourceRole(result.type, result.name))
    },
  },
  {
    method: 'GET',
    path: resourceRole.one,
    needs: 'admin',
    async run(call) {
      const view = await readSchema(call)
      const { type, name } = roleInPath(call, view)
      return call.c.json(view.resourceRole(type, name))
    },
  },
  {
    method: 'PATCH',
    path: resourceRole.one,
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, role, call.deps.maxBodyBytes)
      return onResourceRole(call, 'permit-update-role', (draft, view, { type, name }) => {
        putRole(view, draft, type, name, body)
      })
    },
  },
  {
    method: 'DELETE',
    path: resourceRole.one,
    needs: 'admin',
    async run(call) {
      await changeRoles(call, 'permit-delete-role', param(call.c, 'role'), (draft, view) => {
        const { type, name } = roleInPath(call, view)
        typeIn(draft, type)
        forgetRoleRules(draft, `${type}#${name}`)
        removeRole(draft, type, name)
        refreshRules(draft, view)
      })
      return noContent()
    },
  },
  ...(['assign', 'remove'] as const).map(
    (change): PermitRoute => ({
      method: change === 'assign' ? 'POST' : 'DELETE',
      path: `${resourceRole.one}/permissions`,
      needs: 'admin',
      async run(call) {
        const body = await readBody(call.c, permissionsBody, call.deps.maxBodyBytes)
        return onResourceRole(call, `permit-${change}-permissions`, (draft, view, at) => {
          const { type, name } = at
          const held = typeIn(draft, type).roles[name]
          const said = body.permissions.map((each) => actionOf(draft.document, type, each))
          const before = view.resourceRole(type, name).permissions
          const after = withPermissions(before, said, change)
          if (held && after.length !== before.length) held.can = after
        })
      },
    }),
  ),
  {
    method: 'POST',
    path: `${resourceRole.one}/implicit_grants`,
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, derivation, call.deps.maxBodyBytes)
      const target = param(call.c, 'role')
      const { view, result } = await changeRoles(
        call,
        'permit-create-derivation',
        target,
        (draft, now) => {
          const { type, name } = roleInPath(call, now)
          const index = addDerivation(now, draft, type, name, body)
          draft.notingPart(type, 'roles', name)
          return { type, name, index }
        },
      )
      return call.c.json(view.derivation(result.type, result.name, result.index))
    },
  },
  {
    method: 'DELETE',
    path: `${resourceRole.one}/implicit_grants`,
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, derivation, call.deps.maxBodyBytes)
      await changeRoles(call, 'permit-delete-derivation', param(call.c, 'role'), (draft, view) => {
        const { type, name } = roleInPath(call, view)
        const { role: from, via } = derivationOf(view, type, body)
        const held = typeIn(draft, type).roles[name]
        const left = held?.from?.filter((each) => each.role !== from || each.via !== via) ?? []
        if (!held || left.length === (held.from?.length ?? 0)) {
          throw notFound('role derivation', `${from} by ${via}`)
        }
        if (left.length === 0) delete held.from
        else held.from = left
      })
      return noContent()
    },
  },
  {
    method: 'PUT',
    path: `${resourceRole.one}/implicit_grants/conditions`,
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, settings, call.deps.maxBodyBytes)
      await changeRoles(call, 'permit-change-derivations', param(call.c, 'role'), (draft, view) => {
        const { type, name } = roleInPath(call, view)
        const held = typeIn(draft, type).roles[name]
        if (!held) return
        if (body.no_direct_roles_on_object === true) held.except_direct = true
        else delete held.except_direct
      })
      return call.c.json({ no_direct_roles_on_object: body.no_direct_roles_on_object ?? false })
    },
  },
]

type RoleAt = { readonly type: string; readonly name: string }

function roleInPath(call: Call, view: SchemaView): RoleAt {
  const type = inPath(call, view, false)
  return { type, name: resourceRoleKey(view, type, param(call.c, 'role')) }
}

function changeRoles<T>(call: Call, command: string, role: string, work: Work<T>) {
  return changeSchema(call, command, `${param(call.c, 'resource')}#${role}`, work)
}

async function onResourceRole(
  call: Call,
  command: string,
  work: (draft: SchemaDraft, view: SchemaView, at: RoleAt) => void,
): Promise<Response> {
  const { view, result } = await changeRoles(call, command, param(call.c, 'role'), (draft, now) => {
    const at = roleInPath(call, now)
    work(draft, now, at)
    draft.notingPart(at.type, 'roles', at.name)
    return at
  })
  return call.c.json(view.resourceRole(result.type, result.name))
}
