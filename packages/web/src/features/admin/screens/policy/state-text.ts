// What a cell is, and what a rule says, in words.

import type { RuleDocument } from '@sayso/policy'
import { asked, type Matrix, type MatrixCell } from './model/matrix.ts'
import { texts } from './texts.ts'

export function stateText({ kind, from, isConditional }: MatrixCell, { rows }: Matrix): string {
  const title = rows.find(({ key }) => key === from)?.title ?? from
  const plain =
    kind === 'inherited' && title !== undefined ? texts.inheritedFrom(title) : texts.states[kind]
  return isConditional ? texts.stateIf(plain) : plain
}

export type RuleKind = 'forbid' | 'require' | 'allow'

export function kindOf(rule: RuleDocument): RuleKind {
  if (rule.forbid !== undefined) return 'forbid'
  return rule.require === undefined ? 'allow' : 'require'
}

/** As it is written, on one line: `forbid publish to muted when …`. */
export function ruleLine(rule: RuleDocument): string {
  const { to = [], unless = [], when } = rule
  return [
    kindOf(rule),
    asked(rule).join(', '),
    ...(to.length > 0 ? ['to', to.join(', ')] : []),
    ...(unless.length > 0 ? ['unless', unless.join(', ')] : []),
    ...(when === undefined ? [] : ['when', when]),
  ].join(' ')
}
