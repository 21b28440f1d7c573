// Shapes of the desk that several routes share.

import * as z from 'zod'

export const id = z.string().min(1).max(256)
export const text = z.string().trim().min(1).max(8_000)

export const namedShape = z.object({ id: z.string(), name: z.string() })

export const conversationShape = z
  .object({
    key: z.string(),
    channel: z.string().describe('the realtime channel in which it is talked'),
    tenant: z.string(),
    state: z.enum(['waiting', 'open', 'snoozed', 'closed']),
    visitor: namedShape.extend({
      verified: z.boolean(),
      isAnonymous: z.boolean(),
      email: z.string().optional(),
    }),
    openedBy: namedShape.extend({ isVisitor: z.boolean() }),
    assignee: namedShape.optional(),
    joined: z.array(namedShape),
    isWatching: z.literal(true).optional().describe('you look on, in silence; told to nobody else'),
    team: z.object({ key: z.string(), title: z.string() }).optional(),
    widget: namedShape.optional(),
    isOffline: z.literal(true).optional().describe('a message left while nobody was there'),
    openedAtMs: z.number(),
    waitingSinceMs: z.number().optional(),
    closedAtMs: z.number().optional(),
    closedBy: namedShape.optional(),
    closedByRule: z.literal(true).optional().describe('by a rule that they switched on'),
    closeReason: z.string().optional(),
    summary: z.string().optional(),
    snoozedUntilMs: z.number().optional(),
    labels: z.array(z.string()),
    last: z
      .object({
        serial: z.string(),
        atMs: z.number(),
        by: z.string(),
        kind: z.enum(['text', 'note', 'file']),
        text: z.string().describe('its first 140 characters; of files their names'),
      })
      .optional(),
    unread: z.int(),
    rating: z.object({ score: z.int(), comment: z.string().optional() }).optional(),
  })
  .meta({ id: 'Conversation', description: 'A conversation as operators see it.' })

export const readShape = conversationShape
  .extend({
    readers: z.array(namedShape).describe('everybody who may read it now, by name'),
    marks: z
      .record(
        z.string(),
        z.object({ delivered: z.string().optional(), read: z.string().optional() }),
      )
      .describe('by id of the person: serials of how far they have it, and have read'),
  })
  .meta({ id: 'ConversationRead' })

export const listedShape = conversationShape
  .extend({
    found: z
      .object({
        serial: z.string(),
        atMs: z.number(),
        by: z.string(),
        kind: z.enum(['text', 'note', 'file']),
        text: z.string().describe('the part of it that has the first word; of files their names'),
      })
      .optional()
      .describe('with `q`: the newest of what was said that has the words'),
  })
  .meta({ id: 'ConversationListed' })

export const openedShape = z.object({ conversation: conversationShape, isNew: z.boolean() })
