// Typed calls of the server's own API: the session, people and their roles, invitations, signing in and out.

import type {
  AccessRequestBody,
  AccessRequestsView,
  AnswerRequestBody,
  CloseReportsBody,
  DescribeChannelBody,
  DirectBody,
  Done,
  EffectView,
  FoundView,
  InvitationLook,
  InvitationView,
  MadeChannel,
  MakeChannelBody,
  MoveRequest,
  NewestView,
  OwnCollection,
  OwnEntry,
  OwnRemoval,
  PeopleQuery,
  PeopleView,
  PersonView,
  PinsView,
  ReportBody,
  ReportsView,
  RoleAssignmentRequest,
  SearchView,
  SessionView,
  SetUpRequest,
  ThreadPageView,
  ThreadsQueryParams,
  ThreadsView,
  UnreadView,
} from '@sayso/protocol'
import { problemOf, unreached } from './problem.ts'

export type ApiOptions = {
  /** Origin of the server, without a slash at the end; default: the page's own. */
  readonly origin?: string
  /** An API key, sent as a bearer; default: the session cookie. */
  readonly key?: string
  readonly fetch?: typeof globalThis.fetch
}

/** One place somebody is signed in at; times as ISO texts. */
export type OwnSessionView = {
  readonly id: string
  /** The one that asks. */
  readonly current: boolean
  readonly startedAt: string
  readonly seenAt: string
  readonly endsAt: string
  /** As the browser names itself. */
  readonly device?: string
  readonly address?: string
}

/** What deleting one's account takes. */
export type ErasureTermsView = {
  readonly confirmBy: 'password' | 'recent-sign-in'
  /** The sign-in is recent enough to stand for a password. */
  readonly recent: boolean
  /** What becomes of messages if nothing else is said. */
  readonly messages: 'keep' | 'delete'
  /** Why it cannot be done. */
  readonly obstacle?: 'last-owner' | 'users-file'
}

export type SignIn = { readonly email: string; readonly password: string }
export type SignUp = SignIn & {
  readonly name: string
  /** From the invitation's address, `/login?invite=…`. */
  readonly invitation?: string
}

