// What can go wrong with rooms and tokens, one class each, so that an application can branch on it. Names are those
// people know from that model; `code` is the same word for logs, `wireCode` the number the server gave.

export type RoomErrorCode =
  | 'forbidden'
  | 'validation'
  | 'not_found'
  | 'token'
  | 'token_expired'
  | 'unauthorized'
  | 'timeout'
  | 'connection'

/** The base of all of them. */
export class RoomError extends Error {
  readonly code: RoomErrorCode
  /** The number on the wire; absent if the server was not asked. */
  readonly wireCode: number | undefined

  constructor(code: RoomErrorCode, message: string, wireCode?: number) {
    super(message)
    this.name = new.target.name
    this.code = code
    this.wireCode = wireCode
  }
}

/** A permission is missing; the text names the action and the room. */
export class ForbiddenError extends RoomError {
  constructor(message: string, wireCode?: number) {
    super('forbidden', message, wireCode)
  }
}

/** Something passed in is not what it must be. Nothing was sent, or the server refused the shape. */
export class ValidationError extends RoomError {
  constructor(message: string, wireCode?: number) {
    super('validation', message, wireCode)
  }
}

export class NotFoundError extends RoomError {
  constructor(message: string, wireCode?: number) {
    super('not_found', message, wireCode)
  }
}

/** The token does not hold, and no better one was to be had. */
export class TokenError extends RoomError {
  constructor(message: string, wireCode?: number) {
    super('token', message, wireCode)
  }
}

export class TokenExpiredError extends RoomError {
  constructor(message: string, wireCode?: number) {
    super('token_expired', message, wireCode)
  }
}

/** Neither key nor token was accepted. */
export class UnauthorizedError extends RoomError {
  constructor(message: string, wireCode?: number) {
    super('unauthorized', message, wireCode)
  }
}

export class TimeoutError extends RoomError {
  constructor(message: string, wireCode?: number) {
    super('timeout', message, wireCode)
  }
}

/** The server was not reached, or the connection was lost for good. */
export class SocketConnectionError extends RoomError {
  constructor(message: string, wireCode?: number) {
    super('connection', message, wireCode)
  }
}

type Made = new (message: string, wireCode?: number) => RoomError

/** The first that fits, by the number on the wire. */
const BY_CODE: readonly (readonly [from: number, to: number, Made])[] = [
  [40142, 40142, TokenExpiredError],
  [40140, 40149, TokenError],
  [40160, 40169, ForbiddenError],
  [40100, 40199, UnauthorizedError],
  [40300, 40399, ForbiddenError],
  [40400, 40499, NotFoundError],
  [40000, 40099, ValidationError],
  [50003, 50003, TimeoutError],
  [80000, 80018, SocketConnectionError],
  [80020, 80099, SocketConnectionError],
]

/** Makes a typed error of whatever the stock client rejects with. */
export function typedError(error: unknown, doing?: string): RoomError {
  if (error instanceof RoomError) return error
  const { code, cause, message } = fields(error)
  // "Could not get a token" says why in its cause.
  if (code === 80019 && cause !== undefined) return typedError(cause, doing)
  const text = doing === undefined ? message : `${doing}: ${message}`
  const found = BY_CODE.find(([from, to]) => code !== undefined && code >= from && code <= to)
  if (found !== undefined) return new found[2](text, code)
  return code === 80019 ? new UnauthorizedError(text, code) : new SocketConnectionError(text, code)
}

function fields(error: unknown): {
  readonly code?: number
  readonly cause?: unknown
  readonly message: string
} {
  if (typeof error !== 'object' || error === null) return { message: String(error) }
  const { code, cause, message } = error as Readonly<Record<string, unknown>>
  return {
    ...(typeof code === 'number' ? { code } : {}),
    ...(cause === undefined || cause === null ? {} : { cause }),
    message: typeof message === 'string' ? message : 'something went wrong',
  }
}
