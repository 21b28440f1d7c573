import { describe, expect, test } from 'vitest'
import {
  CONNECTION_STATE_TTL_MS,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStep,
  type CutReason,
  openConnection,
  PRESENCE_GRACE_MS,
  RENEWAL_MARGIN_MS,
  stepConnection,
} from './connection.ts'

/** Lost its transport at 1 000 000, so that an instant and a duration are told apart. */
const LOST = 1_000_000
const NOW = LOST + 1_000
const GRACE_ENDS = LOST + PRESENCE_GRACE_MS
const UNTIL = LOST + CONNECTION_STATE_TTL_MS
const TOKEN_ENDS = NOW + 3_600_000
const NEW_TOKEN_ENDS = NOW + 7_200_000

const open: ConnectionState = { name: 'open', tokenEndsAtMs: TOKEN_ENDS }
const suspended: ConnectionState = { name: 'suspended', untilMs: UNTIL, tokenEndsAtMs: TOKEN_ENDS }
const closed: ConnectionState = { name: 'closed' }

const states: Record<ConnectionState['name'], ConnectionState> = { open, suspended, closed }
const events: Record<ConnectionEvent['name'], ConnectionEvent> = {
  resumed: { name: 'resumed', tokenEndsAtMs: NEW_TOKEN_ENDS },
  renewed: { name: 'renewed', tokenEndsAtMs: NEW_TOKEN_ENDS },
  socketLost: { name: 'socketLost' },
  close: { name: 'close' },
  disconnect: { name: 'disconnect' },
  failed: { name: 'failed' },
  drain: { name: 'drain' },
  tick: { name: 'tick' },
  cut: { name: 'cut', reason: 'key_gone' },
  revoked: { name: 'revoked', atMs: NOW },
}

const lostNow: ConnectionState = {
  name: 'suspended',
  untilMs: NOW + CONNECTION_STATE_TTL_MS,
  tokenEndsAtMs: TOKEN_ENDS,
}
const graceFromNow = { name: 'wakeAt', atMs: NOW + PRESENCE_GRACE_MS } as const
const onNewToken: ConnectionStep = {
  state: { name: 'open', tokenEndsAtMs: NEW_TOKEN_ENDS },
  effects: [{ name: 'wakeAt', atMs: NEW_TOKEN_ENDS - RENEWAL_MARGIN_MS }],
}
const still: ConnectionStep = {
  state: suspended,
  effects: [{ name: 'wakeAt', atMs: GRACE_ENDS }],
}
const nothing: ConnectionStep = { state: closed, effects: [] }

function ended(reason: CutReason): ConnectionStep {
  return {
    state: lostNow,
    effects: [{ name: 'sendDisconnected', reason }, { name: 'closeSocket' }, graceFromNow],
  }
}

const table: Record<ConnectionState['name'], Record<ConnectionEvent['name'], ConnectionStep>> = {
  open: {
    resumed: onNewToken,
    renewed: onNewToken,
    socketLost: { state: lostNow, effects: [graceFromNow] },
    close: {
      state: closed,
      effects: [
        { name: 'leavePresence' },
        { name: 'forget' },
        { name: 'sendClosed' },
        { name: 'closeSocket' },
      ],
    },
    disconnect: { state: lostNow, effects: [graceFromNow, { name: 'closeSocket' }] },
    failed: {
      state: closed,
      effects: [{ name: 'leavePresence' }, { name: 'forget' }, { name: 'closeSocket' }],
    },
    drain: ended('draining'),
    tick: {
      state: open,
      effects: [{ name: 'wakeAt', atMs: TOKEN_ENDS - RENEWAL_MARGIN_MS }],
    },
    cut: ended('key_gone'),
    revoked: ended('token_revoked'),
  },
  suspended: {
    resumed: onNewToken,
    renewed: still,
    socketLost: still,
    close: {
      state: closed,
      effects: [{ name: 'leavePresence' }, { name: 'forget' }],
    },
    disconnect: still,
    failed: {
      state: closed,
      effects: [{ name: 'leavePresence' }, { name: 'forget' }],
    },
    drain: still,
    tick: still,
    cut: still,
    revoked: still,
  },
  closed: {
    resumed: nothing,
    renewed: nothing,
    socketLost: nothing,
    close: nothing,
    disconnect: nothing,
    failed: nothing,
    drain: nothing,
    tick: nothing,
    cut: nothing,
    revoked: nothing,
  },
}

const cells = Object.entries(table).flatMap(([state, row]) =>
  Object.entries(row).map(([event, expected]) => ({
    state: state as ConnectionState['name'],
    event: event as ConnectionEvent['name'],
    expected,
  })),
)