/** Every call rejects with `ApiError`; status 0 means that the server was not reached. */
export type Api = {
  /** Who is signed in, and what a signed-out page needs to know. */
  session(): Promise<SessionView>
  /** Makes the owner and signs them in. */
  setUp(request: SetUpRequest): Promise<void>
  signIn(request: SignIn): Promise<void>
  /** `signedIn` is false where the e-mail has to be confirmed first: a mail is on its way. */
  signUp(request: SignUp): Promise<{ readonly signedIn: boolean }>
  signOut(): Promise<void>
  /** Asks for a link to a new password; answers alike for every address. */
  askForPasswordLink(email: string): Promise<void>
  /** Chooses a new password with the token of such a link; every session ends. */
  choosePassword(request: { readonly token: string; readonly newPassword: string }): Promise<void>
  /** Asks for another mail to confirm an e-mail. */
  askToConfirm(email: string): Promise<void>
  /** Confirms an e-mail with the token of the link that was mailed there. */
  confirmEmail(token: string): Promise<void>
  /** What an invitation is worth to whoever has its link. */
  lookAtInvitation(token: string): Promise<InvitationLook>
  /** Accepts one with the account one has. */
  acceptInvitation(token: string): Promise<void>
  /** Address of the provider's own sign-in page; it comes back to `callback`, a path of ours. */
  providerUrl(provider: string, callback: string): Promise<string>
  /** The tenant's people as seen from a channel; needs `subscribe` there. */
  people(
    channelKey: string,
    query?: PeopleQuery & { readonly scope?: 'all' | 'members'; readonly ids?: string },
  ): Promise<PeopleView>
  promote(channelKey: string, request: MoveRequest): Promise<Done>
  demote(channelKey: string, request: MoveRequest): Promise<Done>
  /** Asks to be let in to a channel shown as locked. */
  requestAccess(channelKey: string, request?: AccessRequestBody): Promise<Done>
  withdrawRequest(channelKey: string): Promise<Done>
  /** Who asks to be let in; needs `admit` there. */
  requests(channelKey: string): Promise<AccessRequestsView>
  admit(channelKey: string, request: AnswerRequestBody): Promise<Done>
  decline(channelKey: string, request: AnswerRequestBody): Promise<Done>
  /** How a channel is shown, and whether it is listed; needs `configure` there. */
  describeChannel(channelKey: string, request: DescribeChannelBody): Promise<Done>
  /** What describing it so would do to people; nothing has changed then. */
  channelEffect(channelKey: string, request: DescribeChannelBody): Promise<EffectView>
  makeChannel(request: MakeChannelBody): Promise<MadeChannel>
  joinChannel(channelKey: string): Promise<Done>
  leaveChannel(channelKey: string): Promise<Done>
  /** The conversation with a few people, made if there is none. */
  startDirect(request: DirectBody): Promise<MadeChannel>
  /** Threads of a channel by their last answer, at most a hundred; needs `history` there, as does the next. */
  threads(channelKey: string, query?: ThreadsQueryParams): Promise<ThreadsView>
  /** Answers of a thread, at most a hundred, newest first. */
  thread(channelKey: string, root: string, before?: string): Promise<ThreadPageView>
  pins(channelKey: string): Promise<PinsView>
  pin(channelKey: string, serial: string): Promise<Done>
  unpin(channelKey: string, serial: string): Promise<Done>
  report(channelKey: string, request: ReportBody): Promise<Done>
  /** What is open; needs `message-delete-any` there, as does closing. */
  reports(channelKey: string): Promise<ReportsView>
  closeReports(channelKey: string, request: CloseReportsBody): Promise<Done>
  assignRole(request: RoleAssignmentRequest): Promise<Done>
  unassignRole(request: RoleAssignmentRequest): Promise<Done>
  invite(): Promise<InvitationView>
  /** What one is called. */
  changeName(name: string): Promise<void>
  /** Sends a link to the new address; it counts once that was opened. */
  changeEmail(newEmail: string): Promise<void>
  /** Ends every other session. */
  changePassword(request: {
    readonly currentPassword: string
    readonly newPassword: string
  }): Promise<void>
  /** Where the signed-in person is signed in. */
  ownSessions(): Promise<{ readonly items: readonly OwnSessionView[] }>
  endOwnSession(id: string): Promise<{ readonly ended: number }>
  endOtherSessions(): Promise<{ readonly ended: number }>
  /** Whom one has blocked in direct messages. */
  blocks(): Promise<{ readonly items: readonly PersonView[] }>
  block(person: string): Promise<Done>
  unblock(person: string): Promise<Done>
  erasureTerms(): Promise<ErasureTermsView>
  /** Deletes one's account, at once and for good. */
  eraseAccount(request: {
    readonly messages: 'keep' | 'delete'
    readonly password?: string
  }): Promise<{ readonly id: string }>
  /** Keeps something of one's own; answers what is kept now. Goes on while the page is being left. */
  keepOwn(collection: OwnCollection, key: string, value: object): Promise<OwnEntry | OwnRemoval>
  dropOwn(collection: OwnCollection, key: string): Promise<OwnEntry | OwnRemoval>
  /** What one has not read, in all readable channels or those named. */
  unread(channels?: readonly string[]): Promise<UnreadView>
  /** What was said last in each of some channels, by their names. Fifty at most. */
  newest(channels: readonly string[]): Promise<NewestView>
  /** Messages that mention the reader. */
  mentions(page?: FoundQuery): Promise<FoundView>
  search(query: SearchQuery): Promise<SearchView>
}

export type FoundQuery = { readonly limit?: number; readonly after?: string | undefined }

/** Lists are keys of channels, ids of people, and `file`, `image`, `link`, `code`; instants are ISO-8601 with a zone. */
export type SearchQuery = FoundQuery & {
  readonly q: string
  readonly in?: readonly string[]
  readonly from?: readonly string[]
  readonly has?: readonly string[]
  readonly before?: string | undefined
  readonly since?: string | undefined
}

