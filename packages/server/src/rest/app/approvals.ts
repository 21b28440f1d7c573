// What takes a second person: asked for by one, approved or declined by another.

import { SECOND_PERSON_ACTIONS, type SecondPersonAction } from '@sayso/policy'
import * as z from 'zod'
import {
  approvalOf,
  needsTwo,
  sponsorOf,
  type Wanted,
  waitingApprovals,
} from '../../approvals/approval-record.ts'
import { askApproval } from '../../commands/ask-approval.ts'
import { endApproval } from '../../commands/end-approval.ts'
import { requireAnother } from '../../commands/require-person.ts'
import { mayPlace, requirePlace } from '../../commands/require-place.ts'
import { secondApproval } from '../../commands/second-approval.ts'
import { needsSecond, RIGHT_FOR } from '../../commands/second-person.ts'
import { ended } from '../../plans/plan-record.ts'
import { versionOf } from '../../policy-version.ts'
import { actionShape, approvalAt, approvalShape, approvalView } from './approval-view.ts'
import { carryOut, titleOf } from './approval-work.ts'
import type { AppRest } from './deps.ts'
import { draftOf } from './draft-view.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { instant, reason } from './shapes.ts'

const tag = 'policy'
const params = { id: 'of what waits' }
const asks =
  'a signed-in person with the right to what is asked for, or a key with the scope `admin`'
const needs = { who: 'signed-in', asks } as const

const wantedSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('apply-policy'),
    draft: z.string().max(64).optional().describe('id of a draft, to be applied as it is now'),
    at: instant.optional().describe('when it is to hold; absent: at once'),
    over: z.string().max(64).optional().describe('the version in force that it may replace'),
    version: z.string().max(64).optional().describe('id of an earlier version, to be restored'),
  }),
  z.strictObject({
    action: z.literal('erase-person'),
    person: z.string().max(256),
    messages: z.enum(['keep', 'delete']).optional(),
  }),
  z.strictObject({ action: z.literal('end-hold'), hold: z.string().max(64) }),
  z.strictObject({ action: z.literal('remove-app'), app: z.string().max(64) }),
  z.strictObject({ action: z.literal('revoke-key'), key: z.string().max(64) }),
])

const list = route({
  method: 'GET',
  path: '/approvals',
  id: 'listApprovals',
  tag,
  summary: 'What waits for a second person',
  about: 'Of what you may do yourself; and which actions take a second person here.',
  needs,
  answers: {
    200: json(
      'All of it, the longest waiting first.',
      z.object({ items: z.array(approvalShape), needed: z.array(actionShape) }),
    ),
  },
  run: async ({ c, deps, asker }) => {
    const { store, standing, now } = deps.context
    const waiting = await waitingApprovals(store, now())
    const { world } = standing
    const may = (action: SecondPersonAction) => mayPlace(world, asker, RIGHT_FOR[action])
    const items = waiting
      .filter((each) => may(approvalOf(each).wanted.action))
      .map((each) => approvalView(deps, asker, each))
    const needed = SECOND_PERSON_ACTIONS.filter((one) => needsSecond(world, one) && may(one))
    return c.json({ items, needed })
  },
})

const ask = route({
  method: 'POST',
  path: '/approvals',
  id: 'askApproval',
  tag,
  summary: 'Ask for something that takes a second person',
  about:
    'Nothing is done until somebody else with the same right approves it, within a week; what a key asks for, until two people do. A draft is approved as it was when this was asked: if it is changed, it is refused.',
  needs,
  body: {
    schema: z.strictObject({
      wanted: wantedSchema,
      reason: z.string().min(1).max(500).describe('why; kept in the audit log'),
    }),
    example: { wanted: { action: 'apply-policy', draft: 'd1' }, reason: 'guests may read' },
  },
  answers: { 201: json('It waits.', approvalShape) },
  problems: [
    ...(['draft_unknown', 'version_unknown', 'policy_invalid', 'person_unknown'] as const),
    ...(['in_users_file', 'app_unknown', 'key_unknown', 'invalid', 'conflict'] as const),
    'identity_required',
  ],
  run: async ({ c, deps, asker, body: { reason: why, wanted: said } }) => {
    const { context } = deps
    // Who may not do it learns nothing of what there is.
    context.refusals.noting(() =>
      requirePlace(context.standing.world, asker, RIGHT_FOR[said.action]),
    )
    const wanted = await wantedOf(deps, said)
    const title = await titleOf(deps, wanted)
    const id = context.randomId(9)
    await askApproval(context, asker, { id, wanted, title, reason: why })
    return c.json(approvalView(deps, asker, await approvalAt(deps, id)), 201)
  },
})

const approve = route({
  method: 'POST',
  path: '/approvals/:id/approve',
  id: 'approve',
  tag,
  summary: 'Approve what somebody else asked for; it is done at once',
  about:
    'The reason is theirs; the audit log names both. Nobody approves what they asked for themselves, and no key does. What a key asked for takes two people: after the first it waits on (`missing` is 1).',
  needs,
  params,
  answers: { 200: json('It is done, or waits for one more (`missing` above 0).', approvalShape) },
  problems: [
    ...(['approval_unknown', 'identity_required', 'draft_unknown', 'policy_invalid'] as const),
    ...(['person_unknown', 'app_unknown', 'key_unknown', 'in_users_file'] as const),
    ...(['version_unknown', 'invalid', 'conflict'] as const),
  ],
  run: async ({ c, deps, asker, params: { id } }) => {
    const record = await approvalAt(deps, id)
    const approval = approvalOf(record)
    if (needsTwo(approval)) {
      await secondApproval(deps.context, asker, record)
      return c.json(approvalView(deps, asker, await approvalAt(deps, id)))
    }
    const { wanted, by, seconded, reason: why } = approval
    requireAnother(asker, sponsorOf(approval))
    const answer = { ...approvalView(deps, asker, record), missing: 0 }
    const second = {
      askedBy: by,
      ...(seconded !== undefined && { seconded }),
      end: ended(record),
    }
    await carryOut(deps, { ...asker, second }, wanted, why)
    return c.json(answer)
  },
})

const decline = route({
  method: 'DELETE',
  path: '/approvals/:id',
  id: 'endApproval',
  tag,
  summary: 'Decline what somebody asked for, or take back what you asked for',
  needs,
  params,
  query: z.object({ reason }),
  answers: { 200: json('What it was.', approvalShape) },
  problems: ['approval_unknown', 'identity_required', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, query: { reason: why } }) => {
    const approval = await approvalAt(deps, id)
    await endApproval(deps.context, asker, { approval, reason: why })
    return c.json(approvalView(deps, asker, approval))
  },
})

export const approvalRoutes: readonly AppRoute[] = [list, ask, approve, decline]

async function wantedOf(deps: AppRest, body: z.output<typeof wantedSchema>): Promise<Wanted> {
  switch (body.action) {
    case 'apply-policy': {
      if (body.version !== undefined) return { action: body.action, restore: body.version }
      const { version, value } = await draftOf(deps, body.draft ?? '')
      const over = body.over ?? String(value.base)
      const inForce = versionOf(deps.context.standing.world.policy.document)
      if (over !== inForce)
        throw new ApiProblem('version_changed', 'another policy is in force by now')
      return {
        action: body.action,
        draft: body.draft ?? '',
        version,
        over,
        ...(body.at !== undefined && { atMs: body.at }),
      }
    }
    case 'erase-person': {
      const { action, person, messages } = body
      return { action, person, ...(messages !== undefined && { messages }) }
    }
    default:
      return body
  }
}
