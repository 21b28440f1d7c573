// Bodies of our own JSON API under /api, as the pages and `@sayso/client` use them. Same origin, session cookie or API key.

import type { RoleView } from './permission-view.ts'

/** A failed call: RFC 9457 problem details with a stable code and a remedy. Content type `application/problem+json`. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  /** snake_case, stable. */
  readonly code: string
  readonly detail: string
  readonly remedy?: string
  /** On a refusal: `GET /api/v1/explanations/{id}` says why. */
  readonly explanation?: string
}

export type PersonView = {
  readonly id: string
  readonly name: string
  readonly email?: string
  /** Path on this server; absent: draw one from the name. */
  readonly picture?: string
}

/** The signed-in person, as only they are shown. */
export type OwnView = PersonView & {
  /** Whether their e-mail is confirmed. */
  readonly verified: boolean
  /** What the people who run the place give this person's screens: `clientData` of the users file. */
  readonly clientData?: Readonly<Record<string, unknown>>
}

/** GET /api/v1/session */
export type SessionView = {
  /** What this place is called. */
  readonly title: string
  readonly person?: OwnView
  /** Key of the channel people land in. */
  readonly home?: string
  readonly signUp: 'open' | 'invite' | 'closed'
  /** True until there is an owner. */
  readonly needsOwner: boolean
  readonly providers: readonly { readonly id: string; readonly title: string }[]
  /** Whether this server sends mails: links to new passwords and confirmations. */
  readonly mail: boolean
  /** Whether people may sign in by a name instead of an e-mail: there is a users file. */
  readonly names: boolean
  readonly serverTimeMs: number
}

/** POST /api/v1/setup: makes the owner and signs them in (session cookie). 201. */
export type SetUpRequest = {
  readonly token: string
  readonly name: string
  readonly email: string
  /** 12–128 characters. */
  readonly password: string
}

/** GET /api/v1/channels/{key}/people; needs `subscribe` there. */
export type PeopleView = {
  readonly people: readonly (PersonView & {
    /** Roles on this channel and on the tenant, strongest first. */
    readonly roles: readonly RoleView[]
    /** What the reader may do to this person here; a refused one says why. */
    readonly moves: readonly MoveView[]
  })[]
}

export type MoveView = {
  readonly command: 'promote' | 'demote'
  readonly allowed: boolean
  /** The role they would have afterwards. */
  readonly to: RoleView
  /** A sentence: what it lets them do, or why it is refused. */
  readonly effect: string
}

/** POST /api/v1/channels/{key}/promote and /demote. 200 with `Done`. */
export type MoveRequest = { readonly person: string; readonly reason?: string }

/** A change that holds in every open session by the time this is received. */
export type Done = { readonly revision: number; readonly serial: string; readonly atMs: number }

/** POST /api/v1/role_assignments gives, DELETE with the same body takes. 200 with `Done`. */
export type RoleAssignmentRequest = {
  /** A person's id, or an e-mail address that a provider vouched for. */
  readonly person: string
  readonly role: string
  /** `channel:lobby` or `tenant:<key>`. */
  readonly on: string
  readonly reason?: string
  /** When it starts and ends by itself: ISO-8601 with a zone. */
  readonly not_before?: string
  readonly expires_at?: string
}

/** POST /api/v1/channels/{key}/requests asks to be let in to a listed channel, DELETE takes it back. 200 with `Done`. */
export type AccessRequestBody = { readonly note?: string }

/** GET /api/v1/channels/{key}/requests; needs `admit` there. The longest waiting first. */
export type AccessRequestsView = {
  readonly requests: readonly {
    readonly person: PersonView
    readonly note?: string
    readonly atMs: number
  }[]
  /** The role people get who are let in; absent: the policy has none for them. */
  readonly gives?: RoleView
}

/** POST /api/v1/channels/{key}/requests/admit and /decline. 200 with `Done`. */
export type AnswerRequestBody = { readonly person: string; readonly reason?: string }

/** PATCH /api/v1/channels/{key}; needs `configure` there. What is absent stays. 200 with `Done`. */
export type DescribeChannelBody = {
  readonly title?: string
  readonly about?: string
  readonly order?: number
  /** Shown locked, with *Request access*, to people who may not enter. */
  readonly listed?: boolean
}

/** POST /api/v1/invitations/look */
export type InvitationLook = {
  readonly state: 'open' | 'unknown' | 'used' | 'revoked' | 'ended'
  /** Who invites; while it is open. */
  readonly by?: string
  /** Whom it is for, if somebody is named. */
  readonly email?: string
}

/** POST /api/v1/invitations */
export type InvitationView = { readonly url: string; readonly expiresAt: string }