type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Goes on while the page is being left. */
  readonly keepalive?: boolean
}

/** Making channels, coming in and leaving, and what a change would do. */
function channels(
  post: <T>(path: string, body: unknown) => Promise<T>,
  channel: (key: string) => string,
): Pick<Api, 'channelEffect' | 'makeChannel' | 'joinChannel' | 'leaveChannel' | 'startDirect'> {
  return {
    channelEffect: (key, request) => post(`${channel(key)}/effect`, request),
    makeChannel: (request) => post('/api/v1/channels', request),
    joinChannel: (key) => post(`${channel(key)}/join`, {}),
    leaveChannel: (key) => post(`${channel(key)}/leave`, {}),
    startDirect: (request) => post('/api/v1/directs', request),
  }
}

/** Makes the calls. Without options: same origin, session cookie. */
export function api(options: ApiOptions = {}): Api {
  const call = <T>(one: Call) => send<T>(options, one)
  const post = <T>(path: string, body: unknown, headers?: Readonly<Record<string, string>>) =>
    call<T>({ method: 'POST', path, body, ...(headers === undefined ? {} : { headers }) })
  const channel = (key: string) => `/api/v1/channels/${encodeURIComponent(key)}`
  return {
    session: () => call({ method: 'GET', path: '/api/v1/session' }),
    setUp: (request) => post('/api/v1/setup', request),
    signIn: (request) => post('/api/auth/sign-in/email', request),
    signUp: async ({ invitation, ...account }) => {
      const headers = invitation === undefined ? undefined : { 'x-sayso-invitation': invitation }
      const made = await post<{ token?: unknown }>('/api/auth/sign-up/email', account, headers)
      return { signedIn: typeof made.token === 'string' }
    },
    askForPasswordLink: (email) => post('/api/auth/request-password-reset', { email }),
    choosePassword: (request) => post('/api/auth/reset-password', request),
    askToConfirm: (email) => post('/api/auth/send-verification-email', { email }),
    confirmEmail: (token) =>
      call({ method: 'GET', path: `/api/auth/verify-email?token=${encodeURIComponent(token)}` }),
    lookAtInvitation: (token) => post('/api/v1/invitations/look', { token }),
    acceptInvitation: (token) => post('/api/v1/invitations/accept', { token }),
    signOut: () => post('/api/auth/sign-out', {}),
    providerUrl: async (provider, callback) => {
      const body = { provider, callbackURL: callback }
      return (await post<{ url: string }>('/api/auth/sign-in/social', body)).url
    },
    people: (key, query = {}) => {
      const said = Object.entries(query).map(([name, value]) => [name, String(value)])
      const rest = said.length === 0 ? '' : `?${new URLSearchParams(said)}`
      return call({ method: 'GET', path: `${channel(key)}/people${rest}` })
    },
    promote: (key, request) => post(`${channel(key)}/promote`, request),
    demote: (key, request) => post(`${channel(key)}/demote`, request),
    requestAccess: (key, request = {}) => post(`${channel(key)}/requests`, request),
    withdrawRequest: (key) => call({ method: 'DELETE', path: `${channel(key)}/requests` }),
    requests: (key) => call({ method: 'GET', path: `${channel(key)}/requests` }),
    admit: (key, request) => post(`${channel(key)}/requests/admit`, request),
    decline: (key, request) => post(`${channel(key)}/requests/decline`, request),
    describeChannel: (key, request) => call({ method: 'PATCH', path: channel(key), body: request }),
    ...channels(post, channel),
    ...aroundMessages(call, post, channel),
    assignRole: (request) => post('/api/v1/role_assignments', request),
    unassignRole: (request) =>
      call({ method: 'DELETE', path: '/api/v1/role_assignments', body: request }),
    invite: () => post('/api/v1/invitations', {}),
    ...ofOneself(call, post),
    unread: (channels) =>
      call({ method: 'GET', path: `/api/v1/me/unread${queryOf({ channels })}` }),
    newest: (channels) =>
      call({ method: 'GET', path: `/api/v1/me/newest${queryOf({ channels })}` }),
    mentions: (page = {}) => call({ method: 'GET', path: `/api/v1/me/mentions${queryOf(page)}` }),
    search: (query) => call({ method: 'GET', path: `/api/v1/search${queryOf(query)}` }),
  }
}

