// Why: any question explained to those who run the place, one's own to anybody, and who can do what where.

import {
  type Action,
  ANONYMOUS,
  type Attributes,
  decide,
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
  tenantOf,
  type World,
} from '@sayso/policy'
import type { DecisionLine } from '@sayso/store'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { noteRead } from '../../commands/note-read.ts'
import { mayPlace, requirePlace } from '../../commands/require-place.ts'
import { tenantsWhere } from '../../commands/require-tenants.ts'
import type { Answering } from '../../observe/decisions.ts'
import { decisionNamed } from './decision-log.ts'
import type { AppRest } from './deps.ts'
import { askedAt } from './explained-time.ts'
import { resourceIn, subjectIn } from './names-in.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { instant, pageAsked, pageQuery } from './shapes.ts'

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
  at: instant
    .optional()
    .describe('as it was then, or as it will be if nothing but time goes on; absent: now'),
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
    nearest: z
      .array(z.looseObject({ words: z.string() }))
      .optional()
      .describe('absent for what is over'),
    past: z
      .object({
        atMs: z.number(),
        policy: z.string().describe('version of the policy that was in force'),
        sinceMs: z.number().describe('from here on the past is known'),
        allowedNow: z.boolean().describe('the same question asked now'),
      })
      .optional()
      .describe('the answer is of a time that is over'),
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
  about:
    'A time that is over is answered from the log of rights, which keeps every change: that takes `explain`. The path, the facts and the policy are those of then; people who were erased since are not in it.',
  problems: ['invalid', 'past_unknown'],
  run: async ({ c, deps, asker, body }) => {
    const { world: now } = deps.context.standing
    const subject = body.subject === undefined ? own(asker) : subjectIn(body.subject)
    requireKnow(now, asker, subject)
    const { world, past } = await askedAt(deps, asker, body.at)
    const question = questionOf(world, body, subject)
    const answer = explained(world, question, body.resource, mayPlace(now, asker, 'explain'))
    const { resource } = question
    if (past === undefined)
      answering(deps, asker).answered({
        ...question,
        on: body.resource,
        tenant: tenantOf(world, resource),
        decision: decide(world, question),
      })
    await noteExplained(deps, asker, subject)
    if (past === undefined) return c.json(answer)
    const { nearest: _, ...was } = answer as typeof answer & { nearest?: unknown }
    const { allowed: allowedNow } = decide(now, questionOf(now, body, subject))
    return c.json({ ...was, past: { ...past, allowedNow } })
  },
})

const askedShape = z.object({
  action: z.string(),
  on: z.string(),
  revision: z.int(),
  atMs: z.number(),
})

const readExplanation = route({
  method: 'GET',
  path: '/explanations/:id',
  id: 'readExplanation',
  tag,
  summary: 'Why a request was refused, or allowed',
  needs: { who: 'signed-in', asks: '`explain` on the tenant, or the refusal was yours' },
  params: { id: '`explanation` of a problem' },
  answers: {
    200: json(
      'What was refused, and what the answer would be now.',
      z.object({
        refused: askedShape.optional(),
        allowed: askedShape.optional().describe('instead, if it was not refused'),
        subject: z.string().optional().describe('who asked, for whoever may `explain`'),
        resource: z.string().optional().describe('what it was about, likewise'),
        reasons: z.array(z.looseObject({})).optional(),
        now: explanationShape,
      }),
    ),
  },
  problems: ['explanation_unknown'],
  run: async ({ c, deps, asker, params }) => {
    const line = await decisionNamed(deps, params.id)
    const { world } = deps.context.standing
    if (line === undefined || !mayOpen(world, asker, line)) {
      throw new ApiProblem(
        'explanation_unknown',
        'there is no such explanation, or it is not yours',
        'decisions are kept for a while only: repeat what was refused',
      )
    }
    const subject = (line.subject ?? ANONYMOUS) as SubjectId
    await noteExplained(deps, asker, subject)
    const { action, on, revision, atMs, allowed } = line
    const resource = (line.resource ?? resourceOf(world.policy, on) ?? on) as ResourceId
    const asked = { subject, action: action as Action, resource, standing: true } as const
    const isWhole = mayExplain(world, asker, line.tenant)
    const reasons = isWhole && line.reasons !== undefined ? JSON.parse(line.reasons) : undefined
    return c.json({
      [allowed ? 'allowed' : 'refused']: { action, on, revision, atMs },
      ...(isWhole ? { subject, resource } : {}),
      ...(reasons === undefined ? {} : { reasons }),
      now: explained(world, asked, on, isWhole),
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
  run: async ({ c, deps, asker, query }) => {
    const { world } = deps.context.standing
    const subject = subjectIn(query.subject)
    requireKnow(world, asker, subject)
    const { action, type } = query
    const page = listResources(world, { subject, action, type, ...pageAsked(query) })
    answering(deps, asker).listed({ subject, action, on: type, found: page.ids.length })
    await noteExplained(deps, asker, subject)
    return c.json(page)
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
  run: async ({ c, deps, asker, query }) => {
    const { world } = deps.context.standing
    const { action } = query
    const resource = resourceIn(world, query.resource)
    const page = listSubjects(world, { action, resource, ...pageAsked(query) })
    const tenant = tenantOf(world, resource)
    const found = page.ids.length
    answering(deps, asker).listed({ action, on: query.resource, resource, tenant, found })
    await noteExplained(deps, asker, resource)
    return c.json(page)
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
  run: async ({ c, deps, asker, query }) => {
    const { world } = deps.context.standing
    const subject = subjectIn(query.subject)
    requireKnow(world, asker, subject)
    const resource = resourceIn(world, query.resource)
    const actions = listActions(world, subject, resource)
    const where = { on: query.resource, resource, tenant: tenantOf(world, resource) }
    answering(deps, asker).listed({ subject, action: '*', ...where, found: actions.length })
    await noteExplained(deps, asker, subject)
    return c.json({ actions })
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
function explained(world: World, question: Question, target: string, isWhole: boolean) {
  const explanation = explain(world, question)
  const { decision, verdict, path, facts, statements, nearest } = explanation
  const basics = {
    allowed: decision.allowed,
    revision: decision.revision,
    ...(decision.conditional === true ? { conditional: true } : {}),
    ...(decision.flipsAtMs === undefined ? {} : { flipsAtMs: decision.flipsAtMs }),
  }
  if (!isWhole) {
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

/** Who is asked about in a line, and who runs the place or its tenant. */
function mayOpen(world: World, asker: Asker, { subject, tenant }: DecisionLine): boolean {
  const own = subjectOf(asker.credential)
  return mayExplain(world, asker, tenant) || (own !== undefined && own === subject)
}

function mayExplain(world: World, asker: Asker, tenant: string | undefined): boolean {
  const tenants = tenantsWhere(world, asker, 'explain')
  return tenants === 'all' || (tenant !== undefined && tenants.includes(tenant as ResourceId))
}

function answering({ context }: AppRest, asker: Asker): Answering {
  return context.decisions.answering(asker.door ?? 'api', asker)
}

/** Looking into what others may leaves a line. */
async function noteExplained({ context }: AppRest, asker: Asker, target: string): Promise<void> {
  if (subjectOf(asker.credential) === target) return
  await noteRead(context, asker, 'read.explanation', target)
}

function mayKnow(world: World, asker: Asker, subject: SubjectId): boolean {
  return mayPlace(world, asker, 'explain') || subjectOf(asker.credential) === subject
}

function requireKnow(world: World, asker: Asker, subject: SubjectId): void {
  if (!mayKnow(world, asker, subject)) requirePlace(world, asker, 'explain')
}
