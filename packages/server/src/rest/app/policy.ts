// The policy and the facts over our own API: read, check, try out, apply. Whoever may administer the place.

import { diffPolicies, type PolicyDocument, type Revision, type World } from '@sayso/policy'
import { PolicyInvalid, parsePolicy } from '@sayso/policy/document'
import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import { applyPolicy, policyChanges } from '../../commands/apply-policy.ts'
import { changeFacts } from '../../commands/change-facts.ts'
import { requireValid, withPeople } from '../../commands/changes-valid.ts'
import { Failure } from '../../commands/failure.ts'
import { actionsLacking } from '../../policy-lacks.ts'
import { versionOf } from '../../policy-version.ts'
import { impactOf, tryOut } from '../../simulation.ts'
import { changeSchema, changesOf } from './change-body.ts'
import { done } from './done.ts'
import {
  CHANGES_BODY_BYTES,
  checkShape,
  impactShape,
  POLICY_BODY_BYTES,
  policyShape,
  policyText,
  revision,
} from './policy-shapes.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, reason } from './shapes.ts'

const changes = z.array(changeSchema).min(1).max(1_000)
const changeBody = z.strictObject({ changes, reason, expected_revision: revision })
const policyBody = z.strictObject({ text: policyText, reason, expected_revision: revision })
const flips = z.int().min(0).max(1_000).optional().describe('list at most so many moves')
const trialBody = z.union([
  z.strictObject({ text: policyText, flips }),
  z.strictObject({ changes, flips }),
])
const tag = 'policy'
const EXAMPLE = 'version: 1\ntenant: …'

const readPolicy = route({
  method: 'GET',
  path: '/policy',
  id: 'readPolicy',
  tag,
  summary: 'The policy in force',
  needs: { who: 'person-or-key', may: 'read-policy' },
  answers: { 200: json('The document; its version is the ETag.', policyShape) },
  run: ({ c, deps }) => {
    const { world } = deps.context.standing
    const { document } = world.policy
    const version = versionOf(document)
    c.header('etag', `"${version}"`)
    const { policyText: text, revision } = world
    const lacks = [...actionsLacking(world.policy)]
    return c.json({ text, document, version, revision, lacks })
  },
})

const checkPolicy = route({
  method: 'POST',
  path: '/policy/check',
  id: 'checkPolicy',
  tag,
  summary: 'Check a document, and say in words what it would change',
  needs: { who: 'person-or-key', may: 'read-policy' },
  body: {
    schema: z.strictObject({ text: policyText }),
    example: { text: EXAMPLE },
    maxBytes: POLICY_BODY_BYTES,
  },
  answers: { 200: json('Its problems, or the differences.', checkShape) },
  run: ({ c, deps, body }) => c.json(checkOf(deps.context.standing.world, body.text)),
})

const putPolicy = route({
  method: 'PUT',
  path: '/policy',
  id: 'putPolicy',
  tag,
  summary: 'Put another document in force',
  about:
    'All of it or nothing, as one change. `If-Match` with the ETag of `GET /policy` refuses if another version is in force by then.',
  needs: { who: 'person-or-key', may: 'edit-policy' },
  body: {
    schema: policyBody,
    example: { text: EXAMPLE, reason: 'guests may read' },
    maxBytes: POLICY_BODY_BYTES,
  },
  answers: changed,
  problems: ['policy_invalid', 'version_changed', 'conflict'],
  run: async ({ c, deps, asker, body }) => {
    const document = readDocument(body.text)
    const { expectedVersion } = ifMatch(c)
    const committed = await applyPolicy(deps.context, asker, {
      document,
      text: body.text,
      ...(expectedVersion !== undefined && { expectedVersion }),
      ...expected(body),
    }).catch((error: unknown) => {
      const { policy } = deps.context.standing.world
      if (expectedVersion !== undefined && expectedVersion !== versionOf(policy.document))
        throw asChanged(error)
      throw error
    })
    c.header('etag', `"${versionOf(document)}"`)
    return done(c, committed)
  },
})

