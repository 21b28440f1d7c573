// The policy and the facts over our own API: read, check, try out, apply. Whoever may administer the place.

import { diffPolicies, type PolicyDocument, type Revision, type World } from '@sayso/policy'
import { PolicyInvalid, parsePolicy } from '@sayso/policy/document'
import { Hono, type Context as HonoContext } from 'hono'
import * as z from 'zod'
import { applyPolicy, policyChanges } from '../../commands/apply-policy.ts'
import { changeFacts } from '../../commands/change-facts.ts'
import { requireValid, withPeople } from '../../commands/changes-valid.ts'
import { requireAdmin } from '../../commands/require-admin.ts'
import { versionOf } from '../../policy-version.ts'
import { impactOf, tryOut } from '../../simulation.ts'
import { changeSchema, changesOf } from './change-body.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { readJson } from './json.ts'
import { ApiProblem } from './problem.ts'
import { caller } from './visitor.ts'

const reason = z.string().max(500).optional()
const revision = z.int().min(0).optional()
const changes = z.array(changeSchema).min(1).max(1_000)
const changeBody = z.strictObject({ changes, reason, expected_revision: revision })
const policyText = z.string().max(1_048_576)
const policyBody = z.strictObject({ text: policyText, reason, expected_revision: revision })
const trialBody = z.union([
  z.strictObject({ text: policyText, flips: z.int().min(0).max(1_000).optional() }),
  z.strictObject({ changes, flips: z.int().min(0).max(1_000).optional() }),
])

export function policyRoutes(deps: AppRest): Hono {
  const app = new Hono()
  const { context } = deps
  app.get('/policy', async (c) => {
    const asker = await caller(deps, c)
    const { world } = context.standing
    requireAdmin(world, asker, 'read the policy')
    c.header('etag', `"${versionOf(world.policy.document)}"`)
    c.header('cache-control', 'no-store')
    return c.json(policyView(world))
  })
  app.post('/policy/check', async (c) => {
    requireAdmin(context.standing.world, await caller(deps, c), 'read the policy')
    const { text } = await readJson(c, z.strictObject({ text: policyText }), deps.maxBodyBytes)
    return c.json(checkOf(context.standing.world, text))
  })
  app.put('/policy', async (c) => {
    const asker = await caller(deps, c)
    requireAdmin(context.standing.world, asker, 'change the policy')
    const body = await readJson(c, policyBody, deps.maxBodyBytes)
    const document = read(body.text)
    const committed = await applyPolicy(context, asker, {
      document,
      text: body.text,
      ...ifMatch(c),
      ...expected(body),
    })
    c.header('etag', `"${versionOf(document)}"`)
    return done(c, committed)
  })
  app.post('/changes', async (c) => {
    const asker = await caller(deps, c)
    requireAdmin(context.standing.world, asker, 'change rights')
    const body = await readJson(c, changeBody, deps.maxBodyBytes)
    // Reading many changes and making them are two pieces of work.
    await pause()
    const changes = (world: World) => changesOf(world, body.changes, context.now())
    return done(c, await changeFacts(context, asker, { changes, ...expected(body) }))
  })
  app.post('/simulate', async (c) => {
    const asker = await caller(deps, c)
    requireAdmin(context.standing.world, asker, 'try out changes')
    const body = await readJson(c, trialBody, deps.maxBodyBytes)
    const { world } = context.standing
    const tried =
      'text' in body
        ? policyChanges(world, { document: read(body.text), text: body.text }, context.now())
        : changesOf(world, body.changes, context.now())
    requireValid(world, tried)
    const trial = await tryOut(deps.hub, world, withPeople(world, tried), pause)
    const most = body.flips ?? 0
    const page = most === 0 ? {} : trial.simulation.page(c.req.query('after'), most)
    return c.json({ ...impactOf(trial), ...page })
  })
  return app
}

function policyView(world: World) {
  const { document } = world.policy
  return {
    text: world.policyText,
    document,
    version: versionOf(document),
    revision: world.revision,
  }
}

function checkOf(world: World, text: string) {
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
function read(text: string): PolicyDocument {
  try {
    return parsePolicy(text)
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error
    const [first] = error.problems
    const at = first === undefined ? '' : `line ${first.line}, column ${first.column}: `
    throw new ApiProblem(
      400,
      'policy_invalid',
      'Policy not valid',
      `${at}${first?.message ?? error.message}`,
      first?.remedy,
      { problems: error.problems },
    )
  }
}

/** The version that `If-Match` names. */
function ifMatch(c: HonoContext): { readonly expectedVersion?: string } {
  const wanted = c.req.header('if-match')
  if (wanted === undefined || wanted === '*') return {}
  return { expectedVersion: wanted.replace(/^W\//, '').replaceAll('"', '') }
}

function expected(body: { reason?: string | undefined; expected_revision?: number | undefined }) {
  return {
    ...(body.reason === undefined ? {} : { reason: body.reason }),
    ...(body.expected_revision === undefined
      ? {}
      : { expectedRevision: body.expected_revision as Revision }),
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
