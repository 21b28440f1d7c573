// What goes wrong at the Permit-shaped API, in the shape its SDKs read: always JSON, one code per kind, `message` for people.

import { randomUUID } from 'node:crypto'
import { NameInvalid } from '@sayso/policy'
import { EditInvalid, PolicyInvalid } from '@sayso/policy/document'
import { WireInvalid } from '@sayso/protocol'
import { Failure, type FailureCode } from '../../commands/failure.ts'
import { TooManyDecisions } from '../../decision-rate.ts'

const rows = {
  NOT_FOUND: { status: 404, title: 'The requested data could not be found' },
  DUPLICATE_ENTITY: { status: 409, title: 'This object already exists' },
  UNAUTHORIZED: { status: 401, title: 'The request carries no valid API key' },
  FORBIDDEN_ACCESS: { status: 403, title: 'The API key may not do this' },
  UNEXPECTED_ERROR: { status: 500, title: 'Something went wrong on the server' },
  INVALID_INPUT: { status: 400, title: 'The request cannot be carried out as it is' },
  INVALID_PERMISSION_FORMAT: { status: 400, title: 'The permission is not written rightly' },
  MISMATCH_RELATION_TYPE: { status: 400, title: 'The relation does not join these types' },
  MISMATCH_RESOURCE_INSTANCES_TENANTS: { status: 400, title: 'The tenants do not agree' },
  MISMATCH_ATTRIBUTES_TYPES: { status: 400, title: 'An attribute is of another type' },
  MISSING_RESOURCE_ATTRIBUTE: { status: 400, title: 'An attribute is not declared' },
  PAGINATION_SIZE_OVERREACHED: { status: 400, title: 'The page is too large' },
  CONCURRENT_OPERATION_DISALLOWED: { status: 409, title: 'Somebody else changed this meanwhile' },
  TOO_LARGE: { status: 413, title: 'The request is too large' },
  TOO_MANY_REQUESTS: { status: 429, title: 'The API key asks too much at once' },
  UNAVAILABLE: { status: 503, title: 'The server cannot do this now' },
} as const

export type PermitCode = keyof typeof rows

/** A request that is not carried out, for a reason the caller can do something about. */
export class PermitTrouble extends Error {
  readonly code: PermitCode
  readonly more: Readonly<Record<string, unknown>> | undefined
  constructor(code: PermitCode, message: string, more?: Readonly<Record<string, unknown>>) {
    super(message)
    this.code = code
    this.more = more
  }
}

/** One thing wrong with a request: where, in words, and its kind. */
export type Detail = {
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly type: string
}

/** A request whose parameters or body are not of the documented form: 422. */
export class Unprocessable extends Error {
  readonly detail: readonly Detail[]
  constructor(detail: readonly Detail[]) {
    super(detail[0]?.msg ?? 'the request is not of the documented form')
    this.detail = detail
  }
}

export function notFound(what: string, key: string): PermitTrouble {
  return new PermitTrouble('NOT_FOUND', `there is no ${what} \`${key}\``)
}

export function duplicate(what: string, key: string): PermitTrouble {
  return new PermitTrouble('DUPLICATE_ENTITY', `there is a ${what} \`${key}\` already`)
}

export function invalid(message: string): PermitTrouble {
  return new PermitTrouble('INVALID_INPUT', message)
}

