// What the engine's errors mean for a caller. Nothing outside this folder sees an SQLite error code.

export type Failure = 'full' | 'busy' | 'damaged' | 'other'

// By primary result code, and by the text SQLite has for it: not every call of every driver passes the code on.
const KNOWN: readonly { readonly code: number; readonly text: string; readonly means: Failure }[] =
  [
    { code: 5, text: 'database is locked', means: 'busy' },
    { code: 8, text: 'attempt to write a readonly database', means: 'full' },
    { code: 10, text: 'disk I/O error', means: 'full' },
    { code: 11, text: 'database disk image is malformed', means: 'damaged' },
    { code: 13, text: 'database or disk is full', means: 'full' },
    { code: 26, text: 'file is not a database', means: 'damaged' },
  ]

const PRIMARY_CODE = 0xff

/** Sorts an error by what can be done about it. */
export function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined
  const message = messageOf(error)
  const known = KNOWN.find((one) =>
    code === undefined ? message === one.text : (code & PRIMARY_CODE) === one.code,
  )
  return known?.means ?? 'other'
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
