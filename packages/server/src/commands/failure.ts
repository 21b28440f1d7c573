// The expected failures of commands, a closed set. Each edge maps every code to its own words; a new one will not compile unmapped.

import { randomBytes } from 'node:crypto'
import type { About, Action, Credential, Decision } from '@sayso/policy'
import type { DecisionDoor } from '@sayso/store'

export type FailureCode =
  /** The policy, the key or the token says no. */
  | 'denied'
  /** The right is there, but the attachment did not ask for the mode. */
  | 'mode_not_requested'
  /** Editing or deleting one's own needs an identity. */
  | 'identity_required'
  /** What is asked for counts by identity. */
  | 'client_id_required'
  /** Nobody says who is to be present. */
  | 'unnamed_member'
  | 'client_id_mismatch'
  | 'channel_name_invalid'
  | 'message_too_large'
  | 'presence_full'
  | 'message_unknown'
  /** The token was taken back while this was under way. */
  | 'token_revoked'
  | 'key_not_revocable'
  | 'key_unknown'
  | 'person_unknown'
  | 'app_unknown'
  | 'resource_unknown'
  | 'role_unknown'
  | 'invitation_unknown'
  /** The policy of this app lacks a type that is needed. */
  | 'type_unknown'
  /** The command does not fit the present state, for example promoting somebody who is promoted already. */
  | 'conflict'
  | 'invalid'
  /** Messages of this channel are not changed or annotated. */
  | 'immutable'
  /** More publishes at once than the settings allow on one channel. */
  | 'channel_busy'
  /** Slow mode: this person has written here a moment ago. */
  | 'slow_mode'
  | 'file_unknown'
  | 'file_too_large'
  /** No room left for files. */
  | 'files_full'
  /** A person brings more than the settings allow in a while. */
  | 'too_many'
  /** A message names a file that is not there, not its author's, or used. */
  | 'attachment_invalid'
  /** Links have no previews here. */
  | 'previews_off'
  /** Nothing can be shown of this link. */
  | 'preview_unavailable'
  /** Who looks on as somebody else does nothing in their name. */
  | 'view_only'
  /** The policy wants another person to approve this. */
  | 'second_person_needed'
  /** The policy has no support conversations. */
  | 'desk_not_set_up'
  /** Conversations are changed by commands of the desk alone. */
  | 'desk_owned'
  /** There is none, or none for the asker. */
  | 'conversation_unknown'
  /** Nothing changes a closed conversation. */
  | 'conversation_closed'
  /** The command does not fit the state of the conversation. */
  | 'conversation_state'
  /** Somebody else has the conversation. */
  | 'claimed'
  /** An operator has as many conversations as they answer at once. */
  | 'no_capacity'
  /** A legal hold keeps it. */
  | 'on_hold'
  /** Rights kept moving under the decision. */
  | 'busy'
  | 'store_unavailable'

/** What was asked when the policy said no. */
export type RefusedQuestion = {
  readonly credential: Credential
  readonly action: Action
  /** The channel or resource as it was asked for. */
  readonly on: string
  /** What it was about, if it was about one message; for whoever asks it again. Throws if that cannot be read any more. */
  readonly about?: () => About
  /** Absent: a channel. */
  readonly door?: DecisionDoor
}

/** A command did not do what was asked; nothing changed. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  /** What would help, as a sentence. */
  readonly remedy: string | undefined
  readonly decision: Decision | undefined
  readonly question: RefusedQuestion | undefined
  /** How long to wait before the same is allowed; milliseconds. */
  readonly retryAfterMs: number | undefined
  /** More of it, for programs. */
  readonly about: Readonly<Record<string, unknown>> | undefined
  /** Opens the explanation of a refusal; unguessable. Absent on other failures. */
  readonly explanation: string | undefined

  constructor(
    code: FailureCode,
    message: string,
    more: {
      remedy?: string
      decision?: Decision
      question?: RefusedQuestion
      retryAfterMs?: number
      about?: Readonly<Record<string, unknown>>
    } = {},
  ) {
    super(message)
    this.code = code
    this.remedy = more.remedy
    this.decision = more.decision
    this.question = more.question
    this.retryAfterMs = more.retryAfterMs
    this.about = more.about
    this.explanation = more.question && randomBytes(12).toString('base64url')
  }
}
