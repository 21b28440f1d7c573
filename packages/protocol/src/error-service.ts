// Wire codes for the state of things: rates, the server, connections and channels.

import { row } from './error-row.ts'

export const rateErrors = {
  rate_limited: row(42910, 429, 'wait', 'too much at once', 'send more slowly'),
  connection_rate_limited: row(
    42911,
    429,
    'wait',
    'this connection publishes too fast',
    'send more slowly, or several messages in one publish',
  ),
  channel_rate_limited: row(
    42913,
    429,
    'wait',
    'this channel receives too many messages',
    'send more slowly, or spread over channels',
  ),
  channel_bandwidth_limited: row(
    42914,
    429,
    'wait',
    'this channel receives too many bytes',
    'send less, or spread over channels',
  ),
  slow_mode: row(
    42930,
    429,
    'wait',
    'slow mode: this channel takes one message of each person in a while',
    'send it again after `retryAfterMs` of the detail; the same id makes that safe',
  ),
  outbound_rate_limited: row(
    42915,
    429,
    'reconnect',
    'messages were left out because this connection reads too slowly',
    'fetch what is missing from history',
  ),
  outbound_bandwidth_limited: row(
    42916,
    429,
    'reconnect',
    'messages were left out because this connection receives too many bytes',
    'fetch what is missing from history',
  ),
  rate_breached: row(
    42920,
    429,
    'wait',
    'far too much at once; the connection is closed',
    'send more slowly',
  ),
  connection_rate_breached: row(
    42921,
    429,
    'wait',
    'this connection published far too fast and is closed',
    'send more slowly',
  ),
  too_many_requests: row(42922, 429, 'wait', 'too many requests', 'come back later'),
  bandwidth_breached: row(
    42924,
    429,
    'wait',
    'this connection sent far too many bytes and is closed',
    'send less',
  ),
} as const

export const serverErrors = {
  internal: row(
    50000,
    500,
    'wait',
    'the server failed',
    'repeat it; if it stays, read the log of the server',
  ),
  internal_channel: row(
    50001,
    500,
    'wait',
    'the channel failed',
    'repeat it; if it stays, read the log of the server',
  ),
  timeout: row(
    50003,
    504,
    'wait',
    'the server did not finish in time',
    'repeat it; the first attempt may have taken effect',
  ),
  overloaded: row(50004, 503, 'wait', 'the server is overloaded', 'repeat it later'),
} as const

export const connectionErrors = {
  disconnected: row(
    80003,
    400,
    'reconnect',
    'the connection is ending',
    'nothing; clients come back by themselves',
  ),
  recovery_failed: row(
    80008,
    400,
    'reconnect',
    'the connection could not be recovered',
    'dead: connection_key_unknown is sent instead',
  ),
  recovery_incompatible: row(
    80011,
    400,
    'never',
    'the connection to resume belongs to other credentials',
    'connect afresh',
  ),
  protocol_error: row(
    80013,
    400,
    'never',
    'the client broke the protocol',
    'compare what it sends with the protocol; the message says what was unexpected',
  ),
  transport_superseded: row(
    80016,
    400,
    'reconnect',
    'a newer transport has taken over',
    'nothing; clients repeat the operation there',
  ),
  connection_key_unknown: row(
    80018,
    400,
    'reconnect',
    'the connection to resume is not known any more',
    'nothing; the connection is new and channels attach again',
  ),
  continuity_lost: row(
    80020,
    400,
    'reconnect',
    'messages were left out because this connection reads too slowly',
    'fetch what is missing from history',
  ),
} as const

export const channelErrors = {
  channel_state_invalid: row(
    90001,
    400,
    'reconnect',
    'the channel is not in a state for that',
    'attach first',
  ),
  serial_expired: row(
    90003,
    404,
    'reconnect',
    'messages since that serial are not all kept any more',
    'fetch what is missing from history',
  ),
  backlog_too_large: row(
    90004,
    404,
    'reconnect',
    'more was missed than is replayed',
    'fetch what is missing from history',
  ),
  attach_timeout: row(
    90007,
    408,
    'reconnect',
    'no answer in time',
    'nothing; clients try again. Made by clients, never sent',
  ),
  too_many_channels: row(
    90010,
    400,
    'after_change',
    'this connection is attached to too many channels',
    'detach from some, or use another connection',
  ),
  presence_client_id_missing: row(
    91000,
    400,
    'never',
    'presence needs a clientId',
    'connect with a token that carries a clientId',
  ),
  presence_state_invalid: row(
    91001,
    400,
    'reconnect',
    'presence needs an attached channel',
    'attach first',
  ),
  presence_full: row(
    91003,
    400,
    'after_change',
    'the presence set is full',
    'wait until somebody leaves, or raise the limit',
  ),
  presence_reset: row(
    91007,
    400,
    'reconnect',
    'the presence members of this connection were removed',
    'nothing; clients enter again',
  ),
  annotation_mode_missing: row(
    93001,
    400,
    'never',
    'the attachment did not ask for annotations',
    'attach with the mode annotation_subscribe',
  ),
  messages_immutable: row(
    93002,
    400,
    'after_change',
    'messages of this channel cannot be changed',
    'allow it in the settings of the namespace',
  ),
} as const
