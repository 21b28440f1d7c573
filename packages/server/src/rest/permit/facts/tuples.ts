// Relationship tuples: Permit's subject is what a resource points to, its object the resource that points.

import { formatRelation, type RelationTuple, tenantOf, typeOf } from '@sayso/policy'
import * as z from 'zod'
import { checked, flag, readBody } from '../body.ts'
import type { Call } from '../call.ts'
import { BULK_BYTES } from '../deps.ts'
import { cut, pageOf } from '../paging.ts'
import { noContent, type PermitRoute } from '../route.ts'
import { duplicate, notFound } from '../trouble.ts'
import { changeFacts, viewOf } from './change.ts'
import type { TupleBody } from './draft.ts'
import { tenantKey } from './known.ts'
import { order, shown } from './views.ts'

const MOST_TUPLES = 1_000
const text = z.string().min(1).max(400)
const tupleBody = z.object({ subject: text, relation: text, object: text, tenant: text.nullish() })
const listQuery = z.object({
  tenant: text.optional(),
  subject: text.optional(),
  relation: text.optional(),
  object: text.optional(),
  object_type: text.optional(),
  subject_type: text.optional(),
  detailed: flag.default(false),
})

const path = '/relationship_tuples'

export const tupleRoutes: readonly PermitRoute[] = [
  { method: 'GET', path, needs: 'admin', run: list },
  {
    method: 'POST',
    path,
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, tupleBody, call.deps.maxBodyBytes)
      const tuple = await changeFacts(call, 'permit-create-tuple', textOf(body), (draft) => {
        const asked = draft.tupleOf(body, true)
        if (!draft.relate(asked)) throw duplicate('relationship tuple', textOf(body))
        return asked
      })
      const view = await viewOf(call, [formatRelation(tuple)])
      return call.c.json(view.tuple(tuple))
    },
  },
  {
    method: 'DELETE',
    path,
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, tupleBody, call.deps.maxBodyBytes)
      await changeFacts(call, 'permit-delete-tuple', textOf(body), (draft) => {
        if (draft.unrelate(draft.tupleOf(body, false))) return
        throw notFound('relationship tuple', textOf(body))
      })
      return noContent()
    },
  },
  {
    method: 'POST',
    path: `${path}/bulk`,
    needs: 'admin',
    async run(call) {
      const schema = z.object({ operations: z.array(tupleBody).max(MOST_TUPLES) })
      const { operations } = await readBody(call.c, schema, BULK_BYTES)
      const done = await changeFacts(call, 'permit-create-tuples', many(operations), (draft) =>
        operations.map((body) => draft.relate(draft.tupleOf(body, true))),
      )
      return call.c.json({ tuples_created: done.filter(Boolean).length })
    },
  },
  {
    method: 'DELETE',
    path: `${path}/bulk`,
    needs: 'admin',
    async run(call) {
      const schema = z.object({ idents: z.array(tupleBody).max(MOST_TUPLES) })
      const { idents } = await readBody(call.c, schema, BULK_BYTES)
      const done = await changeFacts(call, 'permit-delete-tuples', many(idents), (draft) =>
        idents.map((body) => draft.unrelate(draft.tupleOf(body, false))),
      )
      return call.c.json({ tuples_deleted: done.filter(Boolean).length })
    },
  },
]

function textOf({ subject, relation, object }: TupleBody): string {
  return `${object}#${relation}@${subject}`
}

function many({ length }: readonly unknown[]): string {
  return `${length} tuples`
}

async function list(call: Call): Promise<Response> {
  const asked = checked(listQuery, call.c.req.query(), 'query')
  const page = pageOf(call.c)
  const { app } = call
  const { world } = app.context.standing
  const isThis = (said: string | undefined, key: string, id: () => string) =>
    said === undefined || said === key || said === id()
  const isAsked = ({ resource, relation, target }: RelationTuple) => {
    const [object, subject] = [typeOf(resource), typeOf(target)]
    const tenant = tenantKey(tenantOf(world, resource))
    return (
      isThis(asked.relation, relation, () => app.ids.of('relation', `${object}:${relation}`)) &&
      isThis(asked.object, resource, () => app.ids.of('resource_instance', resource)) &&
      isThis(asked.subject, shown(target), () => app.ids.of('resource_instance', target)) &&
      isThis(asked.object_type, object, () => app.ids.of('resource', object)) &&
      isThis(asked.subject_type, subject, () => app.ids.of('resource', subject)) &&
      isThis(asked.tenant, tenant, () => app.ids.of('tenant', tenant))
    )
  }
  // The relation to a tenant is no tuple of Permit's: there an instance has a tenant.
  const isDeclared = ({ resource, relation, target }: RelationTuple) =>
    world.policy.types.get(typeOf(resource))?.relations.get(relation)?.has(typeOf(target)) === true
  const found = [...world.facts.relations()]
    .filter((tuple) => isDeclared(tuple) && isAsked(tuple))
    .sort((a, b) => order(formatRelation(a), formatRelation(b)))
  const cutOut = cut(found, page)
  const view = await viewOf(call, cutOut.map(formatRelation))
  return call.c.json(cutOut.map((tuple) => view.tuple(tuple)))
}
