import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errorInfo, errorsMarkdown, errorTable, FrameInvalid, WireInvalid } from './errors.ts'

const page = new URL('../ERRORS.md', import.meta.url)

// Published: a line may be added, never changed.
const published: Readonly<Record<string, number>> = {
  bad_request: 40000,
  not_supported: 40000,
  bad_body: 40001,
  bad_parameter: 40003,
  connection_key_invalid: 40006,
  message_too_large: 40009,
  channel_name_invalid: 40010,
  client_id_invalid: 40012,
  data_invalid: 40013,
  publish_invalid: 40030,
  message_id_invalid: 40031,
  extras_invalid: 40032,
  forced_nack: 40099,
  credentials_missing: 40101,
  credentials_invalid: 40101,
  credentials_incompatible: 40102,
  timestamp_not_current: 40104,
  nonce_replayed: 40105,
  key_revoked: 40131,
  key_expired: 40132,
  key_address_refused: 40134,
  revocation_wrong_key: 40133,
  token_invalid: 40140,
  token_revoked: 40141,
  token_expired: 40142,
  token_unrecognised: 40143,
  jwt_invalid: 40144,
  token_unparseable: 40145,
  token_address_refused: 40147,
  action_denied: 40160,
  identity_required: 40161,
  revocation_needs_key: 40162,
  key_not_revocable: 40163,
  mode_not_requested: 40165,
  owner_unidentified: 40166,
  forbidden: 40300,
  connection_dropped: 40300,
  not_found: 40400,
  key_not_found: 40400,
  app_not_found: 40400,
  method_not_allowed: 40500,
  rate_limited: 42910,
  connection_rate_limited: 42911,
  channel_rate_limited: 42913,
  slow_mode: 42930,
  view_only: 40390,
  channel_bandwidth_limited: 42914,
  outbound_rate_limited: 42915,
  outbound_bandwidth_limited: 42916,
  rate_breached: 42920,
  connection_rate_breached: 42921,
  too_many_requests: 42922,
  bandwidth_breached: 42924,
  internal: 50000,
  internal_channel: 50001,
  timeout: 50003,
  overloaded: 50004,
  disconnected: 80003,
  recovery_failed: 80008,
  recovery_incompatible: 80011,
  protocol_error: 80013,
  transport_superseded: 80016,
  connection_key_unknown: 80018,
  continuity_lost: 80020,
  channel_state_invalid: 90001,
  serial_expired: 90003,
  backlog_too_large: 90004,
  attach_timeout: 90007,
  too_many_channels: 90010,
  presence_client_id_missing: 91000,
  presence_state_invalid: 91001,
  presence_full: 91003,
  presence_reset: 91007,
  annotation_mode_missing: 93001,
  messages_immutable: 93002,
}

describe('errors', () => {
  test('[PR27] every failure has message, code and status', () => {
    for (const { name, code, status, message } of errorTable())
      expect(errorInfo(name)).toEqual({ message, code, statusCode: status })
    expect(errorInfo('action_denied', '`publish` on `x` is not allowed')).toEqual({
      message: '`publish` on `x` is not allowed',
      code: 40160,
      statusCode: 401,
    })
    expect(errorInfo('internal', undefined, { revision: '7' })).toMatchObject({
      code: 50000,
      detail: { revision: '7' },
    })
  })

  test('[PR27] every line has something to say and something to do', () => {
    for (const { name, message, remedy } of errorTable()) {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/)
      for (const text of [message, remedy]) expect(text, name).toMatch(/^[^|\n]*[^.|\n]$/)
    }
  })

  test('[PR28] a code below 80000 begins with its status, but for three', () => {
    const off = errorTable().filter(
      ({ code, status }) => code < 80000 && Math.floor(code / 100) !== status,
    )
    // Suites of the stock client expect the first; the others are what proxies expect.
    expect(Object.fromEntries(off.map(({ name, status }) => [name, status]))).toEqual({
      key_not_found: 401,
      timeout: 504,
      overloaded: 503,
    })
  })

  test('[PR28] clients renew their token for exactly the codes 40140 to 40149', () => {
    for (const { name, code, retry } of errorTable())
      expect(retry === 'renew_token', name).toBe(code >= 40140 && code <= 40149)
  })

  test('[PR29] published names keep their codes', () => {
    expect(Object.fromEntries(errorTable().map(({ name, code }) => [name, code]))).toEqual(
      published,
    )
  })

  test('[PR29] ERRORS.md shows the table as it is', () => {
    if (process.env.UPDATE === '1') writeFileSync(page, errorsMarkdown())
    expect(readFileSync(page, 'utf8')).toBe(errorsMarkdown())
  })

  test('[PR27] an invalid frame or body carries its answer', () => {
    expect(new WireInvalid('data_invalid').info).toEqual(errorInfo('data_invalid'))
    const invalid = new FrameInvalid('extras_invalid', 'no', { msgSerial: 3 })
    expect(invalid).toBeInstanceOf(WireInvalid)
    expect(invalid.info).toEqual({ message: 'no', code: 40032, statusCode: 400 })
    expect(invalid.about).toEqual({ msgSerial: 3 })
  })
})
