// Audit lines as rows of CSV (RFC 4180), safe to open in a spreadsheet.

import type { AuditLine } from '@sayso/store'

const COLUMNS = [
  'number',
  'at',
  'actor',
  'address',
  'command',
  'target',
  'reason',
  'before',
  'after',
  'details',
  'effect',
  'revision',
  'previousHash',
  'hash',
] as const

export const CSV_HEADER = `${COLUMNS.join(',')}\r\n`

export function csvLine(line: AuditLine): string {
  const whole = { ...line, at: new Date(line.atMs).toISOString() }
  return `${COLUMNS.map((name) => cell(whole[name])).join(',')}\r\n`
}

function cell(value: unknown): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // A spreadsheet runs what begins so as a formula; an apostrophe in front makes it text.
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
