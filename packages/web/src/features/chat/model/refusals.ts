// What a refusal carries beside its words: the id of its explanation. Pure.

import { ApiError } from '@sayso/client'

/** The id by which a refusal is explained; absent: it was not the policy that refused. From our own API or the wire. */
export function explanationOf(cause: unknown): string | undefined {
  const said = cause instanceof ApiError ? cause.problem : fieldsOf(cause)?.detail
  const id = fieldsOf(said)?.explanation
  return typeof id === 'string' && id !== '' ? id : undefined
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}
