// Asking to be let in to a channel, and answering it; how a channel is shown.

import { type Attributes, admissionRole, roleView, type SubjectId } from '@sayso/policy'
import type { AccessRequestsView } from '@sayso/protocol'
import { Hono } from 'hono'
import * as z from 'zod'
import { answerRequest } from '../../commands/answer-request.ts'
import { describeResource } from '../../commands/describe-resource.ts'
import { requireVerb } from '../../commands/may.ts'
import { requestAccess } from '../../commands/request-access.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { readJson } from './json.ts'
import { channelResource } from './people.ts'
import { personView } from './person-view.ts'
import { caller } from './visitor.ts'

const text = z.string().max(500).optional()
const askSchema = z.object({ note: text })
const answerSchema = z.object({ person: z.string().min(1).max(256), reason: text })
const describeSchema = z
  .strictObject({
    title: z.string().min(1).max(80),
    about: z.string().max(250),
    order: z.number().finite(),
    listed: z.boolean(),
  })
  .partial()

export function requestRoutes(deps: AppRest): Hono {
  const app = new Hono()
  const { context } = deps
  const resourceAt = (key: string) => channelResource(context.standing.world, key)
  app.get('/channels/:key/requests', async (c) => {
    const asker = await caller(deps, c)
    const { world } = context.standing
    const resource = resourceAt(c.req.param('key'))
    requireVerb(world, asker, 'admit', resource)
    const role = admissionRole(world, resource)
    const requests = [...world.facts.requestsOn(resource)]
      .map(([subject, { atMs, note }]) => ({
        person: personView(world, subject, false),
        atMs,
        ...(note === undefined ? {} : { note }),
      }))
      .sort((a, b) => a.atMs - b.atMs)
    c.header('cache-control', 'no-store')
    return c.json({
      requests,
      ...(role === undefined ? {} : { gives: roleView(world.policy, role, resource) }),
    } satisfies AccessRequestsView)
  })
  app.post('/channels/:key/requests', async (c) => {
    const asker = await caller(deps, c)
    const { note } = await readJson(c, askSchema, deps.maxBodyBytes)
    const resource = resourceAt(c.req.param('key'))
    const said = note === undefined || note.trim() === '' ? {} : { note: note.trim() }
    return done(c, await requestAccess(context, asker, { kind: 'ask', resource, ...said }))
  })
  app.delete('/channels/:key/requests', async (c) => {
    const asker = await caller(deps, c)
    const resource = resourceAt(c.req.param('key'))
    return done(c, await requestAccess(context, asker, { kind: 'withdraw', resource }))
  })
  for (const kind of ['admit', 'decline'] as const) {
    app.post(`/channels/:key/requests/${kind}`, async (c) => {
      const asker = await caller(deps, c)
      const { person, reason } = await readJson(c, answerSchema, deps.maxBodyBytes)
      const resource = resourceAt(c.req.param('key'))
      const subject = `user:${person}` as SubjectId
      const why = reason === undefined ? {} : { reason }
      return done(c, await answerRequest(context, asker, { kind, resource, subject, ...why }))
    })
  }
  app.patch('/channels/:key', async (c) => {
    const asker = await caller(deps, c)
    const said = await readJson(c, describeSchema, deps.maxBodyBytes)
    const attributes: Attributes = JSON.parse(JSON.stringify(said))
    const resource = resourceAt(c.req.param('key'))
    return done(c, await describeResource(context, asker, { resource, attributes }))
  })
  return app
}