const makeChanges = route({
  method: 'POST',
  path: '/changes',
  id: 'makeChanges',
  tag: 'grants',
  summary: 'Make any set of changes to facts, all or none',
  about:
    'Roles and relations need `assign-role` on the tenant, people `manage-people`, resources `manage-app`. `null` takes an attribute away; one that is not named stays.',
  needs: { who: 'signed-in', asks: 'what each change needs on the tenant' },
  body: {
    schema: changeBody,
    example: {
      changes: [{ assign: 'channel:general#viewer@user:p1', expires_at: '2027-01-31T18:00:00Z' }],
    },
    maxBytes: CHANGES_BODY_BYTES,
  },
  answers: changed,
  problems: ['invalid', 'person_unknown', 'resource_unknown', 'role_unknown', 'conflict'],
  run: async ({ c, deps, asker, body }) => {
    // Reading many changes and making them are two pieces of work.
    await pause()
    const changes = (world: World) => changesOf(world, body.changes, deps.context.now())
    return done(c, await changeFacts(deps.context, asker, { changes, ...expected(body) }))
  },
})

const tryChanges = route({
  method: 'POST',
  path: '/simulate',
  id: 'simulate',
  tag,
  summary: 'What a document or changes would do to everybody, without doing it',
  needs: { who: 'person-or-key', may: 'edit-policy' },
  query: z.object({ after: z.string().max(2_500).optional().describe('`next` of the last page') }),
  body: { schema: trialBody, example: { text: EXAMPLE, flips: 20 }, maxBytes: POLICY_BODY_BYTES },
  answers: { 200: json('Who gains and loses what.', impactShape) },
  problems: ['policy_invalid', 'invalid', 'conflict'],
  run: async ({ c, deps, query, body }) => {
    const { context } = deps
    const { world } = context.standing
    const tried =
      'text' in body
        ? policyChanges(
            world,
            { document: readDocument(body.text), text: body.text },
            context.now(),
          )
        : changesOf(world, body.changes, context.now())
    requireValid(world, tried)
    const trial = await tryOut(deps, world, withPeople(world, tried), pause)
    const most = body.flips ?? 0
    const page = most === 0 ? {} : trial.simulation.page(query.after, most)
    return c.json({ ...impactOf(trial), ...page })
  },
})

export const policyRoutes: readonly AppRoute[] = [
  readPolicy,
  checkPolicy,
  putPolicy,
  tryChanges,
  makeChanges,
]

export function checkOf(world: World, text: string) {
  try {
    const document = parsePolicy(text)
    const differences = diffPolicies(world.policy.document, document)
    return { ok: true, version: versionOf(document), differences, problems: [] }
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error
    return { ok: false, problems: error.problems }
  }
}

/** @throws {ApiProblem} `policy_invalid`, with every problem found */
export function readDocument(text: string): PolicyDocument {
  try {
    return parsePolicy(text)
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error
    const [first] = error.problems
    const at = first === undefined ? '' : `line ${first.line}, column ${first.column}: `
    const detail = `${at}${first?.message ?? error.message}`
    throw new ApiProblem('policy_invalid', detail, first?.remedy, { problems: error.problems })
  }
}

/** A condition of the request that failed is told so, as for every other document. */
function asChanged(error: unknown): unknown {
  if (!(error instanceof Failure) || error.code !== 'conflict') return error
  return new ApiProblem('version_changed', error.message, error.remedy)
}

/** The version that `If-Match` names. */
function ifMatch(c: HonoContext): { readonly expectedVersion?: string } {
  const wanted = c.req.header('if-match')
  if (wanted === undefined || wanted === '*') return {}
  return { expectedVersion: wanted.replace(/^W\//, '').replaceAll('"', '') }
}

export function expected(body: {
  reason?: string | undefined
  expected_revision?: number | undefined
}) {
  return {
    ...(body.reason === undefined ? {} : { reason: body.reason }),
    ...(body.expected_revision === undefined
      ? {}
      : { expectedRevision: body.expected_revision as Revision }),
  }
}

export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
