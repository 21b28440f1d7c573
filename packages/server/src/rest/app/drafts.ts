// Drafts of the policy: kept, compared, tried out, put in force.

import * as z from 'zod'
import { applyPolicy, policyChanges } from '../../commands/apply-policy.ts'
import { actorOf } from '../../commands/asker.ts'
import { keepRecord } from '../../commands/keep-record.ts'
import { DRAFTS, ended } from '../../plans/plan-record.ts'
import { versionOf } from '../../policy-version.ts'
import { impactOf, tryOut } from '../../simulation.ts'
import { leftByKey, orLeft } from './approval-view.ts'
import { done } from './done.ts'
import { answered, draftOf, draftShape, listedDraft, listedShape, tagOf } from './draft-view.ts'
import { requireMatch } from './etag.ts'
import { checkOf, expected, pause, readDocument } from './policy.ts'
import {
  checkShape,
  impactShape,
  POLICY_BODY_BYTES,
  policyText,
  revision,
} from './policy-shapes.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, pageQuery, pageShape, reason } from './shapes.ts'

const tag = 'policy'
const params = { id: 'id of the draft' }
const edits = { who: 'person-or-key', may: 'edit-policy' } as const
const reads = { who: 'person-or-key', may: 'read-policy' } as const

const draftBody = z.strictObject({ title: z.string().min(1).max(120), text: policyText })
const draftExample = { title: 'Guests may read', text: 'version: 1\ntenant: …' }

const listDrafts = route({
  method: 'GET',
  path: '/policy/drafts',
  id: 'listDrafts',
  tag,
  summary: 'Drafts of the policy',
  needs: reads,
  query: pageQuery,
  answers: { 200: json('One page.', pageShape(listedShape)) },
  run: async ({ c, deps, query: { limit, after } }) => {
    const more = after === undefined ? {} : { afterKey: after }
    const found = await deps.context.store.records({ collection: DRAFTS, limit, ...more })
    const last = found.length === limit ? found.at(-1) : undefined
    const items = found.map(listedDraft)
    return c.json({ items, ...(last === undefined ? {} : { next: last.key }) })
  },
})

const makeDraft = route({
  method: 'POST',
  path: '/policy/drafts',
  id: 'makeDraft',
  tag,
  summary: 'Keep a draft',
  about: 'It may have problems yet. It is based on the version in force now.',
  needs: edits,
  body: { schema: draftBody, example: draftExample, maxBytes: POLICY_BODY_BYTES },
  answers: { 201: json('The draft; its version is the ETag.', draftShape) },
  problems: ['invalid'],
  run: async ({ c, deps, asker, body }) => {
    const { context } = deps
    const key = context.randomId(9)
    const base = versionOf(context.standing.world.policy.document)
    const value = { ...body, author: actorOf(asker), base }
    const record = { collection: DRAFTS, key, value, expectVersion: 0 }
    await keepRecord(context, asker, { may: 'edit-policy', record, command: 'make-draft' })
    return answered(c, await draftOf(deps, key), 201)
  },
})

const readDraft = route({
  method: 'GET',
  path: '/policy/drafts/:id',
  id: 'readDraft',
  tag,
  summary: 'A draft',
  needs: reads,
  params,
  answers: { 200: json('The draft; its version is the ETag.', draftShape) },
  problems: ['draft_unknown'],
  run: async ({ c, deps, params: { id } }) => answered(c, await draftOf(deps, id), 200),
})

const putDraft = route({
  method: 'PUT',
  path: '/policy/drafts/:id',
  id: 'putDraft',
  tag,
  summary: 'Write a draft anew',
  about: '`If-Match` refuses if somebody has written it since you read it.',
  needs: edits,
  params,
  body: { schema: draftBody, example: draftExample, maxBytes: POLICY_BODY_BYTES },
  answers: { 200: json('The draft.', draftShape) },
  problems: ['draft_unknown', 'version_changed', 'conflict', 'invalid'],
  run: async ({ c, deps, asker, params: { id }, body }) => {
    const known = await draftOf(deps, id)
    requireMatch(c, tagOf(known))
    const { key, value, version: expectVersion } = known
    const record = { collection: DRAFTS, key, value: { ...value, ...body }, expectVersion }
    await keepRecord(deps.context, asker, { may: 'edit-policy', record, command: 'put-draft' })
    return answered(c, await draftOf(deps, id), 200)
  },
})

