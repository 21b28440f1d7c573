// Why: any question explained to those who run the place, one's own to anybody, and who can do what where.

import {
  type Action,
  ANONYMOUS,
  type Attributes,
  explain,
  explanationText,
  listActions,
  listResources,
  listSubjects,
  type MessageState,
  type Question,
  type ResourceId,
  resourceOf,
  type SubjectId,
  subjectOf,
  type World,
} from '@sayso/policy'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { mayPlace, requirePlace } from '../../commands/require-place.ts'
import { resourceIn, subjectIn } from './names-in.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { pageAsked, pageQuery } from './shapes.ts'

const name = z.string().min(1).max(400)
const members = z.record(z.string(), z.json())
const state = z
  .strictObject({
    name: z.string(),
    data: z.json(),
    clientId: z.string(),
    headers: members,
    serial: z.string(),
  })
  .partial()
const questionSchema = z.strictObject({
  /** Absent: oneself. */
  subject: name.optional(),
  action: name,
  /** A resource, or the realtime channel it governs. */
  resource: name,
  message: z
    .strictObject({ before: state.nullable(), after: state.nullable() })
    .partial()
    .optional(),
  context: members.optional(),
})

const explanationShape = z
  .object({
    allowed: z.boolean(),
    revision: z.int(),
    conditional: z.literal(true).optional().describe('rules over single messages are left open'),
    flipsAtMs: z.number().optional().describe('when time alone may change the answer'),
    message: z.string().describe('in one sentence'),
    remedy: z.string().optional(),
    verdict: z
      .enum(['granted', 'forbidden', 'requirement', 'message_invalid', 'never_granted', 'unknown'])
      .optional(),
    lines: z.array(z.string()).optional(),
    path: z.array(z.unknown()).optional(),
    facts: z.array(z.string()).optional(),
    statements: z.array(z.string()).optional(),
    nearest: z.array(z.looseObject({ words: z.string() })).optional(),
  })
  .meta({
    id: 'Explanation',
    description: 'Only `message`, `remedy` and the answer itself, unless you may `explain`.',
  })
const tag = 'explain'
const oneselfOrExplain = {
  who: 'signed-in',
  asks: '`explain` on the tenant, or ask about yourself',
} as const

const explainOne = route({
  method: 'POST',
  path: '/explain',
  id: 'explain',
  tag,
  summary: 'Why somebody may or may not do something',
  needs: oneselfOrExplain,
  body: {
    schema: questionSchema,
    example: { subject: 'user:p1', action: 'publish', resource: 'channel:general' },
  },
  answers: { 200: json('The answer with its reasons.', explanationShape) },
  problems: ['invalid'],
  run: ({ c, deps, asker, body }) => {
    const { world } = deps.context.standing
    const subject = body.subject === undefined ? own(asker) : subjectIn(body.subject)
    return c.json(told(world, asker, questionOf(world, body, subject), body.resource))
  },
})

const readExplanation = route({
  method: 'GET',
  path: '/explanations/:id',
  id: 'readExplanation',
  tag,
  summary: 'Why a request was refused',
  needs: { who: 'signed-in', asks: '`explain` on the tenant, or the refusal was yours' },
  params: { id: '`explanation` of a problem' },
  answers: {
    200: json(
      'What was refused, and what the answer would be now.',
      z.object({
        refused: z.object({
          action: z.string(),
          on: z.string(),
          revision: z.int(),
          atMs: z.number(),
        }),
        reasons: z.array(z.looseObject({})).optional(),
        now: explanationShape,
      }),
    ),
  },
  problems: ['explanation_unknown'],
  run: ({ c, deps, asker, params }) => {
    const { refusals, standing } = deps.context
    const { world } = standing
    const refusal = refusals.get(params.id)
    const who = refusal && (subjectOf(refusal.question.credential) ?? ANONYMOUS)
    if (refusal === undefined || who === undefined || !mayKnow(world, asker, who)) {
      throw new ApiProblem(
        'explanation_unknown',
        'there is no such explanation, or it is not yours',
        'refusals are explained for a while only: repeat what was refused',
      )
    }
    const { question, decision, atMs } = refusal
    const resource = resourceOf(world.policy, question.on) ?? (question.on as ResourceId)
    const asked = { subject: who, action: question.action, resource, standing: true } as const
    return c.json({
      refused: { action: question.action, on: question.on, revision: decision.revision, atMs },
      ...(mayPlace(world, asker, 'explain') ? { reasons: decision.reasons } : {}),
      now: told(world, asker, asked, question.on),
    })
  },
})

