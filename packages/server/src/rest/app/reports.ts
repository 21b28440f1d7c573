// Reports of messages: made by people in a channel, answered by those who may delete there.

import * as z from 'zod'
import { closeReports } from '../../commands/close-report.ts'
import { readReports } from '../../commands/read-reports.ts'
import { reportMessage } from '../../commands/report-message.ts'
import { idOf } from '../../people/roles.ts'
import { REPORT_REASONS } from '../../reports.ts'
import { channelResource, KEY_PARAM } from './channel-people.ts'
import { done } from './done.ts'
import { messageItem, messageShape } from './message-item.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed } from './shapes.ts'

const path = '/channels/:key/reports'
const tag = 'messages'
const serial = z.string().min(1).max(64)
const reasons = z.enum(REPORT_REASONS)
const outcomes = z.enum(['deleted', 'dismissed'])
const states = z.enum(['open', 'done'])

const reportShape = z.object({
  id: z.string(),
  serial,
  author: z.string().optional().describe('id of who wrote the message'),
  by: z.string().describe('id of who reported it'),
  reason: reasons,
  note: z.string().optional(),
  atMs: z.number(),
  state: states,
  outcome: outcomes.optional(),
  message: messageShape.optional().describe('as it is now'),
})

export const reportRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path,
    id: 'listReports',
    tag,
    summary: 'What was reported on a channel, newest first',
    needs: { who: 'signed-in', asks: '`message-delete-any` on the channel' },
    params: KEY_PARAM,
    query: z.object({ state: states.default('open') }),
    answers: { 200: json('The reports.', z.object({ reports: z.array(reportShape) })) },
    problems: ['resource_unknown'],
    run: async ({ c, deps: { context }, asker, params: { key }, query: { state } }) => {
      const resource = channelResource(context.standing.world, key, asker)
      const reports = await readReports(context, asker, resource, state)
      return c.json({
        reports: reports.map(({ resource: _on, channel: _name, message, by, ...report }) => ({
          ...report,
          by: idOf(by),
          ...(message === undefined ? {} : { message: messageItem(message) }),
        })),
      })
    },
  }),
  route({
    method: 'POST',
    path,
    id: 'reportMessage',
    tag,
    summary: 'Report a message',
    about:
      'One report of each person and message: reporting again replaces it. Webhooks hear `message.flagged`.',
    needs: { who: 'signed-in', asks: '`report` and `history` on the channel' },
    params: KEY_PARAM,
    body: {
      schema: z.strictObject({ serial, reason: reasons, note: z.string().max(500).optional() }),
      example: { serial: '00000000000000-000@site:000', reason: 'spam' },
    },
    answers: changed,
    problems: ['resource_unknown', 'message_unknown', 'conflict'],
    run: async ({ c, deps: { context }, asker, params: { key }, body: { note, ...report } }) => {
      const resource = channelResource(context.standing.world, key, asker)
      const said = note === undefined || note.trim() === '' ? {} : { note: note.trim() }
      return done(c, await reportMessage(context, asker, { resource, ...report, ...said }))
    },
  }),
  route({
    method: 'POST',
    path: `${path}/close`,
    id: 'closeReports',
    tag,
    summary: 'Close the reports of a message',
    about: 'It does not delete the message: do that first, and close with `deleted`.',
    needs: { who: 'signed-in', asks: '`message-delete-any` on the channel' },
    params: KEY_PARAM,
    body: {
      schema: z.strictObject({ serial, outcome: outcomes }),
      example: { serial: '00000000000000-000@site:000', outcome: 'dismissed' },
    },
    answers: changed,
    problems: ['resource_unknown', 'conflict'],
    run: async ({ c, deps: { context }, asker, params: { key }, body }) => {
      const resource = channelResource(context.standing.world, key, asker)
      return done(c, await closeReports(context, asker, { resource, ...body }))
    },
  }),
]
