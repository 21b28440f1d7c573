// Changes of the policy that wait for their instant: planned from a draft, seen, moved, taken back.

import type { StoredRecord } from '@sayso/store'
import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import { cancelPlan } from '../../commands/cancel-plan.ts'
import { movePlan } from '../../commands/move-plan.ts'
import { planPolicy } from '../../commands/plan-policy.ts'
import { instantOf } from '../../plans/due-plan.ts'
import { PLANS, planOf } from '../../plans/plan-record.ts'
import { allPlans } from '../../plans/plans.ts'
import { leftByKey, orLeft } from './approval-view.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { draftOf, tagOf } from './draft-view.ts'
import { requireMatch } from './etag.ts'
import { readDocument } from './policy.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, instant, reason } from './shapes.ts'

const tag = 'policy'
const params = { id: 'id of the plan; the draft had the same' }
const edits = { who: 'person-or-key', may: 'edit-policy' } as const
const reads = { who: 'person-or-key', may: 'read-policy' } as const

const listedPlanShape = z
  .object({
    id: z.string(),
    title: z.string(),
    author: z.string().describe('who wrote the draft'),
    by: z.string().describe('who planned it'),
    base: z.string().describe('the version it replaces; no other'),
    at: z.string().describe('when it is to hold'),
    reason: z.string(),
    plannedAt: z.string(),
    approvedBy: z.string().optional().describe('the second person'),
    problem: z
      .object({
        code: z.enum(['policy_changed', 'denied', 'policy_invalid', 'conflict']),
        detail: z.string(),
        at: z.string(),
      })
      .optional()
      .describe('it came due and was not carried out'),
  })
  .meta({ id: 'ListedPlan' })
const planShape = listedPlanShape.extend({ text: z.string() }).meta({ id: 'Plan' })

const listPlans = route({
  method: 'GET',
  path: '/policy/plans',
  id: 'listPlans',
  tag,
  summary: 'Planned changes of the policy',
  about: 'The next one first; those that were not carried out stay until somebody takes them back.',
  needs: reads,
  answers: {
    200: json('All of them.', z.object({ items: z.array(listedPlanShape), now: z.string() })),
  },
  run: async ({ c, deps }) => {
    const found = await allPlans(deps.context.store)
    const items = found.map(listedPlan).sort((a, b) => (a.at < b.at ? -1 : 1))
    return c.json({ items, now: instantOf(deps.context.now()) })
  },
})

const readPlan = route({
  method: 'GET',
  path: '/policy/plans/:id',
  id: 'readPlan',
  tag,
  summary: 'A planned change with its text',
  needs: reads,
  params,
  answers: { 200: json('The plan; its version is the ETag.', planShape) },
  problems: ['plan_unknown'],
  run: async ({ c, deps, params: { id } }) => answered(c, await planNamed(deps, id), 200),
})

const makePlan = route({
  method: 'POST',
  path: '/policy/drafts/:id/plan',
  id: 'planDraft',
  tag,
  summary: 'Put a draft in force at an instant',
  about:
    'The draft becomes a plan: nobody can change it any more, and it is put in force by itself at that instant, also after a restart. Then it is refused if another policy is in force than the one it was held against, or if you may not change the policy any more.',
  needs: edits,
  params: { id: 'id of the draft' },
  body: {
    schema: z.strictObject({
      at: instant,
      reason: z.string().min(1).max(500).describe('why; kept in the audit log'),
      over: z.string().max(64).optional().describe('the version in force that it may replace'),
    }),
    example: { at: '2027-01-31T18:00:00Z', reason: 'guests may read from February on' },
  },
  answers: { 201: json('The plan.', planShape), ...leftByKey },
  problems: ['draft_unknown', 'version_changed', 'policy_invalid', 'conflict', 'invalid'],
  run: async ({ c, deps, asker, params: { id }, body }) => {
    const draft = await draftOf(deps, id)
    requireMatch(c, tagOf(draft))
    const document = readDocument(String(draft.value.text))
    const { at: atMs, reason: why, over = String(draft.value.base) } = body
    const input = { draft, document, atMs, reason: why, expectedVersion: over }
    const wanted = () =>
      ({ action: 'apply-policy', draft: id, version: draft.version, over, atMs }) as const
    const title = () => String(draft.value.title)
    return orLeft({ c, deps, asker, wanted, title, reason: why }, async () => {
      await planPolicy(deps.context, asker, input)
      return answered(c, await planNamed(deps, id), 201)
    })
  },
})

const changePlan = route({
  method: 'PATCH',
  path: '/policy/plans/:id',
  id: 'movePlan',
  tag,
  summary: 'Move a planned change to another instant',
  needs: edits,
  params,
  body: {
    schema: z.strictObject({ at: instant, reason }),
    example: { at: '2027-02-01T08:00:00Z' },
  },
  answers: { 200: json('The plan.', planShape) },
  problems: ['plan_unknown', 'version_changed', 'conflict', 'invalid'],
  run: async ({ c, deps, asker, params: { id }, body: { at: atMs, reason: why } }) => {
    const plan = await planNamed(deps, id)
    requireMatch(c, tagOf(plan))
    await movePlan(deps.context, asker, { plan, atMs, reason: why })
    return answered(c, await planNamed(deps, id), 200)
  },
})

const removePlan = route({
  method: 'DELETE',
  path: '/policy/plans/:id',
  id: 'cancelPlan',
  tag,
  summary: 'Take a planned change back; it is a draft again',
  needs: edits,
  params,
  query: z.object({ reason }),
  answers: changed,
  problems: ['plan_unknown', 'version_changed', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, query: { reason: why } }) => {
    const plan = await planNamed(deps, id)
    requireMatch(c, tagOf(plan))
    return done(c, await cancelPlan(deps.context, asker, { plan, reason: why }))
  },
})

export const planRoutes: readonly AppRoute[] = [
  listPlans,
  readPlan,
  makePlan,
  changePlan,
  removePlan,
]

/** @throws {ApiProblem} `plan_unknown` */
async function planNamed({ context }: AppRest, id: string): Promise<StoredRecord> {
  const record = await context.store.record(PLANS, id)
  if (record !== undefined) return record
  throw new ApiProblem('plan_unknown', 'there is no such plan; perhaps it came into force')
}

function listedPlan(record: StoredRecord) {
  const { text: _, atMs, plannedAtMs, problem, isFromElsewhere: __, ...rest } = planOf(record)
  return {
    id: record.key,
    ...rest,
    at: instantOf(atMs),
    plannedAt: instantOf(plannedAtMs),
    ...(problem && {
      problem: { code: problem.code, detail: problem.detail, at: instantOf(problem.atMs) },
    }),
  }
}

function answered(c: HonoContext, record: StoredRecord, status: 200 | 201): Response {
  c.header('etag', tagOf(record))
  return c.json({ ...listedPlan(record), text: planOf(record).text }, status)
}
