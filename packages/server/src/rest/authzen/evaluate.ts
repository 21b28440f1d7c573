// One decision and many. A deny is an answer like any other; only a request that is no question is an error.

import { decide, reasonText, tenantOf, type World } from '@sayso/policy'
import type * as z from 'zod'
import type { Answered, Answering } from '../../observe/decisions.ts'
import { type Evaluation, evaluation, evaluations, parsed, problemIn } from './entities.ts'
import { questionOf } from './question.ts'

/** What a caller gets for one question. */
export type Answer = {
  readonly decision: boolean
  readonly context?: Readonly<Record<string, unknown>>
}

/** @throws {RequestRefused} 400 */
export function answerOne(world: World, body: unknown, answering: Answering): Answer {
  return answerOf(world, parsed(evaluation, body), answering)
}

/**
 * Answers each item in order, by the semantic asked for; without items, the one question at the top.
 *
 * @throws {RequestRefused} 400 if the request as a whole cannot be read; an item that cannot is denied and says why
 */
export function answerMany(
  world: World,
  body: unknown,
  answering: Answering,
): Answer | { readonly evaluations: readonly Answer[] } {
  const { evaluations: items = [], options, ...defaults } = parsed(evaluations, body)
  if (items.length === 0) return answerOne(world, body, answering)
  const stopsAt = STOPS[options?.evaluations_semantic ?? 'execute_all']
  const answers: Answer[] = []
  for (const item of items) {
    const answer = answerItem(world, { ...defaults, ...item }, answering)
    answers.push(answer)
    if (answer.decision === stopsAt) break
  }
  return { evaluations: answers }
}

type Semantic = NonNullable<
  NonNullable<z.output<typeof evaluations>['options']>['evaluations_semantic']
>

/** The decision after which nothing more is asked. */
const STOPS: Readonly<Record<Semantic, boolean | undefined>> = {
  execute_all: undefined,
  deny_on_first_deny: false,
  permit_on_first_permit: true,
}

function answerItem(world: World, item: unknown, answering: Answering): Answer {
  const result = evaluation.safeParse(item)
  if (result.success) return answerOf(world, result.data, answering)
  const error = { status: 400, message: problemIn(result.error) }
  return { decision: false, context: { error } }
}

/**
 * The decision with its reasons: `reason_user` is a sentence for the person, who may not know what exists; the rest is
 * for those who run the place.
 */
function answerOf(world: World, asked: Evaluation, answering: Answering): Answer {
  const question = questionOf(asked)
  if (question === undefined) {
    answering.answered({ ...saidIn(asked), reason: 'unknown_name' })
    return { decision: false, context: { reason_admin: { code: 'unknown_name' } } }
  }
  const decision = decide(world, question)
  const { allowed, reasons, revision, flipsAtMs } = decision
  const { action, resource, inTenant: tenant = tenantOf(world, resource) } = question
  answering.answered({ ...saidIn(asked), resource, tenant, decision })
  const { message } = reasonText({ allowed, reasons, revision }, action, resource, false)
  return {
    decision: allowed,
    context: {
      revision,
      ...(flipsAtMs === undefined ? {} : { flips_at: new Date(flipsAtMs).toISOString() }),
      ...(allowed ? {} : { reason_user: { en: message } }),
      reason_admin: { reasons },
    },
  }
}

/** What was asked, by its names: properties are not for the log. */
function saidIn({ subject, action, resource }: Evaluation): Answered {
  const nameOf = ({ type, id }: { type: string; id: string }) => `${type}:${id}`
  return { subject: nameOf(subject), action: action.name, on: nameOf(resource) }
}
