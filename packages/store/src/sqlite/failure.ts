// What the engine's errors mean for a caller. Nothing outside this folder sees an SQLite error code.

const PRIMARY_CODE = 0xff
const SQLITE_READONLY = 8
const SQLITE_IOERR = 10
const SQLITE_CORRUPT = 11
const SQLITE_FULL = 13
const SQLITE_NOTADB = 26
const SQLITE_BUSY = 5

export type Failure = 'full' | 'busy' | 'damaged' | 'other'

/** Sorts an error by what can be done about it. */
export function failureOf(error: unknown): Failure {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : 0
  switch (Number(code) & PRIMARY_CODE) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
      return 'full'
    case SQLITE_BUSY:
      return 'busy'
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return 'damaged'
    default:
      return 'other'
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
