// Actions, action groups, attributes and relations of a resource, one by one.

import * as z from 'zod'
import { key, object, readBody, title, words } from '../body.ts'
import type { Call } from '../call.ts'
import { refreshRules } from '../conditions/sets.ts'
import { cut, pageOf } from '../paging.ts'
import { noContent, type PermitRoute, param } from '../route.ts'
import { duplicate } from '../trouble.ts'
import {
  actionKey,
  attributeKey,
  changeSchema,
  groupKey,
  inPath,
  readSchema,
  relationKey,
} from './change.ts'
import type { SchemaDraft } from './draft.ts'
import {
  attributeType,
  describe,
  putAction,
  putAttribute,
  putRelation,
  removeAttribute,
  typeIn,
} from './parts.ts'
import { removeAction, removeRelation, unnote } from './removals.ts'
import { attributesOf, type SchemaView, typeOfDocument } from './views.ts'

/** One kind of part: where it is, how it is made, changed, shown and taken away. */
type Part<C extends z.ZodObject, U extends z.ZodType> = {
  readonly what: string
  readonly path: string
  readonly create: C
  readonly update: U
  readonly names: (view: SchemaView, type: string) => readonly string[]
  readonly find: (view: SchemaView, type: string, text: string) => string
  readonly view: (view: SchemaView, type: string, name: string) => unknown
  readonly put: (at: At, body: z.output<C> | z.output<U>) => void
  readonly remove: (draft: SchemaDraft, type: string, name: string) => void
}

type At = {
  readonly view: SchemaView
  readonly draft: SchemaDraft
  readonly type: string
  readonly name: string
}

function routesOf<C extends z.ZodObject, U extends z.ZodType>(part: Part<C, U>): PermitRoute[] {
  const path = `/resources/:resource/${part.path}`
  const one = `${path}/:part`
  const command = (verb: string) => `permit-${verb}-${part.what.replaceAll(' ', '-')}`
  const target = (call: Call, name: string) => `${param(call.c, 'resource')}:${name}`
  return [
    {
      method: 'GET',
      path,
      needs: 'admin',
      async run(call) {
        const page = pageOf(call.c)
        const view = await readSchema(call)
        const type = inPath(call, view)
        return call.c.json(
          cut(part.names(view, type), page).map((name) => part.view(view, type, name)),
        )
      },
    },
    {
      method: 'POST',
      path,
      needs: 'admin',
      async run(call) {
        const body = await readBody(call.c, part.create, call.deps.maxBodyBytes)
        const name = String((body as { key: unknown }).key)
        const work = (draft: SchemaDraft, view: SchemaView) => {
          const type = inPath(call, view)
          if (part.names(view, type).includes(name)) throw duplicate(part.what, name)
          part.put({ view, draft, type, name }, body)
          return type
        }
        const done = await changeSchema(call, command('create'), target(call, name), work)
        return call.c.json(part.view(done.view, done.result, name) as object)
      },
    },
    {
      method: 'GET',
      path: one,
      needs: 'admin',
      async run(call) {
        const view = await readSchema(call)
        const type = inPath(call, view)
        const name = part.find(view, type, param(call.c, 'part'))
        return call.c.json(part.view(view, type, name) as object)
      },
    },
    {
      method: 'PATCH',
      path: one,
      needs: 'admin',
      async run(call) {
        const body = await readBody(call.c, part.update, call.deps.maxBodyBytes)
        const work = (draft: SchemaDraft, view: SchemaView) => {
          const type = inPath(call, view)
          const name = part.find(view, type, param(call.c, 'part'))
          part.put({ view, draft, type, name }, body)
          return { type, name }
        }
        const path = target(call, param(call.c, 'part'))
        const { view, result } = await changeSchema(call, command('update'), path, work)
        return call.c.json(part.view(view, result.type, result.name) as object)
      },
    },
    {
      method: 'DELETE',
      path: one,
      needs: 'admin',
      async run(call) {
        const path = target(call, param(call.c, 'part'))
        await changeSchema(call, command('delete'), path, (draft, view) => {
          const type = inPath(call, view)
          part.remove(draft, type, part.find(view, type, param(call.c, 'part')))
          refreshRules(draft, view)
        })
        return noContent()
      },
    },
  ]
}

const described = { name: title, description: words, attributes: object }

const actions = routesOf({
  what: 'action',
  path: 'actions',
  create: z.object({ key, ...described }),
  update: z.object(described).partial(),
  names: (view, type) => typeOfDocument(view.document, type)?.actions ?? [],
  find: actionKey,
  view: (view, type, name) => view.action(type, name),
  put: ({ draft, type, name }, body) => putAction(draft, type, name, body),
  remove: (draft, type, name) => {
    typeIn(draft, type)
    removeAction(draft, type, name)
  },
})

const groups = routesOf({
  what: 'action group',
  path: 'action_groups',
  create: z.object({ key, ...described, actions: z.array(z.string()).default([]) }),
  update: z.object({ ...described, actions: z.array(z.string()) }).partial(),
  names: (view, type) => Object.keys(view.typeNote(type)?.groups ?? {}),
  find: groupKey,
  view: (view, type, name) => view.actionGroup(type, name),
  put: ({ view, draft, type, name }, body) => {
    typeIn(draft, type)
    const note = draft.notingPart(type, 'groups', name)
    describe(note, body)
    note.actions = (body.actions ?? note.actions ?? []).map((each) => actionKey(view, type, each))
  },
  remove: (draft, type, name) => unnote(draft, type, 'groups', name),
})

const attributes = routesOf({
  what: 'attribute',
  path: 'attributes',
  create: z.object({ key, type: attributeType, description: words }),
  update: z.object({ type: attributeType, description: words }).partial(),
  names: (view, type) => Object.keys(attributesOf(view.document, type)),
  find: attributeKey,
  view: (view, type, name) => view.attribute(type, name),
  put: ({ draft, type, name }, body) => putAttribute(draft, type, name, body),
  remove: removeAttribute,
})

const relations = routesOf({
  what: 'relation',
  path: 'relations',
  create: z.object({ key, name: title, description: words, subject_resource: z.string().min(1) }),
  update: z.object({ name: title, description: words }).partial(),
  names: (view, type) => Object.keys(typeOfDocument(view.document, type)?.relations ?? {}),
  find: relationKey,
  view: (view, type, name) => view.relation(type, name),
  put: ({ view, draft, type, name }, body) => {
    typeIn(draft, type)
    const subject = (body as { subject_resource?: string }).subject_resource
    if (subject !== undefined) putRelation(view, draft, type, name, subject)
    describe(draft.notingPart(type, 'relations', name), body)
  },
  remove: (draft, type, name) => {
    typeIn(draft, type)
    removeRelation(draft, type, name)
  },
})

export const partRoutes: readonly PermitRoute[] = [
  ...actions,
  ...groups,
  ...attributes,
  ...relations,
]

/** Attributes of users have an address of their own besides those of the built-in resource. */
export const userAttributeRoutes: readonly PermitRoute[] = attributes.map((route) => ({
  ...route,
  path: route.path.replace('/resources/:resource/', '/users/'),
}))
