// The expected failures of a store, a closed set: each says what the caller should do next.

/** Rights moved after the decision was made: decide again. */
export class StaleDecision extends Error {
  readonly code = 'stale_decision'
}
/** The message was edited after the decision about it was made: read it again and decide again. */
export class StaleVersion extends Error {
  readonly code = 'stale_version'
}
/** The channel has no message with that serial: answer not found. */
export class UnknownMessage extends Error {
  readonly code = 'unknown_message'
}
/** A record is not at the version the write expects: read it again. */
export class StaleRecord extends Error {
  readonly code = 'stale_record'
}
/** A record whose name or value cannot be kept: the message says what the limit is. */
export class RecordInvalid extends RangeError {
  readonly code = 'record_invalid'
}
/** The store was closed: the process is going away. */
export class StoreClosed extends Error {
  readonly code = 'store_closed'
}
/** The disk refuses writes; reads go on: answer 503 and retry later. */
export class StoreFull extends Error {
  readonly code = 'store_full'
}

/** Why a store cannot be opened. */
export type Unavailable = 'in_use' | 'too_new' | 'damaged' | 'unusable_folder'

/** The store cannot be opened; the message is a sentence for the person who starts the server. */
export class StoreUnavailable extends Error {
  readonly code = 'store_unavailable'
  readonly reason: Unavailable

  constructor(reason: Unavailable, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
