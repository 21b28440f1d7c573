// Conversations over our own API: read, opened, moved through their life.

import { keyOf, type World } from '@sayso/policy'
import * as z from 'zod'
import type { Asker } from '../../../commands/asker.ts'
import { assignConversation } from '../../../commands/desk/assign-conversation.ts'
import { claimConversation } from '../../../commands/desk/claim-conversation.ts'
import { closeConversation } from '../../../commands/desk/close-conversation.ts'
import { joinConversation } from '../../../commands/desk/join-conversation.ts'
import { labelConversation } from '../../../commands/desk/label-conversation.ts'
import { leaveConversation } from '../../../commands/desk/leave-conversation.ts'
import { markConversation } from '../../../commands/desk/mark-conversation.ts'
import { isVisible, unknownConversation } from '../../../commands/desk/moving.ts'
import { openConversation } from '../../../commands/desk/open-conversation.ts'
import { releaseConversation } from '../../../commands/desk/release-conversation.ts'
import { snoozeConversation } from '../../../commands/desk/snooze-conversation.ts'
import { transferConversation } from '../../../commands/desk/transfer-conversation.ts'
import type { Context } from '../../../context.ts'
import type { Entry } from '../../../desk/book.ts'
import { conversationNamed, requireDesk } from '../../../desk/desk-type.ts'
import { type FoundConversations, findConversations } from '../../../desk/finding.ts'
import { LIST_VIEWS, type ListQuery, listed } from '../../../desk/lists.ts'
import { marksIn } from '../../../desk/marks.ts'
import { conversationView, readersOf } from '../../../desk/views.ts'
import type { AppRest } from '../deps.ts'
import { type AppRoute, json, route } from '../route.ts'
import { instant, pageShape } from '../shapes.ts'
import { conversationShape, id, listedShape, openedShape, readShape, text } from './shapes.ts'

const tag = 'desk'
const path = '/desk/conversations'
const params = { key: 'key of the conversation' }
const labels = z.array(z.string().trim().min(1).max(40)).max(20)
const person = z.string().min(1).max(256)
const serial = z.string().min(1).max(80)
const problems = ['conversation_unknown', 'conversation_closed', 'desk_not_set_up'] as const
const answers = { 200: json('The conversation as it is now.', conversationShape) }

const listQuery = z.object({
  tenant: id.optional().describe('key; absent: all that one sees'),
  view: z.enum(LIST_VIEWS).default('all'),
  state: z
    .enum(['waiting', 'open', 'snoozed', 'closed'])
    .optional()
    .describe('absent: those that are not closed; with `q` those too'),
  label: z.string().max(40).optional(),
  assignee: person.optional(),
  operator: person.optional().describe('who has it, closed it, or was the first to answer'),
  widget: id.optional(),
  visitor: person.optional(),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'words of what was said, of names of files, or in what is known of the visitor, labels, reason and summary',
    ),
  from: instant.optional().describe('with `q`: said, or moved last, at this or later'),
  to: instant.optional().describe('with `q`: and before this'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().min(1).max(200).optional().describe('`next` of the page before'),
})

/** @throws {Failure} `conversation_unknown` */
export function entryOf({ context }: AppRest, asker: Asker, key: string): Entry {
  const { world } = context.standing
  const resource = conversationNamed(requireDesk(world), key)
  const entry = context.desk.book.get(key)
  if (entry === undefined || !isVisible(world, asker, resource)) throw unknownConversation()
  return entry
}

/** As it is after a command, also for who may not see it any more. */
async function after({ context }: AppRest, asker: Asker, key: string) {
  const entry = context.desk.book.get(key)
  if (entry === undefined) throw unknownConversation()
  return conversationView(context, asker, entry)
}

/** The key of the tenant that is meant: the one said, a key's own, else the document's. */
export function tenantAsked(world: World, { credential }: Asker, said: string | undefined): string {
  if (said !== undefined) return said
  const own = credential.kind === 'key' ? world.keys.get(credential.key)?.tenant : undefined
  return keyOf(own ?? world.policy.tenant)
}

function plainList(
  { standing, desk }: Context,
  asker: Asker,
  query: ListQuery,
): FoundConversations {
  const { items, ...next } = listed(standing.world, desk.book, asker, query)
  return { items: items.map((entry) => ({ entry })), ...next }
}

