// One connection's life as a table: state and event in, next state and effects out. Time comes in as a number.

/** How long state is kept for a resume after the socket was lost; milliseconds. */
export const CONNECTION_STATE_TTL_MS = 120_000
/** How long members stay present after the socket was lost; milliseconds. */
export const PRESENCE_GRACE_MS = 15_000
/** What a client may ask for instead; milliseconds. */
export const MIN_PRESENCE_GRACE_MS = 1_000
export const MAX_PRESENCE_GRACE_MS = 120_000
/** How long before a token ends the client is asked for a new one; milliseconds. */
export const RENEWAL_MARGIN_MS = 30_000

type Terms = {
  /** Absent for an API key. */
  readonly tokenEndsAtMs?: number
  /** How long its members outlast the socket; absent: `PRESENCE_GRACE_MS`. */
  readonly graceMs?: number
  /** True: the token ends by being taken back. */
  readonly isRevoked?: boolean
}

export type ConnectionState =
  /** A socket is there. */
  | (Terms & { readonly name: 'open' })
  /** The socket is gone; a resume until `untilMs` continues. */
  | (Terms & { readonly name: 'suspended'; readonly untilMs: number })
  | { readonly name: 'closed' }

export type ConnectionEvent =
  | (Terms & { readonly name: 'resumed' })
  | { readonly name: 'renewed'; readonly tokenEndsAtMs?: number }
  | { readonly name: 'socketLost' }
  | { readonly name: 'close' }
  | { readonly name: 'disconnect' }
  /** It was told an error of its own, after which its client does not come back. */
  | { readonly name: 'failed' }
  | { readonly name: 'drain' }
  | { readonly name: 'tick' }
  | { readonly name: 'cut'; readonly reason: CutReason }
  /** The token was taken back and holds until then, so that the client can bring another. */
  | { readonly name: 'revoked'; readonly atMs: number }

/** Why the server ends a transport. */
export type CutReason =
  | 'token_expired'
  | 'token_revoked'
  | 'draining'
  | 'slow_reader'
  /** The key that signed its token is gone, or the secret that did. */
  | 'key_gone'
  /** The same, of a connection by the key itself. */
  | 'key_revoked'
  | 'key_expired'
  /** Its key may not be used from there any more. */
  | 'elsewhere'
  | 'superseded'
  /** The app it belongs to was removed: coming back is in vain. */
  | 'app_gone'

export type ConnectionEffect =
  | { readonly name: 'sendClosed' }
  | { readonly name: 'sendDisconnected'; readonly reason: CutReason }
  | { readonly name: 'askRenewal' }
  | { readonly name: 'closeSocket' }
  /** Its members leave every channel. */
  | { readonly name: 'leavePresence' }
  /** Its attachments end without a word: the connection is no more. */
  | { readonly name: 'forget' }
  /** Call `tick` at this instant. Replaces what an earlier step asked for; a step without it asks for none. */
  | { readonly name: 'wakeAt'; readonly atMs: number }

export type ConnectionStep = {
  readonly state: ConnectionState
  readonly effects: readonly ConnectionEffect[]
}

type Open = Extract<ConnectionState, { name: 'open' }>
type Suspended = Extract<ConnectionState, { name: 'suspended' }>

const CLOSED: ConnectionState = { name: 'closed' }

/** Moves a connection by one event. An event that means nothing in a state changes nothing. */
export function stepConnection(
  state: ConnectionState,
  event: ConnectionEvent,
  nowMs: number,
): ConnectionStep {
  switch (state.name) {
    case 'open':
      return stepOpen(state, event, nowMs)
    case 'suspended':
      return stepSuspended(state, event, nowMs)
    case 'closed':
      return { state, effects: [] }
  }
}

/** The first step of a connection: what to wait for. */
export function openConnection(terms: Terms, nowMs: number): ConnectionStep {
  return {
    state: { name: 'open', ...termsOf(terms) },
    effects: wakeForToken(terms.tokenEndsAtMs, nowMs),
  }
}

function termsOf({ tokenEndsAtMs, graceMs }: Terms): Terms {
  return {
    ...(tokenEndsAtMs === undefined ? {} : { tokenEndsAtMs }),
    ...(graceMs === undefined ? {} : { graceMs }),
  }
}

function stepOpen(state: Open, event: ConnectionEvent, nowMs: number): ConnectionStep {
  switch (event.name) {
    case 'close':
      return {
        state: CLOSED,
        effects: [
          { name: 'leavePresence' },
          { name: 'forget' },
          { name: 'sendClosed' },
          { name: 'closeSocket' },
        ],
      }
    case 'failed':
      return {
        state: CLOSED,
        effects: [{ name: 'leavePresence' }, { name: 'forget' }, { name: 'closeSocket' }],
      }
    case 'disconnect':
      return {
        ...suspend(state, nowMs),
        effects: [...suspend(state, nowMs).effects, { name: 'closeSocket' }],
      }
    case 'socketLost':
      return suspend(state, nowMs)
    case 'resumed':
      return openConnection(event, nowMs)
    case 'renewed': {
      const { graceMs } = state
      return openConnection({ ...event, ...(graceMs === undefined ? {} : { graceMs }) }, nowMs)
    }
    case 'drain':
      return cut(state, 'draining', nowMs)
    case 'cut':
      return cut(state, event.reason, nowMs)
    case 'revoked':
      return revoke(state, event.atMs, nowMs)
    case 'tick':
      return tickOpen(state, nowMs)
  }
}

