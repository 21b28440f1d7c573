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
  NameInvalid,
  parseResourceId,
  parseSubjectId,
  type Question,
  type ResourceId,
  resourceOf,
  type SubjectId,
  subjectOf,
  type World,
} from '@sayso/policy'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { mayAdminister, requireAdmin } from '../../commands/require-admin.ts'
import type { AppRest } from './deps.ts'
import { readJson } from './json.ts'
import { ApiProblem } from './problem.ts'
import { caller } from './visitor.ts'

const name = z.string().min(1).max(400)
const json = z.record(z.string(), z.json())
const state = z
  .strictObject({
    name: z.string(),
    data: z.json(),
    clientId: z.string(),
    headers: json,
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
  context: json.optional(),
})
const MOST_LISTED = 1_000

export function explainRoutes(deps: AppRest): Hono {
  const app = new Hono()
  const { context } = deps
  app.post('/explain', async (c) => {
    const asker = await caller(deps, c)
    const body = await readJson(c, questionSchema, deps.maxBodyBytes)
    const { world } = context.standing
    const subject = body.subject === undefined ? own(asker) : subjectIn(body.subject)
    const question = questionOf(world, body, subject)
    return c.json(told(world, asker, question, body.resource))
  })
  app.get('/explanations/:id', async (c) => {
    const asker = await caller(deps, c)
    const { world } = context.standing
    const refusal = context.refusals.get(c.req.param('id'))
    const who = refusal && (subjectOf(refusal.question.credential) ?? ANONYMOUS)
    if (refusal === undefined || who === undefined || !mayKnow(world, asker, who)) {
      throw new ApiProblem(
        404,
        'explanation_unknown',
        'Not found',
        'there is no such explanation, or it is not yours',
        'refusals are explained for a while only: repeat what was refused',
      )
    }
    const { question, decision, atMs } = refusal
    const resource = resourceOf(world.policy, question.on) ?? (question.on as ResourceId)
    const asked = { subject: who, action: question.action, resource, standing: true } as const
    return c.json({
      refused: { action: question.action, on: question.on, revision: decision.revision, atMs },
      ...(mayAdminister(world, asker) ? { reasons: decision.reasons } : {}),
      now: told(world, asker, asked, question.on),
    })
  })
  app.get('/access/resources', async (c) => {
    const asker = await caller(deps, c)
    const { world } = context.standing
    const subject = subjectIn(required(c.req.query('subject'), 'subject'))
    requireKnow(world, asker, subject)
    const action = required(c.req.query('action'), 'action')
    const type = required(c.req.query('type'), 'type')
    return c.json(listResources(world, { subject, action, type, ...pageOf(c.req.query()) }))
  })
  app.get('/access/subjects', async (c) => {
    const { world } = context.standing
    requireAdmin(world, await caller(deps, c), 'list who may do what')
    const action = required(c.req.query('action'), 'action')
    const resource = resourceIn(world, required(c.req.query('resource'), 'resource'))
    return c.json(listSubjects(world, { action, resource, ...pageOf(c.req.query()) }))
  })
  app.get('/access/actions', async (c) => {
    const asker = await caller(deps, c)
    const { world } = context.standing
    const subject = subjectIn(required(c.req.query('subject'), 'subject'))
    requireKnow(world, asker, subject)
    const resource = resourceIn(world, required(c.req.query('resource'), 'resource'))
    return c.json({ actions: listActions(world, subject, resource) })
  })
  return app
}

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
  if (!mayAdminister(world, asker)) {
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

function subjectIn(text: string): SubjectId {
  return named(() => parseSubjectId(text))
}

/** A channel stands for the resource that governs it. */
function resourceIn(world: World, text: string): ResourceId {
  return resourceOf(world.policy, text) ?? named(() => parseResourceId(text))
}

function named<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof NameInvalid)) throw error
    throw new Failure('invalid', error.message, { remedy: error.remedy })
  }
}

function mayKnow(world: World, asker: Asker, subject: SubjectId): boolean {
  return mayAdminister(world, asker) || subjectOf(asker.credential) === subject
}

function requireKnow(world: World, asker: Asker, subject: SubjectId): void {
  if (!mayKnow(world, asker, subject)) requireAdmin(world, asker, 'ask about other people')
}

function required(text: string | undefined, field: string): string {
  if (text !== undefined && text !== '') return text
  throw new Failure('invalid', `\`${field}\` is missing`, { remedy: `add \`?${field}=…\`` })
}

function pageOf(query: Readonly<Record<string, string>>) {
  const limit = Number(query.limit ?? 100)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED) {
    throw new Failure('invalid', '`limit` is no whole number from 1 to 1000')
  }
  return { limit, ...(query.after === undefined ? {} : { after: query.after }) }
}
