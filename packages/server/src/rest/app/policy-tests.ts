// Tests kept with the policy: scenarios that every draft is played against before it is put in force.

import type { PolicyDocument } from '@sayso/policy'
import { playScenario, ScenarioInvalid } from '@sayso/policy/document'
import type { NewRecord, StoredRecord } from '@sayso/store'
import * as z from 'zod'
import { Failure } from '../../commands/failure.ts'
import { keepRecord } from '../../commands/keep-record.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { draftOf } from './draft-view.ts'
import { pause, readDocument } from './policy.ts'
import { POLICY_BODY_BYTES, policyText, problemsShape } from './policy-shapes.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, pageQuery, pageShape } from './shapes.ts'

const TESTS = 'policy-tests'
const NAMES = 'use 1–80 letters, digits, spaces, `.`, `-` and `_`, a letter or digit first'
/** As JSON it stays below what a record holds. */
const MOST_CHARACTERS = 40_000
/** What did not come out as expected, of one test. */
const MOST_SHOWN = 100
/** Tests that are played; more than that is for `sayso policy test`. */
const MOST_TESTS = 1_000

const tag = 'policy'
const params = { id: 'name of the test' }
const edits = { who: 'person-or-key', may: 'edit-policy' } as const
const reads = { who: 'person-or-key', may: 'read-policy' } as const

const testShape = z
  .object({ id: z.string(), text: z.string(), updatedAt: z.string() })
  .meta({ id: 'PolicyTest' })
const checkedShape = z
  .object({
    line: z.int(),
    column: z.int(),
    name: z.string().optional(),
    question: z.string(),
    expected: z.string(),
    actual: z.string(),
  })
  .meta({ id: 'FailedExpectation' })
const playedShape = z
  .object({
    passed: z.int().describe('expectations that were met'),
    failed: z.int(),
    invalid: z.int().describe('tests that could not be played'),
    tests: z.array(
      z.object({
        id: z.string(),
        passed: z.int(),
        failed: z.array(checkedShape).describe(`the first ${MOST_SHOWN}`),
        problems: problemsShape,
      }),
    ),
  })
  .meta({ id: 'PlayedTests' })

const listTests = route({
  method: 'GET',
  path: '/policy/tests',
  id: 'listPolicyTests',
  tag,
  summary: 'Tests kept with the policy',
  needs: reads,
  query: pageQuery,
  answers: { 200: json('One page, by name.', pageShape(testShape)) },
  run: async ({ c, deps, query: { limit, after } }) => {
    const more = after === undefined ? {} : { afterKey: after }
    const found = await deps.context.store.records({ collection: TESTS, limit, ...more })
    const last = found.length === limit ? found.at(-1) : undefined
    return c.json({
      items: found.map(viewOf),
      ...(last === undefined ? {} : { next: last.key }),
    })
  },
})

const putTest = route({
  method: 'PUT',
  path: '/policy/tests/:id',
  id: 'putPolicyTest',
  tag,
  summary: 'Keep a test',
  about:
    'A scenario as `sayso policy test` plays it. The policy that is tried decides, also where the scenario brings its own. It may have problems yet; playing it tells them.',
  needs: edits,
  params,
  body: {
    schema: z.strictObject({ text: z.string().max(MOST_CHARACTERS) }),
    example: { text: 'name: Viewers read\nassertions: []' },
  },
  answers: changed,
  problems: ['invalid', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, body: { text } }) => {
    if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u.test(id))
      throw new Failure('invalid', `\`${id}\` is no name for a test`, { remedy: NAMES })
    const record = { collection: TESTS, key: id, value: { text } }
    const command = 'put-policy-test'
    return done(c, await keepRecord(deps.context, asker, { may: 'edit-policy', record, command }))
  },
})

const removeTest = route({
  method: 'DELETE',
  path: '/policy/tests/:id',
  id: 'removePolicyTest',
  tag,
  summary: 'Remove a test',
  needs: edits,
  params,
  answers: changed,
  problems: ['test_unknown', 'conflict'],
  run: async ({ c, deps, asker, params: { id } }) => {
    const known = await deps.context.store.record(TESTS, id)
    if (known === undefined) throw new ApiProblem('test_unknown', 'there is no test of that name')
    const { version: expectVersion } = known
    const record: NewRecord = { collection: TESTS, key: id, value: undefined, expectVersion }
    const command = 'remove-policy-test'
    return done(c, await keepRecord(deps.context, asker, { may: 'edit-policy', record, command }))
  },
})

const testDraft = route({
  method: 'POST',
  path: '/policy/drafts/:id/test',
  id: 'testDraft',
  tag,
  summary: 'Play the tests against a draft',
  needs: reads,
  params: { id: 'id of the draft' },
  answers: { 200: json('What came of them.', playedShape) },
  problems: ['draft_unknown', 'policy_invalid'],
  run: async ({ c, deps, params: { id } }) => {
    const { value } = await draftOf(deps, id)
    return c.json(await playAll(deps, readDocument(String(value.text))))
  },
})

const testPolicy = route({
  method: 'POST',
  path: '/policy/test',
  id: 'testPolicy',
  tag,
  summary: 'Play the tests against a document, or the policy in force',
  needs: reads,
  body: {
    schema: z.strictObject({ text: policyText.optional() }),
    example: {},
    maxBytes: POLICY_BODY_BYTES,
  },
  answers: { 200: json('What came of them.', playedShape) },
  problems: ['policy_invalid'],
  run: async ({ c, deps, body: { text } }) => {
    const inForce = deps.context.standing.world.policy.document
    return c.json(await playAll(deps, text === undefined ? inForce : readDocument(text)))
  },
})

export const policyTestRoutes: readonly AppRoute[] = [
  listTests,
  putTest,
  removeTest,
  testDraft,
  testPolicy,
]

function viewOf({ key, value, updatedAtMs }: StoredRecord) {
  return { id: key, text: String(value.text), updatedAt: new Date(updatedAtMs).toISOString() }
}

/** One after the other, so that nobody waits for all of them. */
async function playAll({ context }: AppRest, document: PolicyDocument) {
  const kept = await context.store.records({ collection: TESTS, limit: MOST_TESTS })
  const tests: ReturnType<typeof play>[] = []
  for (const { key, value } of kept) {
    tests.push(play(key, String(value.text), document))
    await pause()
  }
  const sum = (of: (test: (typeof tests)[number]) => number) =>
    tests.reduce((total, test) => total + of(test), 0)
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ unmet }) => unmet),
    invalid: tests.filter(({ problems }) => problems.length > 0).length,
    tests: tests.map(({ unmet: _, ...test }) => test),
  }
}

function play(id: string, text: string, document: PolicyDocument) {
  try {
    const { checks } = playScenario(text, document)
    const failed = checks.filter(({ passed }) => !passed)
    return {
      id,
      passed: checks.length - failed.length,
      unmet: failed.length,
      failed: failed.slice(0, MOST_SHOWN).map(({ passed: _, ...check }) => check),
      problems: [],
    }
  } catch (error) {
    if (!(error instanceof ScenarioInvalid)) throw error
    return { id, passed: 0, unmet: 0, failed: [], problems: error.problems }
  }
}
