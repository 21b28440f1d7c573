// What keeps a command from its answer: a sentence, what to do about it, and how the command ends.

import type { PolicyProblem } from '@sayso/policy/document'

/** How a command ends: 0 yes, 1 no (different, not valid, failed, not applied), 2 it could not find out. */
export type ExitCode = 0 | 1 | 2

type More = {
  readonly code?: string
  readonly exitCode?: ExitCode
  /** What is wrong with a document, and which. */
  readonly invalid?: { readonly file: string; readonly problems: readonly PolicyProblem[] }
}

/** An expected failure. `message` says what, `remedy` what to do; neither ends with a stop. */
export class Trouble extends Error {
  /** snake_case, stable; that of the server if the server refused. */
  readonly code: string
  readonly remedy: string
  readonly exitCode: ExitCode
  readonly invalid: More['invalid']
  constructor(message: string, remedy: string, more: More = {}) {
    super(message)
    this.remedy = remedy
    this.code = more.code ?? 'trouble'
    this.exitCode = more.exitCode ?? 2
    this.invalid = more.invalid
  }
}

/** The command was written wrongly. */
export function usageTrouble(message: string, verb?: string): Trouble {
  const remedy = `\`sayso${verb === undefined ? '' : ` ${verb}`} --help\` says how to write it`
  return new Trouble(message, remedy, { code: 'usage' })
}

/** ``policy.yaml:3:5: `fly` is not an action of `hall`; name one of its actions``, one line per problem. */
export function problemLines(file: string, problems: readonly PolicyProblem[]): readonly string[] {
  return problems.map(
    ({ line, column, message, remedy }) => `${file}:${line}:${column}: ${message}; ${remedy}`,
  )
}