function revoke(state: Open, atMs: number, nowMs: number): ConnectionStep {
  if (nowMs >= atMs) return cut(state, 'token_revoked', nowMs)
  const { tokenEndsAtMs = Number.POSITIVE_INFINITY } = state
  if (tokenEndsAtMs <= atMs)
    return { state, effects: [{ name: 'askRenewal' }, ...wakeForEnd(state)] }
  const revoked: Open = { ...state, tokenEndsAtMs: atMs, isRevoked: true }
  return { state: revoked, effects: [{ name: 'askRenewal' }, ...wakeForEnd(revoked)] }
}

function wakeForEnd({ tokenEndsAtMs }: Open): ConnectionEffect[] {
  return tokenEndsAtMs === undefined ? [] : [{ name: 'wakeAt', atMs: tokenEndsAtMs }]
}

function stepSuspended(state: Suspended, event: ConnectionEvent, nowMs: number): ConnectionStep {
  switch (event.name) {
    case 'resumed':
      return openConnection(event, nowMs)
    case 'tick':
      return tickSuspended(state, nowMs)
    case 'close':
    case 'failed':
      return { state: CLOSED, effects: [{ name: 'leavePresence' }, { name: 'forget' }] }
    case 'renewed':
    case 'socketLost':
    case 'disconnect':
    case 'drain':
    case 'cut':
    case 'revoked':
      return { state, effects: [wakeSuspended(state, nowMs)] }
  }
}

function tickSuspended(state: Suspended, nowMs: number): ConnectionStep {
  if (nowMs >= state.untilMs)
    return { state: CLOSED, effects: [{ name: 'leavePresence' }, { name: 'forget' }] }
  const wake = wakeSuspended(state, nowMs)
  if (nowMs < graceEndsAtMs(state)) return { state, effects: [wake] }
  return { state, effects: [{ name: 'leavePresence' }, wake] }
}

/** INVARIANT: a suspended connection always waits for a tick, or it would be kept for ever. */
function wakeSuspended(state: Suspended, nowMs: number): ConnectionEffect {
  const graceEnds = graceEndsAtMs(state)
  return { name: 'wakeAt', atMs: nowMs < graceEnds ? graceEnds : state.untilMs }
}

function graceEndsAtMs(state: Suspended): number {
  return state.untilMs - CONNECTION_STATE_TTL_MS + (state.graceMs ?? PRESENCE_GRACE_MS)
}

function suspend(state: Open, nowMs: number): ConnectionStep {
  const untilMs = nowMs + CONNECTION_STATE_TTL_MS
  return {
    state: { name: 'suspended', untilMs, ...termsOf(state) },
    effects: [{ name: 'wakeAt', atMs: nowMs + (state.graceMs ?? PRESENCE_GRACE_MS) }],
  }
}

function cut(state: Open, reason: CutReason, nowMs: number): ConnectionStep {
  const suspended = suspend(state, nowMs)
  return {
    state: suspended.state,
    effects: [{ name: 'sendDisconnected', reason }, { name: 'closeSocket' }, ...suspended.effects],
  }
}

function tickOpen(state: Open, nowMs: number): ConnectionStep {
  const endsAtMs = state.tokenEndsAtMs
  if (endsAtMs === undefined) return { state, effects: [] }
  if (nowMs >= endsAtMs)
    return cut(state, state.isRevoked === true ? 'token_revoked' : 'token_expired', nowMs)
  if (state.isRevoked === true) return { state, effects: [{ name: 'wakeAt', atMs: endsAtMs }] }
  if (nowMs >= endsAtMs - RENEWAL_MARGIN_MS) {
    return { state, effects: [{ name: 'askRenewal' }, { name: 'wakeAt', atMs: endsAtMs }] }
  }
  return { state, effects: [{ name: 'wakeAt', atMs: endsAtMs - RENEWAL_MARGIN_MS }] }
}

/** A token that lives shorter than the margin is not asked to be renewed early: that would ask without end. */
function wakeForToken(endsAtMs: number | undefined, nowMs: number): ConnectionEffect[] {
  if (endsAtMs === undefined) return []
  const margin = endsAtMs - RENEWAL_MARGIN_MS
  return [{ name: 'wakeAt', atMs: margin > nowMs ? margin : endsAtMs }]
}
