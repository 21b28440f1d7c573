// A rule as a form and back, and what the check says of its condition. Pure.

import type { RuleDocument } from '@sayso/policy'
import { asked } from './matrix.ts'

export type RuleForm = {
  readonly kind: 'forbid' | 'require' | 'allow'
  readonly id: string
  readonly actions: readonly string[]
  readonly to: readonly string[]
  readonly unless: readonly string[]
  readonly when: string
  readonly message: string
  readonly from: string
  readonly until: string
}

export function formOf(rule: RuleDocument): RuleForm {
  return {
    kind: rule.forbid !== undefined ? 'forbid' : rule.require !== undefined ? 'require' : 'allow',
    id: rule.id ?? '',
    actions: asked(rule),
    to: rule.to ?? [],
    unless: rule.unless ?? [],
    when: rule.when ?? '',
    message: rule.message ?? '',
    from: rule.from ?? '',
    until: rule.until ?? '',
  }
}

export function ruleOf(form: RuleForm): RuleDocument {
  const { kind, id, actions, to, unless, when, message, from, until } = form
  const text = (name: string, held: string) => (held.trim() === '' ? {} : { [name]: held.trim() })
  const [only] = actions
  return {
    ...text('id', id),
    [kind]: actions.includes('*')
      ? '*'
      : actions.length === 1 && only !== undefined
        ? only
        : actions,
    ...(to.length === 0 ? {} : { to }),
    ...(unless.length === 0 ? {} : { unless }),
    ...text('when', when.replaceAll('\n', ' ')),
    ...text('message', message),
    ...text('from', from),
    ...text('until', until),
  }
}

type Problem = {
  readonly line: number
  readonly column: number
  readonly path: string
  readonly message: string
  readonly remedy: string
}

/** What is wrong with one rule, by field; of a condition also at which character, counted from 1. */
export function problemsOf(
  problems: readonly Problem[],
  at: { readonly path: string; readonly text: string; readonly when: string },
): readonly { readonly field: string; readonly character?: number; readonly text: string }[] {
  const lines = at.text.split('\n')
  return problems
    .filter(({ path }) => path === at.path || path.startsWith(`${at.path}.`))
    .map(({ path, line, column, message, remedy }) => {
      const [field = ''] = path.slice(at.path.length + 1).split(/[.[]/)
      const begins = field === 'when' ? (lines[line - 1] ?? '').indexOf(at.when.trim()) : -1
      const character = begins < 0 ? 0 : column - begins
      const text = `${message}; ${remedy}`
      return { field, text, ...(character > 0 ? { character } : {}) }
    })
}
