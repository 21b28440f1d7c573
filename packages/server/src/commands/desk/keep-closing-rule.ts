// Let one's conversations be closed by themselves when the visitor has been silent after an answer, or no longer.

import type { Context } from '../../context.ts'
import { requireDesk } from '../../desk/desk-type.ts'
import {
  type ClosingRule,
  keptOperator,
  type Operator,
  operatorRecord,
} from '../../desk/operators.ts'
import { isOperator } from '../../desk/operators-of.ts'
import { idOf } from '../../people/roles.ts'
import { type Asker, auditBy } from '../asker.ts'
import { decideOver } from '../decide-and-commit.ts'
import { Failure } from '../failure.ts'
import { personOf, untilSeen } from './moving.ts'

export type KeepClosingRule = {
  /** Key of the tenant. */
  readonly tenant: string
  /** Absent: none any more. */
  readonly rule?:
    | { readonly afterSeconds: number; readonly warnSeconds?: number | undefined }
    | undefined
}

/**
 * Everybody for themselves only: what it closes is closed in their name. Whether they may close is asked when it does.
 *
 * @throws {Failure} `person_unknown` for who is no operator there, `invalid`, `identity_required`, `desk_not_set_up`, `busy`
 */
export async function keepClosingRule(
  context: Context,
  asker: Asker,
  { tenant, rule }: KeepClosingRule,
): Promise<Operator> {
  const me = personOf(asker)
  const said = ruleOf(rule)
  if (rule?.warnSeconds !== undefined && rule.warnSeconds >= rule.afterSeconds)
    throw new Failure('invalid', 'the warning would come before the silence begins', {
      remedy: 'warn later than that',
    })
  return untilSeen(async () => {
    let next: Operator | undefined
    const read = () => keptOperator(context.store, tenant, idOf(me))
    await decideOver(context, read, (world, kept) => {
      requireDesk(world)
      if (!isOperator(world, tenant, me))
        throw new Failure('person_unknown', 'you are no operator of this tenant', {
          remedy: 'ask for a role of the desk',
        })
      const { closing: _before, ...rest } = kept
      next = { ...rest, ...(said && { closing: { ...said, sinceMs: context.now() } }) }
      return {
        entries: [],
        records: [operatorRecord(next)],
        audit: {
          command: 'keep-closing-rule',
          ...auditBy(asker),
          target: me,
          details: { tenant, rule: said === undefined ? null : { ...said } },
        },
      }
    })
    return next as Operator
  })
}

function ruleOf(rule: KeepClosingRule['rule']): Omit<ClosingRule, 'sinceMs'> | undefined {
  if (rule === undefined) return undefined
  const { afterSeconds, warnSeconds } = rule
  return { afterSeconds, ...(warnSeconds === undefined ? {} : { warnSeconds }) }
}
