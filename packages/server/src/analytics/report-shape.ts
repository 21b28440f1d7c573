// What a report is asked with, and what it is.

import type { World } from '@sayso/policy'
import type { Analytics, Span } from '@sayso/store'
import type { ReportLine } from '../desk/report-lines.ts'
import type { Scope } from './scope.ts'
import type { Step, Zone } from './zone.ts'

/** What is kept of conversations of a tenant (its key) that were opened in a time; milliseconds. */
export type LinesOf = (tenant: string, from: number, to: number) => Promise<readonly ReportLine[]>

export type Asked = {
  readonly analytics: Analytics
  readonly world: World
  readonly scope: Scope
  readonly span: Span
  readonly step: Step
  readonly zone: Zone
  /** What is kept of conversations of the desk. */
  readonly deskLines: LinesOf
  /** Only messages of this channel. */
  readonly channel?: string | undefined
}

export type Row = Readonly<Record<string, string | number | boolean | null | undefined>>
export type Report = {
  readonly rows: readonly Row[]
  /** By the steps of the span, where the rows are about something else. */
  readonly series?: readonly Row[]
  /** Of the whole span, where that is no sum of the rows. */
  readonly totals?: Row
  /** Groups that are left out, as they are too small. */
  readonly hidden?: number
}
