// What a set of changes would do to people, for whoever may make it: before a bulk change is confirmed.

import type { RightsChange } from '@sayso/policy'
import * as z from 'zod'
import { requireValid, withPeople } from '../../commands/changes-valid.ts'
import { requireChanges } from '../../commands/require-changes.ts'
import { impactOf, tryOut } from '../../simulation.ts'
import { changeSchema, changesOf } from './change-body.ts'
import { pause } from './policy.ts'
import { CHANGES_BODY_BYTES, impactShape } from './policy-shapes.ts'
import { type AppRoute, json, route } from './route.ts'

const MOST = 1_000

const previewShape = impactShape
  .extend({
    changes: z.int().describe('how many of them change anything'),
    idle: z.array(z.int()).describe('which do nothing: places in the list, from 0'),
  })
  .meta({ id: 'ChangePreview' })

export const changePreviewRoutes: readonly AppRoute[] = [
  route({
    method: 'POST',
    path: '/changes/preview',
    id: 'previewChanges',
    tag: 'grants',
    summary: 'What a set of changes would do to people, without making it',
    about:
      'The same body as `POST /changes`, and the same rights. Give `revision` of the answer as `expected_revision` to make exactly what was shown.',
    needs: { who: 'signed-in', asks: 'what each change needs on the tenant' },
    query: z.object({
      after: z.string().max(2_500).optional().describe('`next` of the last page'),
    }),
    body: {
      schema: z.strictObject({
        changes: z.array(changeSchema).min(1).max(MOST),
        flips: z.int().min(0).max(1_000).optional().describe('list at most so many moves'),
      }),
      example: { changes: [{ assign: 'channel:general#viewer@user:p1' }], flips: 20 },
      maxBytes: CHANGES_BODY_BYTES,
    },
    answers: { 200: json('Who gains and loses what.', previewShape) },
    problems: ['invalid', 'person_unknown', 'resource_unknown', 'role_unknown'],
    run: async ({ c, deps, asker, query, body }) => {
      await pause()
      const { world } = deps.context.standing
      const tried = changesOf(world, body.changes, deps.context.now())
      deps.context.refusals.noting(() => requireChanges(world, asker, tried))
      requireValid(world, tried)
      const trial = await tryOut(deps, world, withPeople(world, tried), pause)
      const most = body.flips ?? 0
      const page = most === 0 ? {} : trial.simulation.page(query.after, most)
      const idle = tried.flatMap((each, index) => (isIdle(world, each) ? [index] : []))
      return c.json({ ...impactOf(trial), ...page, idle, changes: tried.length - idle.length })
    },
  }),
]

/** Giving what is held already without an end, or taking what is not held. */
function isIdle({ facts }: Parameters<typeof requireValid>[0], change: RightsChange): boolean {
  if (change.kind === 'unassign') return facts.grant(change.tuple) === undefined
  if (change.kind !== 'assign') return facts.with(change) === facts
  const held = facts.grant(change.tuple)
  return (
    held !== undefined &&
    held.expiresAtMs === change.expiresAtMs &&
    held.notBeforeMs === change.notBeforeMs
  )
}
