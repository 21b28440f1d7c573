// Looking at the place as somebody else sees it: how it begins.

import * as z from 'zod'
import { viewAs } from '../../commands/view-as.ts'
import { personIn } from './names-in.ts'
import { personView } from './person-view.ts'
import { type AppRoute, json, route } from './route.ts'
import { personShape } from './shapes.ts'
import { signedIn, subjectOf } from './visitor.ts'

const viewShape = z
  .object({
    token: z.string().describe('for the realtime connection, and as `Sayso-View` of requests'),
    expiresAt: z.string(),
    person: personShape,
    channels: z.array(z.string()).describe('what is looked at'),
    hidden: z.int().describe('channels of theirs that you may not read, or that are too many'),
  })
  .meta({ id: 'PersonsView' })

export const viewingRoutes: readonly AppRoute[] = [
  route({
    method: 'POST',
    path: '/people/:id/view',
    id: 'viewAsPerson',
    tag: 'people',
    summary: 'Look at the place as somebody else sees it, reading only',
    about:
      'For a quarter of an hour, and no longer than your session and your right to. The token reads the channels that you both may read; every write with it is refused with `view_only`. Who looked, at whom and why stands in the audit log.',
    needs: { who: 'session' },
    params: { id: 'id of the person' },
    body: {
      schema: z.strictObject({ reason: z.string().trim().min(3).max(500) }),
      example: { reason: 'she says that #launch is missing' },
    },
    answers: { 201: json('The view.', viewShape) },
    problems: ['denied', 'person_unknown', 'conflict', 'invalid'],
    run: async ({ c, deps, asker, params: { id }, body }) => {
      const { sessionId, ...viewer } = await signedIn(deps, c)
      const person = personIn(id)
      const by = { subject: subjectOf(viewer), sessionId }
      const { reason } = body
      const view = await viewAs(deps.context, deps.ring, asker, by, { person, reason })
      const { token, endsAtMs, channels, hidden } = view
      const expiresAt = new Date(endsAtMs).toISOString()
      const seen = personView(deps.context.standing.world, person, false)
      return c.json({ token, expiresAt, person: seen, channels, hidden }, 201)
    },
  }),
]
