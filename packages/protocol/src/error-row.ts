// One line of the table of wire codes: what it holds and how it is written down.

/**
 * What whoever receives the failure should do next.
 *
 * - `never`: the same request fails again; change the request.
 * - `after_change`: it works once somebody changes rights or settings.
 * - `renew_token`: get a new token and repeat; clients do so themselves.
 * - `wait`: repeat later, unchanged.
 * - `reconnect`: come back on a new transport, or attach again; clients do so themselves.
 */
export type Retry = 'never' | 'after_change' | 'renew_token' | 'wait' | 'reconnect'

export type ErrorRow = {
  /** The wire number; the thousands say which HTTP family it belongs to. */
  readonly code: number
  /** HTTP status, also `statusCode` of the ErrorInfo. */
  readonly status: number
  readonly retry: Retry
  /** Default text: lower case, no full stop. */
  readonly message: string
  /** What to do about it, for people. */
  readonly remedy: string
}

/** Writes one line: code, status, what to do next, default text, remedy. */
export const row = (
  code: number,
  status: number,
  retry: Retry,
  message: string,
  remedy: string,
): ErrorRow => ({ code, status, retry, message, remedy })
