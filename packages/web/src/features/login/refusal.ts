// What a refused form says: beside the field it is about, or above the button, always with what to do.

import { ApiError } from '@sayso/client'
import { sentence } from '../../ui/sentence.ts'
import { texts } from './texts.ts'

export type Refusal = {
  readonly field?: 'name' | 'email' | 'password'
  readonly text: string
  /** A set-up or invitation link that works no more: the form is of no use. */
  readonly isLinkOver?: boolean
  /** The e-mail is not confirmed: another mail would help. */
  readonly isUnconfirmed?: boolean
}

type Code = Exclude<keyof typeof texts.refusals, 'unexpected' | 'too_often'>

/** What is known of them besides the words. */
const KNOWN: Readonly<Record<Code, Omit<Refusal, 'text'>>> = {
  invalid_email_or_password: { field: 'password' },
  invalid_email: { field: 'email' },
  user_already_exists: { field: 'email' },
  password_too_short: { field: 'password' },
  password_too_long: { field: 'password' },
  email_not_verified: { isUnconfirmed: true },
  invalid_token: { isLinkOver: true },
  not_reached: {},
}

/** The words for a failure. Codes we do not know speak for themselves, with the remedy of the server. */
export function refusalOf(cause: unknown): Refusal {
  if (!(cause instanceof ApiError)) return { text: texts.refusals.unexpected }
  const code = cause.code.replace(/_use_another_email$/, '')
  if (isKnown(code)) return { text: texts.refusals[code], ...KNOWN[code] }
  if (cause.status === 429) return { text: texts.refusals.too_often }
  const { detail, remedy } = cause.problem
  const isLinkOver = /set_?up|token|link|invit/.test(cause.code) || cause.status === 410
  const text = [detail, remedy]
    .filter((part): part is string => part !== undefined && part !== '')
    .map(sentence)
    .join(' ')
  return { text, ...(isLinkOver ? { isLinkOver } : {}) }
}

function isKnown(code: string): code is Code {
  return Object.hasOwn(KNOWN, code)
}
