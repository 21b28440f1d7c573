// A draft tried in shadow: begun, looked at while it goes on, ended.

import * as z from 'zod'
import { beginShadow } from '../../commands/begin-shadow.ts'
import { endShadow } from '../../commands/end-shadow.ts'
import { noteRead } from '../../commands/note-read.ts'
import { instantOf } from '../../plans/due-plan.ts'
import { MOST_DIFFERENCES } from '../../shadow/shadow-record.ts'
import type { AppRest } from './deps.ts'
import { draftOf, tagOf } from './draft-view.ts'
import { requireMatch } from './etag.ts'
import { readDocument } from './policy.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'

const tag = 'policy'
const edits = { who: 'person-or-key', may: 'edit-policy' } as const

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MINUTE_MS = 60_000

const shadowShape = z
  .object({
    draft: z.string().describe('id of the draft it was'),
    title: z.string(),
    base: z.string().describe('the version of the policy it was begun from'),
    by: z.string(),
    share: z.int().describe('how many of a hundred questions are decided beside'),
    began: z.string(),
    until: z.string(),
    isOn: z.boolean(),
    asked: z.int().describe('questions that were taken'),
    skipped: z.int().describe('of those, not decided beside: too many at once, or not repeatable'),
    differed: z.int(),
    others: z.int().describe('of those, beyond what is listed'),
    differences: z
      .array(
        z.object({
          subject: z.string().optional(),
          action: z.string(),
          on: z.string(),
          allowed: z.boolean().describe('what was answered; the draft says the opposite'),
          by: z.string().optional().describe('what decided: a rule, a grant, a layer'),
          shadowBy: z.string().optional().describe('the same, of the draft'),
          count: z.int(),
          firstAt: z.string(),
          lastAt: z.string(),
        }),
      )
      .describe(`the ${MOST_DIFFERENCES} that were found first, the most frequent first`),
  })
  .meta({ id: 'Shadow', description: 'A draft that is tried beside the policy in force.' })

const begin = route({
  method: 'POST',
  path: '/policy/drafts/:id/shadow',
  id: 'tryInShadow',
  tag,
  summary: 'Try a draft in shadow',
  about:
    'For a time, questions that are really asked are decided by it as well, beside everything else: it answers nobody, and nothing waits for it. What it would have answered otherwise is counted. It is tried as it is now; one at a time.',
  needs: edits,
  params: { id: 'id of the draft' },
  body: {
    schema: z.strictObject({
      forMs: z
        .int()
        .min(MINUTE_MS)
        .max(7 * DAY_MS)
        .default(DAY_MS),
      share: z.int().min(1).max(100).default(100),
    }),
    example: { forMs: DAY_MS, share: 25 },
  },
  answers: { 201: json('It has begun.', shadowShape) },
  problems: ['draft_unknown', 'version_changed', 'policy_invalid', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, body }) => {
    const draft = await draftOf(deps, id)
    requireMatch(c, tagOf(draft))
    const document = readDocument(String(draft.value.text))
    await beginShadow(deps.context, asker, { draft, document, ...body })
    return c.json(view(deps), 201)
  },
})

const read = route({
  method: 'GET',
  path: '/policy/shadow',
  id: 'readShadow',
  tag,
  summary: 'What is tried in shadow, and what it would have answered otherwise',
  about:
    'Counts survive a restart; a crash loses those of the last seconds. What was asked by whom is other people’s: reading it leaves a line.',
  needs: { who: 'person-or-key', may: 'read-decisions' },
  answers: { 200: json('The one that is tried, or was tried last.', shadowShape) },
  problems: ['shadow_unknown'],
  run: async ({ c, deps, asker }) => {
    const shown = view(deps)
    if (shown.differences.length > 0)
      await noteRead(deps.context, asker, 'read.decisions', 'policy-shadow')
    return c.json(shown)
  },
})

const end = route({
  method: 'DELETE',
  path: '/policy/shadow',
  id: 'endShadow',
  tag,
  summary: 'End what is tried in shadow',
  about: 'What it found stays to be read until another one is tried.',
  needs: edits,
  answers: { 200: json('It has ended.', shadowShape) },
  problems: ['shadow_unknown', 'conflict'],
  run: async ({ c, deps, asker }) => {
    view(deps)
    await endShadow(deps.context, asker)
    return c.json(view(deps))
  },
})

export const shadowRoutes: readonly AppRoute[] = [begin, read, end]

/** @throws {ApiProblem} `shadow_unknown` */
function view({ context: { shadow } }: AppRest) {
  const { kept } = shadow
  if (kept === undefined)
    throw new ApiProblem('shadow_unknown', 'nothing is tried in shadow', 'try a draft first')
  const { text: _, beganAtMs, untilMs, endedAtMs, counts, ...trial } = kept
  return {
    ...trial,
    ...counts,
    began: instantOf(beganAtMs),
    until: instantOf(endedAtMs ?? untilMs),
    isOn: shadow.isOn,
    differences: shadow.differences().map(({ firstAtMs, lastAtMs, ...difference }) => ({
      ...difference,
      firstAt: instantOf(firstAtMs),
      lastAt: instantOf(lastAtMs),
    })),
  }
}