describe('every event in every state', () => {
  test.each(cells)(
    '[CH2, CH4, CH5, CH7, CH8, CH9, CH197] $state, $event',
    ({ state, event, expected }) => {
      expect(stepConnection(states[state], events[event], NOW)).toEqual(expected)
    },
  )
})

describe('tokens', () => {
  const wakeAt = (atMs: number) => [{ name: 'wakeAt', atMs }]

  test('[CH1] a token is watched from 30 s before its end', () => {
    expect(openConnection({ tokenEndsAtMs: NOW + 30_001 }, NOW)).toEqual({
      state: { name: 'open', tokenEndsAtMs: NOW + 30_001 },
      effects: wakeAt(NOW + 1),
    })
  })

  test.each([30_000, 5_000, 0, -1])(
    '[CH1] a token that ends in %i ms is only watched to its end',
    (livesMs) => {
      expect(openConnection({ tokenEndsAtMs: NOW + livesMs }, NOW).effects).toEqual(
        wakeAt(NOW + livesMs),
      )
    },
  )

  test('[CH1] without a token there is nothing to wait for', () => {
    expect(openConnection({}, NOW)).toEqual({ state: { name: 'open' }, effects: [] })
    expect(stepConnection({ name: 'open' }, { name: 'tick' }, NOW)).toEqual({
      state: { name: 'open' },
      effects: [],
    })
  })

  test.each([30_000, 29_999, 1])(
    '[CH2] %i ms before its end a new token is asked for',
    (beforeMs) => {
      const step = stepConnection(open, { name: 'tick' }, TOKEN_ENDS - beforeMs)
      expect(step).toEqual({
        state: open,
        effects: [{ name: 'askRenewal' }, { name: 'wakeAt', atMs: TOKEN_ENDS }],
      })
    },
  )

  test('[CH2] a token is asked for once: each wait is longer than the last', () => {
    const asked = []
    let { state, effects } = openConnection({ tokenEndsAtMs: TOKEN_ENDS }, NOW)
    for (let wakes = 0; state.name === 'open' && wakes < 10; wakes += 1) {
      const wake = effects.find((effect) => effect.name === 'wakeAt')
      const step = stepConnection(state, { name: 'tick' }, wake?.atMs ?? 0)
      state = step.state
      effects = step.effects
      asked.push(...effects.filter((effect) => effect.name === 'askRenewal'))
    }
    expect(asked).toHaveLength(1)
    expect(state.name).toBe('suspended')
  })

  test.each([0, 1, 3_600_000])('[CH3] %i ms after its end the client is cut off', (afterMs) => {
    const nowMs = TOKEN_ENDS + afterMs
    expect(stepConnection(open, { name: 'tick' }, nowMs)).toEqual({
      state: {
        name: 'suspended',
        untilMs: nowMs + CONNECTION_STATE_TTL_MS,
        tokenEndsAtMs: TOKEN_ENDS,
      },
      effects: [
        { name: 'sendDisconnected', reason: 'token_expired' },
        { name: 'closeSocket' },
        { name: 'wakeAt', atMs: nowMs + PRESENCE_GRACE_MS },
      ],
    })
  })

  test.each(['resumed', 'renewed'] as const)('[CH4] %s without a token, no token ends', (name) => {
    expect(stepConnection(open, { name }, NOW)).toEqual({ state: { name: 'open' }, effects: [] })
  })
})

describe('a suspended connection', () => {
  const tick = (nowMs: number) => stepConnection(suspended, { name: 'tick' }, nowMs)

  test('[CH6] its members leave when the grace is over, not before', () => {
    expect(tick(GRACE_ENDS - 1).effects).toEqual([{ name: 'wakeAt', atMs: GRACE_ENDS }])
    expect(tick(GRACE_ENDS)).toEqual({
      state: suspended,
      effects: [{ name: 'leavePresence' }, { name: 'wakeAt', atMs: UNTIL }],
    })
  })

  test('[CH6] it is forgotten when its time is over, not before', () => {
    expect(tick(UNTIL - 1).state).toEqual(suspended)
    expect(tick(UNTIL)).toEqual({
      state: closed,
      effects: [{ name: 'leavePresence' }, { name: 'forget' }],
    })
  })

  test('[CH6] without a token it is kept as long', () => {
    const { state } = stepConnection({ name: 'open' }, { name: 'socketLost' }, LOST)
    expect(state).toEqual({ name: 'suspended', untilMs: UNTIL })
  })

  test.each(['renewed', 'socketLost', 'disconnect', 'drain', 'tick', 'cut'] as const)(
    '[CH8] after the grace, %s leaves it waiting for its end',
    (name) => {
      const { state, effects } = stepConnection(suspended, events[name], GRACE_ENDS + 1)
      expect(state).toEqual(suspended)
      expect(effects.at(-1)).toEqual({ name: 'wakeAt', atMs: UNTIL })
    },
  )
})
