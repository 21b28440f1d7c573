// Audit lines as rows of CSV.

import type { AuditLine } from '@sayso/store'
import { csvRow } from './csv.ts'

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

export const CSV_HEADER = csvRow(COLUMNS)

export function csvLine(line: AuditLine): string {
  const whole = { ...line, at: new Date(line.atMs).toISOString() }
  return csvRow(COLUMNS.map((name) => whole[name]))
}