const reading: readonly AppRoute[] = [
  route({
    method: 'GET',
    path,
    id: 'listConversations',
    tag,
    summary: 'Conversations one may see: `waiting` oldest first, else what moved last first',
    about:
      'With `q`: first those found by what is known of them, then by what was said, the newest first, each once. Words are found whole and without regard to case and accents, the last one also as a beginning. Notes are found by who reads notes.',
    needs: { who: 'signed-in', asks: 'only what you may read is in it' },
    query: listQuery,
    answers: { 200: json('A page.', pageShape(listedShape)) },
    problems: ['desk_not_set_up'],
    run: async ({ c, deps: { context }, asker, query }) => {
      const { q, ...list } = query
      const { items, next } =
        q === undefined
          ? plainList(context, asker, list)
          : await findConversations(context, asker, { ...list, q, state: list.state ?? 'any' })
      const views = await Promise.all(
        items.map(async ({ entry, found }) => {
          const view = await conversationView(context, asker, entry)
          return found === undefined ? view : { ...view, found }
        }),
      )
      const { world } = context.standing
      const desk = requireDesk(world)
      // INVARIANT: decided again after the reads.
      const seen = views.filter(({ key }) => isVisible(world, asker, conversationNamed(desk, key)))
      return c.json({ items: seen, ...(next === undefined ? {} : { next }) })
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:key`,
    id: 'readConversation',
    tag,
    summary: 'One conversation, with everybody who may read it now',
    needs: { who: 'signed-in', asks: '`subscribe` on it' },
    params,
    answers: { 200: json('The conversation.', readShape) },
    problems: ['conversation_unknown', 'desk_not_set_up'],
    run: async ({ c, deps, asker, params: { key } }) => {
      const entry = entryOf(deps, asker, key)
      const view = await conversationView(deps.context, asker, entry)
      const readers = readersOf(deps.context.standing.world, entry.conversation, key)
      const marks = Object.fromEntries(await marksIn(deps.context.store, key))
      return c.json({ ...view, readers, marks })
    },
  }),
  route({
    method: 'POST',
    path,
    id: 'openConversation',
    tag,
    summary: 'Open a conversation with a visitor, or find the one they have',
    about:
      'By a person it is open and theirs at once. By a key it is opened in the visitor’s name and waits. A visitor has one at most: `isNew` is false for the one there was.',
    needs: { who: 'signed-in', asks: '`open` of conversations in the tenant' },
    body: {
      schema: z.strictObject({
        tenant: id.optional(),
        visitor: person,
        widget: id.optional(),
        text: text.optional(),
      }),
      example: { visitor: 'v-4tq0n3', text: 'Can I help?' },
    },
    answers: {
      200: json('There was one.', openedShape),
      201: json('It is open.', openedShape),
    },
    problems: ['person_unknown', 'no_capacity', 'desk_not_set_up'],
    run: async ({ c, deps, asker, body: { tenant: said, ...body } }) => {
      const tenant = tenantAsked(deps.context.standing.world, asker, said)
      const { key, isNew } = await openConversation(deps.context, asker, { ...body, tenant })
      const conversation = await after(deps, asker, key)
      return c.json({ conversation, isNew }, isNew ? 201 : 200)
    },
  }),
]

/** Commands without a body. */
const plain = [
  {
    verb: 'claim',
    summary: 'Take a conversation that waits; of several at once one has it',
    asks: '`claim` on it',
    problems: ['claimed', 'no_capacity'],
    run: claimConversation,
  },
  {
    verb: 'release',
    summary: 'Put a conversation back in the queue',
    asks: '`transfer` on it',
    problems: ['conversation_state'],
    run: releaseConversation,
  },
  {
    verb: 'join',
    summary: 'Come in beside whoever has it',
    asks: '`join` on it',
    problems: ['conversation_state'],
    run: (context, asker, key) => joinConversation(context, asker, { key, kind: 'join' }),
  },
  {
    verb: 'watch',
    summary: 'Look on in silence',
    asks: '`watch` on it',
    problems: ['conversation_state'],
    run: (context, asker, key) => joinConversation(context, asker, { key, kind: 'watch' }),
  },
  {
    verb: 'leave',
    summary: 'Leave one that you have joined or look on at',
    asks: 'that you are in it',
    problems: ['conversation_state'],
    run: leaveConversation,
  },
] as const satisfies readonly {
  readonly verb: string
  readonly summary: string
  readonly asks: string
  readonly problems: readonly string[]
  readonly run: (context: AppRest['context'], asker: Asker, key: string) => Promise<unknown>
}[]

const moving: readonly AppRoute[] = [
  ...plain.map(({ verb, summary, asks, problems: own, run }) =>
    route({
      method: 'POST',
      path: `${path}/:key/${verb}`,
      id: `${verb}Conversation`,
      tag,
      summary,
      needs: { who: 'signed-in', asks },
      params,
      answers,
      problems: [...problems, ...own],
      run: async ({ c, deps, asker, params: { key } }) => {
        await run(deps.context, asker, key)
        return c.json(await after(deps, asker, key))
      },
    }),
  ),
  route({
    method: 'POST',
    path: `${path}/:key/assign`,
    id: 'assignConversation',
    tag,
    summary: 'Give a conversation to an operator, whoever has it now',
    needs: { who: 'signed-in', asks: '`assign` on it; whoever gets it may claim it' },
    params,
    body: { schema: z.strictObject({ operator: person }), example: { operator: 'p2' } },
    answers,
    problems: [...problems, 'person_unknown', 'no_capacity'],
    run: async ({ c, deps, asker, params: { key }, body: { operator } }) => {
      await assignConversation(deps.context, asker, { key, operator })
      return c.json(await after(deps, asker, key))
    },
  }),
  route({
    method: 'POST',
    path: `${path}/:key/transfer`,
    id: 'transferConversation',
    tag,
    summary: 'Pass a conversation on to an operator, or to the queue of a team',
    about:
      'Whoever had it loses it in the same moment, on open screens too. The visitor never sees the note.',
    needs: { who: 'signed-in', asks: '`transfer` on it' },
    params,
    body: {
      schema: z.strictObject({
        operator: person.optional(),
        team: id.optional(),
        note: text.optional(),
      }),
      example: { team: 'billing', note: 'Paid twice.' },
    },
    answers,
    problems: [...problems, 'person_unknown', 'resource_unknown', 'no_capacity'],
    run: async ({ c, deps, asker, params: { key }, body }) => {
      await transferConversation(deps.context, asker, { key, ...body })
      return c.json(await after(deps, asker, key))
    },
  }),
  route({
    method: 'POST',
    path: `${path}/:key/close`,
    id: 'closeConversation',
    tag,
    summary: 'Close a conversation, for good',
    needs: { who: 'signed-in', asks: '`close` on it; never the visitor' },
    params,
    body: {
      schema: z.strictObject({
        reason: z.string().trim().max(200).optional(),
        summary: text.optional(),
      }),
      example: { reason: 'solved' },
    },
    answers,
    problems,
    run: async ({ c, deps, asker, params: { key }, body }) => {
      await closeConversation(deps.context, asker, { key, ...body })
      return c.json(await after(deps, asker, key))
    },
  }),
  route({
    method: 'POST',
    path: `${path}/:key/snooze`,
    id: 'snoozeConversation',
    tag,
    summary: 'Put a conversation away until an instant, or until the visitor writes',
    needs: { who: 'signed-in', asks: '`snooze` on it' },
    params,
    body: {
      schema: z.strictObject({ untilMs: z.int().describe('milliseconds since 1970') }),
      example: { untilMs: 1_800_000_000_000 },
    },
    answers,
    problems: [...problems, 'conversation_state'],
    run: async ({ c, deps, asker, params: { key }, body: { untilMs } }) => {
      await snoozeConversation(deps.context, asker, { key, untilMs })
      return c.json(await after(deps, asker, key))
    },
  }),
  route({
    method: 'PATCH',
    path: `${path}/:key`,
    id: 'labelConversation',
    tag,
    summary: 'Say what a conversation is about, and whose team it is',
    needs: { who: 'signed-in', asks: '`label` on it; `assign` for the team' },
    params,
    body: {
      schema: z.strictObject({ labels: labels.optional(), team: id.nullable().optional() }),
      example: { labels: ['refund'] },
    },
    answers,
    problems: [...problems, 'resource_unknown'],
    run: async ({ c, deps, asker, params: { key }, body }) => {
      await labelConversation(deps.context, asker, { key, ...body })
      return c.json(await after(deps, asker, key))
    },
  }),
  route({
    method: 'POST',
    path: `${path}/:key/marks`,
    id: 'markConversation',
    tag,
    summary: 'Say how far you have received and read it; marks go forward only',
    needs: { who: 'signed-in', asks: '`subscribe` on it' },
    params,
    body: {
      schema: z.strictObject({ delivered: serial.optional(), read: serial.optional() }),
      example: { read: '00000000000000-000@site:000' },
    },
    answers: {
      200: json('The marks.', z.object({ delivered: serial.optional(), read: serial.optional() })),
    },
    problems: ['conversation_unknown', 'desk_not_set_up'],
    run: async ({ c, deps, asker, params: { key }, body }) => {
      const tell = deps.hub.tellFleeting.bind(deps.hub)
      return c.json(await markConversation(deps.context, tell, asker, { key, ...body }))
    },
  }),
]

export const conversationRoutes: readonly AppRoute[] = [...reading, ...moving]