const removeDraft = route({
  method: 'DELETE',
  path: '/policy/drafts/:id',
  id: 'removeDraft',
  tag,
  summary: 'Throw a draft away',
  needs: edits,
  params,
  answers: changed,
  problems: ['draft_unknown', 'version_changed', 'conflict'],
  run: async ({ c, deps, asker, params: { id } }) => {
    const known = await draftOf(deps, id)
    requireMatch(c, tagOf(known))
    const record = ended(known)
    const command = 'remove-draft'
    return done(c, await keepRecord(deps.context, asker, { may: 'edit-policy', record, command }))
  },
})

const compareDraft = route({
  method: 'GET',
  path: '/policy/drafts/:id/diff',
  id: 'compareDraft',
  tag,
  summary: 'What a draft changes, in words',
  needs: reads,
  params,
  answers: {
    200: json(
      'Its problems, or the differences from the policy in force.',
      checkShape.extend({ isBehind: z.boolean().describe('another version is in force by now') }),
    ),
  },
  problems: ['draft_unknown'],
  run: async ({ c, deps, params: { id } }) => {
    const { value } = await draftOf(deps, id)
    const { world } = deps.context.standing
    const isBehind = versionOf(world.policy.document) !== value.base
    return c.json({ ...checkOf(world, String(value.text)), isBehind })
  },
})

const tryDraft = route({
  method: 'POST',
  path: '/policy/drafts/:id/simulate',
  id: 'tryDraft',
  tag,
  summary: 'What a draft would do to everybody',
  needs: edits,
  params,
  query: z.object({ after: z.string().max(2_500).optional().describe('`next` of the last page') }),
  body: {
    schema: z.strictObject({ flips: z.int().min(0).max(1_000).optional() }),
    example: { flips: 20 },
  },
  answers: { 200: json('Who gains and loses what.', impactShape) },
  problems: ['draft_unknown', 'policy_invalid', 'conflict'],
  run: async ({ c, deps, params: { id }, query, body: { flips = 0 } }) => {
    const { value } = await draftOf(deps, id)
    const { world } = deps.context.standing
    const text = String(value.text)
    const document = readDocument(text)
    const changes = policyChanges(world, { document, text }, deps.context.now())
    const trial = await tryOut(deps, world, changes, pause)
    const page = flips === 0 ? {} : trial.simulation.page(query.after, flips)
    return c.json({ ...impactOf(trial), ...page })
  },
})

const applyDraft = route({
  method: 'POST',
  path: '/policy/drafts/:id/apply',
  id: 'applyDraft',
  tag,
  summary: 'Put a draft in force',
  about:
    'Refused with `conflict` if another version came into force since the draft was begun, unless `over` names that version. The draft is gone afterwards; what was in force is kept among the versions.',
  needs: edits,
  params,
  body: {
    schema: z.strictObject({
      reason,
      expected_revision: revision,
      over: z.string().max(64).optional().describe('the version in force that it may replace'),
    }),
    example: { reason: 'guests may read' },
  },
  answers: { ...changed, ...leftByKey },
  problems: ['draft_unknown', 'version_changed', 'policy_invalid', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, body }) => {
    const known = await draftOf(deps, id)
    requireMatch(c, tagOf(known))
    const text = String(known.value.text)
    const document = readDocument(text)
    const over = body.over ?? String(known.value.base)
    const wanted = () =>
      ({ action: 'apply-policy', draft: id, version: known.version, over }) as const
    const title = () => String(known.value.title)
    return orLeft({ c, deps, asker, wanted, title, reason: body.reason }, async () =>
      done(
        c,
        await applyPolicy(deps.context, asker, {
          document,
          text,
          expectedVersion: over,
          records: [ended(known)],
          ...expected(body),
        }),
      ),
    )
  },
})

export const draftRoutes: readonly AppRoute[] = [
  listDrafts,
  makeDraft,
  readDraft,
  putDraft,
  removeDraft,
  compareDraft,
  tryDraft,
  applyDraft,
]
