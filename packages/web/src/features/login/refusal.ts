// What a refused form says: beside the field it is about, or above the button, always with what to do.

import { ApiError } from '@sayso/client'

export type Refusal = {
  readonly field?: 'name' | 'email' | 'password'
  readonly text: string
  /** A set-up or invitation link that works no more: the form is of no use. */
  readonly isLinkOver?: boolean
  /** The e-mail is not confirmed: another mail would help. */
  readonly isUnconfirmed?: boolean
}

const KNOWN: Readonly<Record<string, Refusal>> = {
  invalid_email_or_password: {
    field: 'password',
    text: 'E-mail and password do not fit together. Check both, or ask for an invitation.',
  },
  invalid_email: {
    field: 'email',
    text: 'This is no e-mail address. It looks like name@place.example.',
  },
  user_already_exists: {
    field: 'email',
    text: 'There is an account with this e-mail. Sign in instead.',
  },
  user_already_exists_use_another_email: {
    field: 'email',
    text: 'There is an account with this e-mail. Sign in instead.',
  },
  password_too_short: { field: 'password', text: 'Too short: 12 characters or more.' },
  password_too_long: { field: 'password', text: 'Too long: 128 characters at most.' },
  email_not_verified: {
    text: 'Confirm your e-mail first: open the link in the mail we sent you.',
    isUnconfirmed: true,
  },
  invalid_token: {
    text: 'This link works no more. Ask for a new one.',
    isLinkOver: true,
  },
  not_reached: { text: 'The server was not reached. Check the connection and try again.' },
}

/** The words for a failure. Codes we do not know speak for themselves, with the remedy of the server. */
export function refusalOf(cause: unknown): Refusal {
  if (!(cause instanceof ApiError)) return { text: 'Something went wrong here. Try again.' }
  const known = KNOWN[cause.code]
  if (known !== undefined) return known
  if (cause.status === 429) return { text: 'Too many tries. Wait a minute, then try again.' }
  const { detail, remedy } = cause.problem
  const isLinkOver = /set_?up|token|link|invit/.test(cause.code) || cause.status === 410
  const text = [detail, remedy]
    .filter((part) => part !== undefined && part !== '')
    .map(asSentence)
    .join(' ')
  return { text, ...(isLinkOver ? { isLinkOver } : {}) }
}

function asSentence(text: string | undefined): string {
  const trimmed = (text ?? '').trim().replace(/\.$/, '')
  return `${trimmed.charAt(0).toLocaleUpperCase()}${trimmed.slice(1)}.`
}
