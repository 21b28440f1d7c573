// From the name of a failure to what travels: ErrorInfo, the two ways a frame or body can be invalid, and the public page.

import type { ErrorRow } from './error-row.ts'
import { type ErrorName, errors } from './error-table.ts'
import type { ErrorInfo } from './frame.ts'

/**
 * Makes the wire form. `message` replaces the default text and should tell the situation, user input in backticks;
 * `detail` is handed to the application by the stock client as it is.
 */
export function errorInfo(
  name: ErrorName,
  message?: string,
  detail?: Readonly<Record<string, string>>,
): ErrorInfo {
  const row = errors[name]
  const info = { message: message ?? row.message, code: row.code, statusCode: row.status }
  return detail === undefined ? info : { ...info, detail }
}

/** Looks up one failure. */
export function errorRow(name: ErrorName): ErrorRow {
  return errors[name]
}

/** Lists the table by code, then by its own order, for documents and tests. */
export function errorTable(): readonly (ErrorRow & { readonly name: ErrorName })[] {
  return (Object.keys(errors) as ErrorName[])
    .map((name) => ({ name, ...errors[name] }))
    .sort((a, b) => a.code - b.code)
}

/** Something from outside is not what the wire allows. Expected; answer it with `info` and carry on. */
export class WireInvalid extends Error {
  override readonly name: string = 'WireInvalid'
  readonly code: ErrorName

  constructor(code: ErrorName, message: string = errors[code].message) {
    super(message)
    this.code = code
  }

  /** The answer to send. */
  get info(): ErrorInfo {
    return errorInfo(this.code, this.message)
  }
}

/** What could still be read of an invalid frame: enough for a NACK (`msgSerial`) or a channel ERROR (`channel`). */
export type FrameAbout = {
  readonly action?: number
  readonly channel?: string
  readonly msgSerial?: number
}

/** A frame that is no valid frame. With `about.msgSerial` answer NACK, else with `about.channel` a channel ERROR. */
export class FrameInvalid extends WireInvalid {
  override readonly name: string = 'FrameInvalid'
  readonly about: FrameAbout

  constructor(code: ErrorName, message?: string, about: FrameAbout = {}) {
    super(code, message)
    this.about = about
  }
}

const retryText: Readonly<Record<ErrorRow['retry'], string>> = {
  never: 'do not repeat it unchanged',
  after_change: 'repeat it after rights or settings have changed',
  renew_token: 'repeat it with a new token',
  wait: 'repeat it later, unchanged',
  reconnect: 'come back on a new transport, or attach again',
}

/** Renders the table as the Markdown page of ERRORS.md, one heading per failure so that each can be linked to. */
export function errorsMarkdown(): string {
  const entries = errorTable().flatMap(({ code, name, status, retry, message, remedy }) => [
    `## ${code} \`${name}\``,
    '',
    `Status ${status}; ${retryText[retry]}.`,
    '',
    `- Says: ${message}.`,
    `- Do: ${remedy}.`,
    '',
  ])
  return [
    '# Errors',
    '',
    'Every failure carries `code`, `statusCode` and `message`. The message may tell the situation instead of the',
    'default text below; code and name never change.',
    '',
    'This page is generated from `src/error-table.ts`: run the tests of this package with `UPDATE=1`.',
    '',
    ...entries,
  ].join('\n')
}
