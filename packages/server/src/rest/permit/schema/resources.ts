// Resources: types of the policy document, made, read, replaced, changed and taken away with all that hangs on them.

import * as z from 'zod'
import { checked, flag, key, readBody, title, words } from '../body.ts'
import type { Call } from '../call.ts'
import { forgetSetsOf } from '../conditions/sets.ts'
import { cut, pageOf, paginated } from '../paging.ts'
import { noContent, type PermitRoute } from '../route.ts'
import { duplicate, invalid } from '../trouble.ts'
import { changeSchema, inPath, readSchema } from './change.ts'
import type { SchemaDraft } from './draft.ts'
import {
  describe,
  maps,
  setActions,
  setAttributes,
  setRelations,
  setRoles,
  typeIn,
} from './parts.ts'
import { removeType } from './removals.ts'
import { resourceKeys, type SchemaView } from './views.ts'

const common = { urn: words, description: words, ...maps }
const createBody = z.object({ key, name: title, ...common })
const replaceBody = z.object({ name: title, ...common })
const updateBody = z.object({ name: title, ...common }).partial()
const listQuery = z.object({
  include_total_count: flag.default(false),
  include_built_in: flag.default(false),
})

export const resourceRoutes: readonly PermitRoute[] = [
  { method: 'GET', path: '/resources', needs: 'admin', run: list },
  { method: 'POST', path: '/resources', needs: 'admin', run: create },
  {
    method: 'GET',
    path: '/resources/:resource',
    needs: 'admin',
    async run(call) {
      const view = await readSchema(call)
      return call.c.json(view.resource(inPath(call, view)))
    },
  },
  { method: 'PUT', path: '/resources/:resource', needs: 'admin', run: replace },
  { method: 'PATCH', path: '/resources/:resource', needs: 'admin', run: update },
  { method: 'DELETE', path: '/resources/:resource', needs: 'admin', run: remove },
]

async function list(call: Call): Promise<Response> {
  const asked = checked(listQuery, call.c.req.query(), 'query')
  const page = pageOf(call.c)
  const view = await readSchema(call)
  const builtIn = asked.include_built_in ? ['__user', '__tenant'] : []
  const keys = [...resourceKeys(view.document), ...builtIn]
  const data = cut(keys, page).map((each) => view.resource(each))
  return call.c.json(asked.include_total_count ? paginated(data, keys.length, page) : data)
}

type Maps = z.output<typeof updateBody>

/** Relations and roles may name each other: what is there comes before what leads there. */
function take(view: SchemaView, draft: SchemaDraft, type: string, body: Maps): void {
  if (body.name !== undefined) {
    if (body.name === type) delete typeIn(draft, type).title
    else typeIn(draft, type).title = body.name
  }
  const note = draft.noting(`type/${type}`)
  describe(note, { description: body.description })
  if (body.urn !== undefined) note.urn = body.urn
  if (body.actions) setActions(draft, type, body.actions)
  if (body.attributes) setAttributes(draft, type, body.attributes)
  if (body.relations) setRelations(view, draft, type, body.relations)
  if (body.roles) setRoles(view, draft, type, body.roles)
}

async function create(call: Call): Promise<Response> {
  const body = await readBody(call.c, createBody, call.deps.maxBodyBytes)
  const type = body.key
  if (type === 'tenant') throw invalid('`tenant` stands for tenants and is built in')
  const { view } = await changeSchema(call, 'permit-create-resource', type, (draft, now) => {
    if (Object.hasOwn(draft.document.types, type)) throw duplicate('resource', type)
    draft.forget(`type/${type}`)
    draft.document.types[type] = { actions: [], roles: {} }
    take(now, draft, type, body)
  })
  return call.c.json(view.resource(type))
}

/** What is not in the body is not in the resource afterwards. */
async function replace(call: Call): Promise<Response> {
  const body = await readBody(call.c, replaceBody, call.deps.maxBodyBytes)
  const whole = {
    ...body,
    urn: body.urn ?? null,
    description: body.description ?? null,
    attributes: body.attributes ?? {},
    relations: body.relations ?? {},
    roles: body.roles ?? {},
  }
  return changed(call, 'permit-replace-resource', whole)
}

async function update(call: Call): Promise<Response> {
  const body = await readBody(call.c, updateBody, call.deps.maxBodyBytes)
  return changed(call, 'permit-update-resource', body)
}

async function changed(call: Call, command: string, body: Maps): Promise<Response> {
  const { view, result } = await changeSchema(call, command, named(call), (draft, now) => {
    const type = inPath(call, now)
    take(now, draft, type, body)
    return type
  })
  return call.c.json(view.resource(result))
}

async function remove(call: Call): Promise<Response> {
  await changeSchema(call, 'permit-delete-resource', named(call), (draft, view) => {
    const type = inPath(call, view)
    typeIn(draft, type)
    forgetSetsOf(draft, view, type)
    removeType(draft, type)
  })
  return noContent()
}

function named({ c }: Call): string {
  return c.req.param('resource') ?? ''
}
