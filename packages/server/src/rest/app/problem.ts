// Failures of our own API: RFC 9457 problem details with a stable code and a remedy.

import type { Problem } from '@sayso/protocol'
import { Failure, type FailureCode } from '../../commands/failure.ts'
import { type ProblemCode, problemTable } from './problem-table.ts'

type Row = { readonly status: number; readonly title: string; readonly when?: string }

const rows: Readonly<Record<FailureCode, Row>> = {
  denied: { status: 403, title: 'Not allowed' },
  mode_not_requested: { status: 403, title: 'Mode not requested' },
  identity_required: { status: 401, title: 'Identity required' },
  client_id_required: { status: 403, title: 'This needs an identity' },
  unnamed_member: { status: 403, title: 'Nobody named' },
  client_id_mismatch: { status: 403, title: 'Another identity' },
  channel_name_invalid: { status: 400, title: 'Channel name not valid' },
  message_too_large: { status: 413, title: 'Too large' },
  presence_full: { status: 409, title: 'Presence full' },
  message_unknown: { status: 404, title: 'Message not found' },
  token_revoked: { status: 401, title: 'Token revoked' },
  key_not_revocable: { status: 409, title: 'Tokens cannot be revoked' },
  key_unknown: { status: 404, title: 'Key not found' },
  person_unknown: { status: 404, title: 'Person not found' },
  app_unknown: { status: 404, title: 'App not found' },
  resource_unknown: { status: 404, title: 'Not found' },
  role_unknown: { status: 400, title: 'Role not known' },
  invitation_unknown: { status: 404, title: 'Invitation not found' },
  type_unknown: { status: 409, title: 'Policy lacks a type' },
  conflict: { status: 409, title: 'Conflict' },
  immutable: { status: 409, title: 'Messages of this channel do not change' },
  invalid: { status: 400, title: 'Not valid' },
  channel_busy: { status: 429, title: 'Too fast' },
  slow_mode: { status: 429, title: 'Slow mode' },
  file_unknown: { status: 404, title: 'File not found' },
  file_too_large: { status: 413, title: 'Too large' },
  files_full: { status: 507, title: 'No room for files' },
  too_many: { status: 429, title: 'Too many' },
  attachment_invalid: { status: 409, title: 'File cannot be attached' },
  previews_off: { status: 409, title: 'No previews here' },
  preview_unavailable: { status: 422, title: 'No preview' },
  view_only: { status: 403, title: 'A view only reads' },
  second_person_needed: { status: 403, title: 'A second person is needed' },
  desk_not_set_up: { status: 409, title: 'No desk' },
  desk_owned: { status: 409, title: 'The desk’s own' },
  conversation_unknown: { status: 404, title: 'Conversation not found' },
  conversation_closed: { status: 409, title: 'Conversation closed' },
  conversation_state: { status: 409, title: 'Not in this state' },
  claimed: { status: 409, title: 'Somebody else has it' },
  no_capacity: { status: 409, title: 'No room' },
  on_hold: { status: 409, title: 'Under a legal hold' },
  busy: { status: 503, title: 'Busy' },
  store_unavailable: { status: 503, title: 'Storage unavailable' },
}

/** Every code a problem can carry: those of commands and our own. */
export type AnyProblemCode = FailureCode | ProblemCode
export const problemRows: Readonly<Record<AnyProblemCode, Row>> = { ...rows, ...problemTable }

/** A failure that belongs to this API alone, not to a command. */
export class ApiProblem extends Error {
  readonly problem: Problem
  /** @param more members beside those of RFC 9457, for programs */
  constructor(
    code: ProblemCode,
    detail: string,
    remedy?: string,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail)
    const { status, title } = problemTable[code]
    this.problem = { ...problem(status, code, title, detail, remedy), ...more }
  }
}

export function problemOf(error: unknown): {
  readonly problem: Problem
  readonly expected: boolean
} {
  if (error instanceof ApiProblem) return { problem: error.problem, expected: true }
  if (error instanceof Failure) {
    const { status, title } = rows[error.code]
    return {
      problem: {
        ...problem(status, error.code, title, error.message, error.remedy),
        ...(error.explanation === undefined ? {} : { explanation: error.explanation }),
        ...error.about,
      },
      expected: true,
    }
  }
  return {
    problem: problem(
      500,
      'internal',
      problemTable.internal.title,
      'something went wrong on the server',
    ),
    expected: false,
  }
}

export function problemResponse(value: Problem): Response {
  return new Response(JSON.stringify(value), {
    status: value.status,
    headers: { 'content-type': 'application/problem+json' },
  })
}

function problem(
  status: number,
  code: string,
  title: string,
  detail: string,
  remedy?: string,
): Problem {
  return {
    type: `urn:sayso:problem:${code}`,
    title,
    status,
    code,
    detail,
    ...(remedy === undefined ? {} : { remedy }),
  }
}
