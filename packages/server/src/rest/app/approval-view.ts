// Something that waits for a second person, as it is shown; and what a key leaves to be approved where it may not act alone.

import { type KeyId, SECOND_PERSON_ACTIONS, type SubjectId } from '@sayso/policy'
import type { StoredRecord } from '@sayso/store'
import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import {
  approvalNamed,
  approvalOf,
  isKey,
  needsTwo,
  sponsorOf,
  untilMsOf,
  type Wanted,
  waitingApprovals,
} from '../../approvals/approval-record.ts'
import { askApproval } from '../../commands/ask-approval.ts'
import { type Asker, actorOf } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { instantOf } from '../../plans/due-plan.ts'
import type { AppRest } from './deps.ts'
import { personView } from './person-view.ts'
import { ApiProblem } from './problem.ts'
import { json } from './route.ts'
import { personShape } from './shapes.ts'

export const actionShape = z.enum(SECOND_PERSON_ACTIONS)
export const approvalShape = z
  .object({
    id: z.string(),
    action: actionShape,
    title: z.string().describe('of a draft or version, a person, an app, a key: how it is called'),
    target: z.string().describe('id of that'),
    at: z.string().optional().describe('when the draft is to hold; absent: at once'),
    by: personShape.describe('who asks; of a key its id and name'),
    isByKey: z
      .boolean()
      .describe('a key asks, which is nobody: two different people have to approve it'),
    seconded: personShape.optional().describe('the first of the two'),
    missing: z.int().describe('how many people still have to approve it'),
    isOwn: z
      .boolean()
      .describe('you asked for it, or are the first of two: somebody else has to approve it'),
    reason: z.string(),
    askedAt: z.string(),
    until: z.string().describe('after that it is forgotten'),
  })
  .meta({ id: 'Approval', description: 'Something that waits for a second person.' })

/** What a key is answered that did something which takes two people. */
export const leftByKey = {
  202: json(
    'Nothing is done yet: a key did it where it takes two people (`settings.second_person`). It waits until two of them approve it.',
    approvalShape,
  ),
} as const

export function approvalView({ context }: AppRest, asker: Asker, record: StoredRecord) {
  const approval = approvalOf(record)
  const { wanted, title, by, seconded, reason: why, askedAtMs } = approval
  const { world } = context.standing
  const key = isKey(by) ? by.slice('key:'.length) : undefined
  return {
    id: record.key,
    action: wanted.action,
    title,
    target: idIn(wanted),
    ...('draft' in wanted && wanted.atMs !== undefined && { at: instantOf(wanted.atMs) }),
    by:
      key === undefined
        ? personView(world, by as SubjectId, false)
        : { id: key, name: world.keys.get(key as KeyId)?.name ?? key },
    isByKey: key !== undefined,
    ...(seconded !== undefined && { seconded: personView(world, seconded as SubjectId, false) }),
    missing: needsTwo(approval) ? 2 : 1,
    isOwn: [by, sponsorOf(approval)].includes(actorOf(asker)),
    reason: why,
    askedAt: instantOf(askedAtMs),
    until: instantOf(untilMsOf(approval)),
  }
}

function idIn(wanted: Wanted): string {
  if ('draft' in wanted) return wanted.draft
  if ('restore' in wanted) return wanted.restore
  if ('person' in wanted) return wanted.person
  if ('hold' in wanted) return wanted.hold
  return 'app' in wanted ? wanted.app : wanted.key
}

/** @throws {ApiProblem} `approval_unknown` */
export async function approvalAt({ context }: AppRest, id: string): Promise<StoredRecord> {
  const record = await approvalNamed(context.store, id, context.now())
  if (record !== undefined) return record
  throw new ApiProblem('approval_unknown', 'nothing of that name waits; perhaps it was answered')
}

export type Leaving = {
  readonly c: HonoContext
  readonly deps: AppRest
  readonly asker: Asker
  readonly wanted: () => Wanted
  /** How it is called for whoever is to approve it; throws if it could not be done as it is. */
  readonly title: () => string
  readonly reason: string | undefined
}

/**
 * Does it. Where it takes two people and a key does it, leaves it to be approved; whoever asks again for what waits already is
 * told of that.
 */
export async function orLeft(leaving: Leaving, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    const { c, deps, asker } = leaving
    const isForTwo = error instanceof Failure && error.code === 'second_person_needed'
    if (!isForTwo || asker.credential.kind !== 'key') throw error
    return c.json(approvalView(deps, asker, await left(leaving)), 202)
  }
}

async function left({ deps, asker, reason, ...asked }: Leaving): Promise<StoredRecord> {
  const { store, now, randomId } = deps.context
  const [wanted, title] = [asked.wanted(), asked.title()]
  const isSame = (record: StoredRecord) => {
    const { wanted: other, by } = approvalOf(record)
    return by === actorOf(asker) && JSON.stringify(other) === JSON.stringify(wanted)
  }
  const known = (await waitingApprovals(store, now())).find(isSame)
  if (known !== undefined) return known
  const id = randomId(9)
  const why = reason === undefined || reason.trim() === '' ? 'a key did it' : reason
  await askApproval(deps.context, asker, { id, wanted, title, reason: why })
  return approvalAt(deps, id)
}
