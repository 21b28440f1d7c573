// One mapping from what commands may fail with to the wire's table. A new failure will not compile unmapped.

import { type ErrorInfo, type ErrorName, errorInfo, WireInvalid } from '@sayso/protocol'
import { Failure, type FailureCode } from '../commands/failure.ts'

const names: Readonly<Record<FailureCode, ErrorName>> = {
  denied: 'action_denied',
  mode_not_requested: 'mode_not_requested',
  identity_required: 'owner_unidentified',
  client_id_required: 'identity_required',
  unnamed_member: 'client_id_invalid',
  client_id_mismatch: 'client_id_invalid',
  channel_name_invalid: 'channel_name_invalid',
  message_too_large: 'message_too_large',
  presence_full: 'presence_full',
  message_unknown: 'not_found',
  token_revoked: 'token_revoked',
  key_not_revocable: 'key_not_revocable',
  key_unknown: 'key_not_found',
  person_unknown: 'not_found',
  app_unknown: 'not_found',
  resource_unknown: 'not_found',
  role_unknown: 'bad_request',
  invitation_unknown: 'not_found',
  type_unknown: 'bad_request',
  conflict: 'bad_request',
  invalid: 'bad_request',
  immutable: 'messages_immutable',
  channel_busy: 'channel_rate_limited',
  slow_mode: 'slow_mode',
  file_unknown: 'not_found',
  file_too_large: 'message_too_large',
  files_full: 'overloaded',
  too_many: 'channel_rate_limited',
  attachment_invalid: 'extras_invalid',
  previews_off: 'bad_request',
  preview_unavailable: 'not_found',
  view_only: 'view_only',
  second_person_needed: 'action_denied',
  desk_not_set_up: 'bad_request',
  desk_owned: 'action_denied',
  conversation_unknown: 'not_found',
  conversation_closed: 'action_denied',
  conversation_state: 'bad_request',
  claimed: 'action_denied',
  no_capacity: 'bad_request',
  on_hold: 'action_denied',
  busy: 'overloaded',
  store_unavailable: 'overloaded',
}

export function failureInfo(failure: Failure): ErrorInfo {
  const remedy = failure.remedy === undefined ? '' : `; ${failure.remedy}`
  return errorInfo(names[failure.code], `${failure.message}${remedy}`, detailOf(failure))
}

function detailOf({ explanation, retryAfterMs }: Failure): Record<string, string> | undefined {
  if (explanation !== undefined) return { explanation }
  return retryAfterMs === undefined ? undefined : { retryAfterMs: String(retryAfterMs) }
}

/** The answer to whatever was thrown: expected failures by name, anything else as an internal error without details. */
export function errorInfoOf(error: unknown): {
  readonly info: ErrorInfo
  readonly expected: boolean
} {
  if (error instanceof Failure) return { info: failureInfo(error), expected: true }
  if (error instanceof WireInvalid) return { info: error.info, expected: true }
  return { info: errorInfo('internal'), expected: false }
}