const failures: Readonly<Record<FailureCode, PermitCode>> = {
  denied: 'FORBIDDEN_ACCESS',
  mode_not_requested: 'FORBIDDEN_ACCESS',
  identity_required: 'FORBIDDEN_ACCESS',
  client_id_required: 'FORBIDDEN_ACCESS',
  unnamed_member: 'INVALID_INPUT',
  client_id_mismatch: 'FORBIDDEN_ACCESS',
  channel_name_invalid: 'INVALID_INPUT',
  message_too_large: 'TOO_LARGE',
  presence_full: 'INVALID_INPUT',
  message_unknown: 'NOT_FOUND',
  token_revoked: 'UNAUTHORIZED',
  key_not_revocable: 'INVALID_INPUT',
  key_unknown: 'NOT_FOUND',
  person_unknown: 'NOT_FOUND',
  resource_unknown: 'NOT_FOUND',
  role_unknown: 'NOT_FOUND',
  app_unknown: 'NOT_FOUND',
  invitation_unknown: 'NOT_FOUND',
  type_unknown: 'NOT_FOUND',
  conflict: 'CONCURRENT_OPERATION_DISALLOWED',
  immutable: 'INVALID_INPUT',
  invalid: 'INVALID_INPUT',
  channel_busy: 'UNAVAILABLE',
  slow_mode: 'UNAVAILABLE',
  busy: 'UNAVAILABLE',
  file_unknown: 'NOT_FOUND',
  file_too_large: 'INVALID_INPUT',
  files_full: 'UNAVAILABLE',
  too_many: 'UNAVAILABLE',
  attachment_invalid: 'INVALID_INPUT',
  previews_off: 'INVALID_INPUT',
  preview_unavailable: 'INVALID_INPUT',
  desk_not_set_up: 'INVALID_INPUT',
  desk_owned: 'FORBIDDEN_ACCESS',
  conversation_unknown: 'NOT_FOUND',
  conversation_closed: 'INVALID_INPUT',
  conversation_state: 'INVALID_INPUT',
  claimed: 'INVALID_INPUT',
  no_capacity: 'INVALID_INPUT',
  on_hold: 'FORBIDDEN_ACCESS',
  view_only: 'FORBIDDEN_ACCESS',
  second_person_needed: 'FORBIDDEN_ACCESS',
  store_unavailable: 'UNAVAILABLE',
}

/** The answer to a request that failed, and whether it was one of the failures that are to be expected. */
export function troubleResponse(error: unknown): {
  readonly response: Response
  readonly expected: boolean
} {
  if (error instanceof Unprocessable) {
    const body = { ...bodyOf('INVALID_INPUT', error.message), detail: error.detail }
    return { response: json(422, { ...body, title: 'Validation error' }), expected: true }
  }
  if (error instanceof TooManyDecisions) {
    const response = respond(new PermitTrouble('TOO_MANY_REQUESTS', error.message))
    response.headers.set('retry-after', String(error.retryAfter))
    return { response, expected: true }
  }
  const trouble = troubleOf(error)
  if (trouble) return { response: respond(trouble), expected: true }
  const unexpected = new PermitTrouble('UNEXPECTED_ERROR', 'something went wrong on the server')
  return { response: respond(unexpected), expected: false }
}

function troubleOf(error: unknown): PermitTrouble | undefined {
  if (error instanceof PermitTrouble) return error
  if (error instanceof Failure) {
    const remedy = error.remedy === undefined ? '' : `; ${error.remedy}`
    return new PermitTrouble(failures[error.code], `${error.message}${remedy}`)
  }
  if (error instanceof PolicyInvalid) {
    const [problem] = error.problems
    const words = problem === undefined ? error.message : `${problem.message}; ${problem.remedy}`
    return new PermitTrouble('INVALID_INPUT', `the policy would not be valid: ${words}`, {
      problems: error.problems,
    })
  }
  if (error instanceof NameInvalid) return invalid(`${error.message}; ${error.remedy}`)
  if (error instanceof WireInvalid) return new PermitTrouble('TOO_LARGE', error.message)
  if (error instanceof EditInvalid) return invalid(error.message)
  return undefined
}

function respond({ code, message, more }: PermitTrouble): Response {
  return json(rows[code].status, bodyOf(code, message, more))
}

function bodyOf(code: PermitCode, message: string, more?: Readonly<Record<string, unknown>>) {
  return {
    id: randomUUID(),
    title: rows[code].title,
    error_code: code,
    message,
    support_link: null,
    additional_info: more ?? {},
  }
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}
