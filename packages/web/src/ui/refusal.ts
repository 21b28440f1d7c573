// The words for a refused request: what is wrong, and what would help.

import { formTexts } from './form-texts.ts'
import { sentence } from './sentence.ts'

/** What was entered does not fit; why, in words for whoever entered it. */
export class Unfit extends Error {}

/** A refusal as calls of the API reject with it, by its shape. `status` 0: the server was not reached. */
type Refusal = {
  readonly status: number
  readonly problem: { readonly detail?: string; readonly remedy?: string }
}

export function refusalOf(cause: unknown): string {
  if (cause instanceof Unfit) return cause.message
  if (!isRefusal(cause) || cause.status === 0) return formTexts.notReached
  const { detail, remedy } = cause.problem
  return [detail, remedy]
    .filter((part): part is string => part !== undefined && part !== '')
    .map(sentence)
    .join(' ')
}

function isRefusal(cause: unknown): cause is Refusal {
  const { status, problem } = (cause ?? {}) as Partial<Refusal>
  return typeof status === 'number' && typeof problem === 'object' && problem !== null
}
