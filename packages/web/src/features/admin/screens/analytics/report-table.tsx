// A report as a table: the same figures, for reading and for those who cannot see a chart.

import type { Manage } from '@sayso/client/manage'
import type { ReactNode } from 'react'
import { chartTexts } from '../../../../ui/chart-texts.ts'
import { lengthOf } from '../../../../ui/lengths.ts'
import { Anchor } from '../../../../ui/navigation.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import { useName } from '../../store/names.ts'
import { COLUMNS, FIGURES, isLength, type Report, type Row } from './report.ts'
import { texts } from './texts.ts'

export function ReportTable(props: {
  readonly calls: Manage
  readonly report: Report
  readonly stepName: (atMs: number) => string
  /** To what a row counts, where it can be looked at. */
  readonly hrefOf?: (row: Row) => string
  /** Default: those of the report. */
  readonly rows?: readonly Row[]
  readonly columns?: readonly string[]
}): ReactNode {
  const { report, rows = report.rows, columns = COLUMNS[report.report] } = props
  const shown = columns.filter((column) => rows.some((row) => row[column] !== undefined))
  const figure = FIGURES[report.report]
  const most = Math.max(1, ...rows.map((row) => Number(row[figure] ?? 0)))
  const hasBars = report.report === 'messages-by-channel' || report.report === 'denials'
  return (
    <table className="report">
      <thead>
        <tr>
          {shown.map((column) => (
            <th key={column} scope="col" data-number={isNumber(column) ? '' : undefined}>
              {texts.columns[column] ?? column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={shown.map((column) => row[column]).join('|')}>
            {shown.map((column) => (
              <td key={column} data-number={isNumber(column) ? '' : undefined}>
                {hasBars && column === figure ? (
                  <span
                    className="bar-of"
                    style={{ width: `${(Number(row[column]) / most) * 100}px` }}
                  />
                ) : null}
                {props.hrefOf !== undefined && column === figure ? (
                  <Anchor href={props.hrefOf(row)} label={texts.lookAt(shownValue(row, column))}>
                    {shownValue(row, column)}
                  </Anchor>
                ) : (
                  <Value {...props} row={row} column={column} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const NUMBERS = new Set([
  'people',
  'messages',
  'authors',
  'denials',
  'acts',
  'joins',
  'opened',
  'answered',
  'missed',
  'rating',
  'hour',
])

function isNumber(column: string): boolean {
  return NUMBERS.has(column) || isLength(column)
}

function Value(props: {
  readonly calls: Manage
  readonly row: Row
  readonly column: string
  readonly stepName: (atMs: number) => string
}): ReactNode {
  const { row, column } = props
  const value = row[column]
  const by = useName(props.calls, column === 'by' && typeof value === 'string' ? value : undefined)
  if (column === 'by') return value === '' ? texts.forgotten : by
  if (column === 'at') return props.stepName(Date.parse(String(value)))
  if (column === 'rule' && value === '') return <span className="dim">{texts.nobodyGranted}</span>
  return shownValue(row, column)
}

/** Numbers as the reader writes them; what is not told is said so. */
export function shownValue(row: Row, column: string): string {
  const value = row[column]
  if (column === 'channel' || column === 'on') return String(row.title ?? value ?? '')
  if (column === 'authors' && row.orMore === true) return texts.orMore(Number(value))
  if (value === null || value === undefined) return row.few === true ? chartTexts.few : '–'
  if (typeof value !== 'number') return String(value)
  if (isLength(column)) return lengthOf(value)
  return value.toLocaleString(spokenLanguage(), { maximumFractionDigits: 1 })
}