/** The account, where one is signed in, and what one keeps. */
function ofOneself(
  call: <T>(one: Call) => Promise<T>,
  post: <T>(path: string, body: unknown) => Promise<T>,
) {
  return {
    changeName: (name) => post('/api/auth/update-user', { name }),
    changeEmail: (newEmail) => post('/api/auth/change-email', { newEmail }),
    changePassword: (request) =>
      post('/api/auth/change-password', { ...request, revokeOtherSessions: true }),
    ownSessions: () => call({ method: 'GET', path: '/api/v1/me/sessions' }),
    endOwnSession: (id) =>
      call({ method: 'DELETE', path: `/api/v1/me/sessions/${encodeURIComponent(id)}` }),
    endOtherSessions: () => call({ method: 'DELETE', path: '/api/v1/me/sessions?keep=current' }),
    blocks: () => call({ method: 'GET', path: '/api/v1/me/blocks' }),
    block: (person) => call({ method: 'PUT', path: blockPath(person) }),
    unblock: (person) => call({ method: 'DELETE', path: blockPath(person) }),
    erasureTerms: () => call({ method: 'GET', path: '/api/v1/me/erasure' }),
    eraseAccount: (request) => post('/api/v1/me/erasure', request),
    keepOwn: (collection, key, body) =>
      call({ method: 'PUT', path: ownPath(collection, key), body, keepalive: true }),
    dropOwn: (collection, key) =>
      call({ method: 'DELETE', path: ownPath(collection, key), keepalive: true }),
  } satisfies Partial<Api>
}

function aroundMessages(
  call: <T>(one: Call) => Promise<T>,
  post: <T>(path: string, body: unknown) => Promise<T>,
  channel: (key: string) => string,
) {
  const get = <T>(path: string, query: object = {}) =>
    call<T>({ method: 'GET', path: `${path}${queryOf(query)}` })
  const pin = (key: string, serial: string) => `${channel(key)}/pins/${encodeURIComponent(serial)}`
  return {
    threads: (key, query) => get(`${channel(key)}/threads`, query),
    thread: (key, root, before) =>
      get(`${channel(key)}/threads/${encodeURIComponent(root)}`, { before }),
    pins: (key) => get(`${channel(key)}/pins`),
    pin: (key, serial) => call({ method: 'PUT', path: pin(key, serial) }),
    unpin: (key, serial) => call({ method: 'DELETE', path: pin(key, serial) }),
    report: (key, request) => post(`${channel(key)}/reports`, request),
    reports: (key) => get(`${channel(key)}/reports`),
    closeReports: (key, request) => post(`${channel(key)}/reports/close`, request),
  } satisfies Partial<Api>
}

/** Lists with commas between; what is absent is left out. */
function queryOf(members: object): string {
  const said = Object.entries(members).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString()
  return query === '' ? '' : `?${query}`
}

function blockPath(person: string): string {
  return `/api/v1/me/blocks/${encodeURIComponent(person)}`
}

function ownPath(collection: OwnCollection, key: string): string {
  return `/api/v1/me/state/${collection}/${encodeURIComponent(key)}`
}

async function send<T>(options: ApiOptions, call: Call): Promise<T> {
  const fetch = options.fetch ?? globalThis.fetch
  const response = await fetch(`${options.origin ?? ''}${call.path}`, {
    method: call.method,
    credentials: 'same-origin',
    cache: 'no-store',
    ...(call.keepalive === true ? { keepalive: true } : {}),
    headers: {
      accept: 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
      ...call.headers,
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  }).catch((cause: unknown) => {
    throw unreached(cause)
  })
  if (!response.ok) throw await problemOf(response)
  const text = await response.text().catch((cause: unknown) => {
    throw unreached(cause)
  })
  return (text === '' ? undefined : parsed(text)) as T
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw unreached(cause)
  }
}