const idsShape = z.object({ ids: z.array(z.string()), next: z.string().optional() })

const listReachable = route({
  method: 'GET',
  path: '/access/resources',
  id: 'listAccessibleResources',
  tag,
  summary: 'The resources on which somebody may do something',
  needs: oneselfOrExplain,
  query: pageQuery.extend({ subject: name, action: name, type: name }),
  answers: { 200: json('One page, sorted.', idsShape) },
  problems: ['invalid'],
  run: ({ c, deps, asker, query }) => {
    const { world } = deps.context.standing
    const subject = subjectIn(query.subject)
    requireKnow(world, asker, subject)
    const { action, type } = query
    return c.json(listResources(world, { subject, action, type, ...pageAsked(query) }))
  },
})

const listAllowed = route({
  method: 'GET',
  path: '/access/subjects',
  id: 'listAllowedSubjects',
  tag,
  summary: 'Who may do something on a resource',
  needs: { who: 'person-or-key', may: 'explain' },
  query: pageQuery.extend({ action: name, resource: name }),
  answers: { 200: json('One page, sorted.', idsShape) },
  problems: ['invalid'],
  run: ({ c, deps, query }) => {
    const { world } = deps.context.standing
    const { action } = query
    const resource = resourceIn(world, query.resource)
    return c.json(listSubjects(world, { action, resource, ...pageAsked(query) }))
  },
})

const listPossible = route({
  method: 'GET',
  path: '/access/actions',
  id: 'listAllowedActions',
  tag,
  summary: 'What somebody may do on a resource',
  needs: oneselfOrExplain,
  query: z.object({ subject: name, resource: name }),
  answers: { 200: json('The actions.', z.object({ actions: z.array(z.string()) })) },
  problems: ['invalid'],
  run: ({ c, deps, asker, query }) => {
    const { world } = deps.context.standing
    const subject = subjectIn(query.subject)
    requireKnow(world, asker, subject)
    return c.json({ actions: listActions(world, subject, resourceIn(world, query.resource)) })
  },
})

export const explainRoutes: readonly AppRoute[] = [
  explainOne,
  readExplanation,
  listReachable,
  listAllowed,
  listPossible,
]

/** The explanation as far as the reader may know: everything for administrators, two sentences for the person. */
function told(world: World, asker: Asker, question: Question, target: string) {
  requireKnow(world, asker, question.subject)
  const explanation = explain(world, question)
  const { decision, verdict, path, facts, statements, nearest } = explanation
  const basics = {
    allowed: decision.allowed,
    revision: decision.revision,
    ...(decision.conditional === true ? { conditional: true } : {}),
    ...(decision.flipsAtMs === undefined ? {} : { flipsAtMs: decision.flipsAtMs }),
  }
  if (!mayPlace(world, asker, 'explain')) {
    const { message, remedy } = explanationText(explanation, 'person', target)
    return { ...basics, message, ...(remedy === undefined ? {} : { remedy }) }
  }
  const { message, remedy, lines } = explanationText(explanation, 'admin', target)
  return {
    ...basics,
    verdict,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    lines,
    path,
    facts,
    statements,
    nearest,
  }
}

function questionOf(
  world: World,
  body: z.output<typeof questionSchema>,
  subject: SubjectId,
): Question {
  const { action, message, context } = body
  const resource = resourceIn(world, body.resource)
  const asked = { subject, action: action as Action, resource }
  if (message === undefined && context === undefined) return { ...asked, standing: true }
  return {
    ...asked,
    ...(message === undefined
      ? {}
      : { message: { before: whole(message.before), after: whole(message.after) } }),
    context: (context ?? {}) as Attributes,
  }
}

function whole(said: z.output<typeof state> | null | undefined): MessageState | null {
  if (said === null || said === undefined) return null
  const { name: called = '', data = null, clientId = '', headers = {}, serial } = said
  return {
    name: called,
    data: data as MessageState['data'],
    clientId,
    headers: headers as Attributes,
    ...(serial === undefined ? {} : { serial }),
  }
}

function own(asker: Asker): SubjectId {
  const subject = subjectOf(asker.credential)
  if (subject !== undefined) return subject
  throw new Failure('invalid', 'a key is nobody: say whom the question is about', {
    remedy: 'add `subject`',
  })
}

function mayKnow(world: World, asker: Asker, subject: SubjectId): boolean {
  return mayPlace(world, asker, 'explain') || subjectOf(asker.credential) === subject
}

function requireKnow(world: World, asker: Asker, subject: SubjectId): void {
  if (!mayKnow(world, asker, subject)) requirePlace(world, asker, 'explain')
}
