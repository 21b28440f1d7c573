// One connection's life as a table: state and event in, next state and effects out. Time comes in as a number.

/** How long state is kept for a resume after the socket was lost; milliseconds. */
export const CONNECTION_STATE_TTL_MS = 120_000
/** How long members stay present after the socket was lost; milliseconds. */
export const PRESENCE_GRACE_MS = 15_000
/** How long before a token ends the client is asked for a new one; milliseconds. */
export const RENEWAL_MARGIN_MS = 30_000

export type ConnectionState =
  /** A socket is there. `tokenEndsAtMs` is absent for an API key. */
  | { readonly name: 'open'; readonly tokenEndsAtMs?: number }
  /** The socket is gone; a resume until `untilMs` continues. */
  | { readonly name: 'suspended'; readonly untilMs: number; readonly tokenEndsAtMs?: number }
  | { readonly name: 'closed' }

export type ConnectionEvent =
  | { readonly name: 'resumed'; readonly tokenEndsAtMs?: number }
  | { readonly name: 'renewed'; readonly tokenEndsAtMs?: number }
  | { readonly name: 'socketLost' }
  | { readonly name: 'close' }
  | { readonly name: 'disconnect' }
  | { readonly name: 'drain' }
  | { readonly name: 'tick' }
  | { readonly name: 'cut'; readonly reason: CutReason }

/** Why the server ends a transport. */
export type CutReason = 'token_expired' | 'draining' | 'slow_reader' | 'key_gone' | 'superseded'

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
export function openConnection(tokenEndsAtMs: number | undefined, nowMs: number): ConnectionStep {
  const state: ConnectionState =
    tokenEndsAtMs === undefined ? { name: 'open' } : { name: 'open', tokenEndsAtMs }
  return { state, effects: wakeForToken(tokenEndsAtMs, nowMs) }
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
    case 'disconnect':
      return {
        ...suspend(state, nowMs),
        effects: [...suspend(state, nowMs).effects, { name: 'closeSocket' }],
      }
    case 'socketLost':
      return suspend(state, nowMs)
    case 'resumed':
    case 'renewed':
      return openConnection(event.tokenEndsAtMs, nowMs)
    case 'drain':
      return cut(state, 'draining', nowMs)
    case 'cut':
      return cut(state, event.reason, nowMs)
    case 'tick':
      return tickOpen(state, nowMs)
  }
}

function stepSuspended(state: Suspended, event: ConnectionEvent, nowMs: number): ConnectionStep {
  switch (event.name) {
    case 'resumed':
      return openConnection(event.tokenEndsAtMs, nowMs)
    case 'tick':
      return tickSuspended(state, nowMs)
    case 'close':
      return { state: CLOSED, effects: [{ name: 'leavePresence' }, { name: 'forget' }] }
    case 'renewed':
    case 'socketLost':
    case 'disconnect':
    case 'drain':
    case 'cut':
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
  return state.untilMs - CONNECTION_STATE_TTL_MS + PRESENCE_GRACE_MS
}

function suspend(state: Open, nowMs: number): ConnectionStep {
  const untilMs = nowMs + CONNECTION_STATE_TTL_MS
  const { tokenEndsAtMs } = state
  return {
    state: {
      name: 'suspended',
      untilMs,
      ...(tokenEndsAtMs === undefined ? {} : { tokenEndsAtMs }),
    },
    effects: [{ name: 'wakeAt', atMs: nowMs + PRESENCE_GRACE_MS }],
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
  if (nowMs >= endsAtMs) return cut(state, 'token_expired', nowMs)
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
