// Bodies of our own JSON API under /api, as the pages and `@sayso/client` use them. Same origin, session cookie or API key.

import type { RestraintView, RoleView } from './permission-view.ts'

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
  /** The signed-in person is banned from the whole place: why, until when. They get no realtime token. */
  readonly shutOut?: RestraintView
  /** Where they may turn to, if the people who run the place have said so. */
  readonly appeal?: string
}

/** POST /api/v1/setup: makes the owner and signs them in (session cookie). 201. */
export type SetUpRequest = {
  readonly token: string
  readonly name: string
  readonly email: string
  /** 12–128 characters. */
  readonly password: string
}

/** Who of a channel is asked for. */
export type PeopleQuery = {
  /** Part of a name. */
  readonly q?: string
  /** At most so many; 1–1 000. */
  readonly limit?: number
  /** `next` of the page before. */
  readonly after?: string
  /** Place of the first one, counted from 0, in place of `after`. */
  readonly from?: number
}

/** GET /api/v1/channels/{key}/people; needs `subscribe` there. */
export type PeopleView = {
  readonly people: readonly ChannelPerson[]
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string
  /** How many hold what as their strongest role here, strongest first, whatever was asked for. */
  readonly counts?: RoleCounts
  /** The same of those who were asked for by `q` or `ids`. */
  readonly found?: RoleCounts
}

export type RoleCounts = readonly { readonly role?: RoleView; readonly people: number }[]

export type ChannelPerson = PersonView & {
  /** Roles on this channel and on the tenant, strongest first. */
  readonly roles: readonly RoleView[]
  /** What the reader may do to this person here; a refused one says why. */
  readonly moves: readonly MoveView[]
}

export type MoveView = {
  /** `restrain` gives the role `to` and `release` takes it, `admit` gives it to somebody who did not ask: by role assignments. */
  readonly command: 'promote' | 'demote' | 'restrain' | 'release' | 'admit'
  /** The action it takes, for example `mute`. */
  readonly action?: string
  readonly allowed: boolean
  /** The role they would have afterwards. */
  readonly to: RoleView
  /** A sentence: what it lets them do, or why it is refused. */
  readonly effect: string
  /** The same as values: actions gained and lost here, titles of other channels that open or close. */
  readonly changes?: {
    readonly gained: readonly string[]
    readonly lost: readonly string[]
    readonly opens: readonly string[]
    readonly closes: readonly string[]
  }
}

/** POST /api/v1/channels/{key}/effect with the body of PATCH: what that would do, before anybody does it. */
export type EffectView = {
  /** How many people gain or lose something. */
  readonly people: number
  /** How many of them are connected now. */
  readonly live: number
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  /** The change may be made at this revision only, if it is to do just that. */
  readonly revision: number
}

/** POST /api/v1/channels/{key}/promote and /demote. 200 with `Done`. */
export type MoveRequest = {
  readonly person: string
  readonly reason?: string
  /** Of a promotion: when it ends by itself; ISO-8601 with a zone. */
  readonly expires_at?: string
}

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
export type AccessRequestBody = {
  readonly note?: string
  /** For how long; absent: for good. Milliseconds, at least a minute, at most a year. */
  readonly forMs?: number
  /** A role one holds there: one that ends is asked for longer, a restraint is asked to end. Absent: to be let in. */
  readonly role?: string
}

/** GET /api/v1/channels/{key}/requests; needs `admit` there. The longest waiting first. */
export type AccessRequestsView = {
  readonly requests: readonly {
    readonly person: PersonView
    readonly note?: string
    readonly atMs: number
    readonly forMs?: number
    /** The role that is to last longer, or, if `ends` says so, to end. */
    readonly role?: RoleView
    readonly ends?: true
  }[]
  /** The role people get who are let in; absent: the policy has none for them. */
  readonly gives?: RoleView
}

/** POST /api/v1/channels/{key}/requests/admit and /decline. 200 with `Done`. */
export type AnswerRequestBody = {
  readonly person: string
  readonly reason?: string
  /** Of a yes: when what it gives ends by itself; ISO-8601 with a zone. */
  readonly expires_at?: string
}

/** PATCH /api/v1/channels/{key}; needs `configure` there. What is absent stays. 200 with `Done`. */
export type DescribeChannelBody = {
  readonly title?: string
  readonly about?: string
  readonly order?: number
  /** Shown locked, with *Request access*, to people who may not enter. */
  readonly listed?: boolean
  /** `open`: whoever may know of it may come in; `request`: they ask. */
  readonly join?: 'open' | 'request'
  readonly readOnly?: boolean
  /** Slow mode, 0 is off; seconds, at most six hours. Needs `set-pace`. */
  readonly paceSeconds?: number
  /** Needs `archive`. */
  readonly archived?: boolean
}

/** POST /api/v1/channels; needs `create-channel` on the tenant. 201 with `MadeChannel`. */
export type MakeChannelBody = {
  readonly title: string
  readonly about?: string
  /** Absent: nobody who is not let in knows of it. */
  readonly listed?: boolean
  readonly join?: 'open' | 'request'
}

/** POST /api/v1/directs: the conversation of the caller with these people, made if there is none. */
export type DirectBody = { readonly people: readonly string[] }

/** Where something is that was made. */
export type MadeChannel = Done & {
  /** Key of its resource, the address part of its page. */
  readonly key: string
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
