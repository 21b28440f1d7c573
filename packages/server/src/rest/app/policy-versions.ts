// The versions of the policy there were, to be read and restored.

import * as z from 'zod'
import { applyPolicy } from '../../commands/apply-policy.ts'
import { type KeptVersion, listVersions, readVersion } from '../../policy-history.ts'
import { versionOf } from '../../policy-version.ts'
import { leftByKey, orLeft } from './approval-view.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { expected, readDocument } from './policy.ts'
import { revision } from './policy-shapes.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, pageQuery, pageShape, reason } from './shapes.ts'

const tag = 'policy'
const edits = { who: 'person-or-key', may: 'edit-policy' } as const
const reads = { who: 'person-or-key', may: 'read-policy' } as const

const versionShape = z
  .object({
    id: z.string(),
    version: z.string(),
    at: z.string(),
    by: z.string().optional(),
    reason: z.string().optional(),
    inForce: z.boolean(),
  })
  .meta({ id: 'PolicyVersion' })

const listHistory = route({
  method: 'GET',
  path: '/policy/versions',
  id: 'listPolicyVersions',
  tag,
  summary: 'The versions of the policy, the newest first',
  about: 'Kept from the first change of the policy on.',
  needs: reads,
  query: pageQuery,
  answers: { 200: json('One page.', pageShape(versionShape)) },
  run: async ({ c, deps, query }) => {
    const found = await listVersions(deps.context.store, query)
    const last = found.length === query.limit ? found.at(-1) : undefined
    const items = found.map((each) => versionView(deps, each))
    return c.json({ items, ...(last === undefined ? {} : { next: last.id }) })
  },
})

const readHistory = route({
  method: 'GET',
  path: '/policy/versions/:id',
  id: 'readPolicyVersion',
  tag,
  summary: 'An earlier version with its text',
  needs: reads,
  params: { id: 'id of the version' },
  answers: {
    200: json(
      'The version.',
      versionShape.extend({ text: z.string() }).meta({ id: 'WholePolicyVersion' }),
    ),
  },
  problems: ['version_unknown'],
  run: async ({ c, deps, params: { id } }) => {
    const { text, ...kept } = await versionNamed(deps, id)
    return c.json({ ...versionView(deps, kept), text })
  },
})

const restoreVersion = route({
  method: 'POST',
  path: '/policy/versions/:id/restore',
  id: 'restorePolicyVersion',
  tag,
  summary: 'Put an earlier version in force again',
  needs: edits,
  params: { id: 'id of the version' },
  body: {
    schema: z.strictObject({ reason, expected_revision: revision }),
    example: { reason: 'the last change locked people out' },
  },
  answers: { ...changed, ...leftByKey },
  problems: ['version_unknown', 'policy_invalid', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, body }) => {
    const { text, version } = await versionNamed(deps, id)
    const input = { document: readDocument(text), text, ...expected(body) }
    const wanted = () => ({ action: 'apply-policy', restore: id }) as const
    const title = () => version.slice(0, 8)
    return orLeft({ c, deps, asker, wanted, title, reason: body.reason }, async () =>
      done(c, await applyPolicy(deps.context, asker, input)),
    )
  },
})

export const versionRoutes: readonly AppRoute[] = [listHistory, readHistory, restoreVersion]

function versionView(deps: AppRest, { atMs, ...kept }: KeptVersion) {
  const inForce = versionOf(deps.context.standing.world.policy.document) === kept.version
  return { ...kept, at: new Date(atMs).toISOString(), inForce }
}

/** @throws {ApiProblem} `version_unknown` */
export async function versionNamed({ context }: AppRest, id: string) {
  const kept = await readVersion(context.store, id)
  if (kept !== undefined) return kept
  throw new ApiProblem('version_unknown', 'there is no such version of the policy')
}
