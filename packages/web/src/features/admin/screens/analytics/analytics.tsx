// What goes on here over days and months: counted, never read. Few people are never told apart.

import '../../styles/analytics.css'
import { type ReactNode, Suspense } from 'react'
import { chartTexts } from '../../../../ui/chart-texts.ts'
import { Icon } from '../../../../ui/icon.tsx'
import { lazy } from '../../../../ui/late.ts'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { spokenLanguage } from '../../../../ui/words.ts'
import { adminHref, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useRead } from '../../store/use-read.ts'
import { PageHead, Tabs } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { refusalsHref } from '../decisions/decisions-address.ts'
import { Controls, chosen } from './controls.tsx'
import {
  COLUMNS,
  lineOf,
  REPORTS,
  type Report,
  type Row,
  seriesColumns,
  totalOf,
} from './report.ts'
import { ReportTable, shownValue } from './report-table.tsx'
import { texts } from './texts.ts'
import { WeekChart } from './week-chart.tsx'

const TimeChart = lazy(async () => ({
  default: (await import('../../../../ui/time-chart.tsx')).TimeChart,
}))

/** Rows of a table that is not by time; the file has them all. */
const MOST_ROWS = 500

export function Analytics(props: ScreenProps): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const { may } = useRights()
  const reports = REPORTS.filter((one) => one !== 'desk' || may('read-desk-reports'))
  const report = reports.find((one) => one === address.query.report) ?? 'active-people'
  const choice = chosen(address.query, Date.now())
  const query = {
    from: choice.from,
    to: choice.to,
    by: choice.by,
    zone: choice.zone,
    ...(choice.compare ? { compare: 'previous' as const } : {}),
    ...(address.query.tenant === undefined ? {} : { tenant: address.query.tenant }),
  }
  const read = useRead(calls, 'readReport', {
    params: { report },
    query: { ...query, limit: MOST_ROWS },
  })
  return (
    <div className="page">
      <PageHead title={shared.screens.analytics}>
        <a
          className="btn"
          href={calls.hrefOf('exportReport', { params: { report }, query })}
          download
        >
          <Icon name="download" />
          {texts.download}
        </a>
      </PageHead>
      <Tabs
        label={shared.screens.analytics}
        current={report}
        tabs={reports.map((key) => ({
          key,
          title: texts.reports[key],
          href: adminHref('analytics', [], {
            ...address.query,
            ...kept(address.query),
            report: key,
          }),
        }))}
      />
      <div className="page-scroll analytics">
        <Controls
          choice={choice}
          onChange={(some) => navigate(withQuery(address, some), { replace: true })}
        />
        <p className="sm dim">{texts.about[report]}</p>
        {read.state === 'failed' ? (
          <p className="banner" role="alert">
            {refusalOf(read.error)}
          </p>
        ) : null}
        {read.data === undefined || read.data.report !== report ? null : (
          <Shown {...props} report={read.data} />
        )}
      </div>
    </div>
  )
}

function Shown(props: ScreenProps & { readonly report: Report }): ReactNode {
  const { report } = props
  const line = lineOf(report)
  const stepName = (atMs: number) => stepNameOf(atMs, report)
  // Of a desk that nobody wrote to there is a row for each step, and nothing in any.
  const isEmpty =
    (report.rows.length === 0 && (report.series ?? []).length === 0) || report.totals?.opened === 0
  return (
    <>
      {report.totals === undefined ? <Sums report={report} /> : <Totals report={report} />}
      {isEmpty ? <p className="dim">{texts.nothing}</p> : null}
      {line === undefined || isEmpty ? null : (
        <Suspense fallback={<div className="chart late" />}>
          <TimeChart
            label={texts.reports[report.report]}
            line={line}
            zone={report.zone}
            stepName={stepName}
            {...(report.report === 'desk' && { untold: texts.noneYet })}
          />
        </Suspense>
      )}
      {report.report === 'busiest-hours' ? <WeekChart report={report} /> : null}
      {report.hidden === undefined || report.hidden === 0 ? null : (
        <p className="sm dim">{texts.hidden(report.hidden)}</p>
      )}
      <Tables {...props} stepName={stepName} />
    </>
  )
}

/** What is drawn, as tables: the figures by time apart where the rows are about something else. */
function Tables(
  props: ScreenProps & {
    readonly report: Report
    readonly stepName: (atMs: number) => string
  },
): ReactNode {
  const { report, address } = props
  const { rows, series, more } = report
  const { may } = useRights()
  const isLinked = report.report === 'denials' && may('read-decisions')
  const isOpen = series !== undefined || report.report === 'messages-by-channel'
  return (
    <>
      {series === undefined || series.length === 0 ? null : (
        <details>
          <summary className="sm">{texts.timesAsTable}</summary>
          <ReportTable {...props} rows={series} columns={seriesColumns(report)} />
        </details>
      )}
      {rows.length === 0 ? null : (
        <details open={isOpen}>
          <summary className="sm">{texts.asTable}</summary>
          <ReportTable
            {...props}
            {...(isLinked && {
              hrefOf: (row: Row) => refusalsHref(row, report, address.query),
            })}
          />
          {more === undefined ? null : <p className="sm dim">{texts.more(more)}</p>}
        </details>
      )}
    </>
  )
}

function Sums({ report }: { readonly report: Report }): ReactNode {
  const now = totalOf(report)
  const before = report.series === undefined ? report.previous : report.previousSeries
  const was = before === undefined ? undefined : totalOf(report, before)
  if (now === undefined) return null
  const said = (value: number) => value.toLocaleString(spokenLanguage())
  return (
    <p className="sums num">
      <span className="figure">{said(now)}</span> <span className="sm dim">{texts.total}</span>
      {was === undefined ? null : (
        <span className="sm dim">
          {chartTexts.before}: {said(was)}
        </span>
      )}
    </p>
  )
}

/** Of the whole span, where that is no sum: as a row of the table says it, the span before beside it. */
function Totals({ report }: { readonly report: Report }): ReactNode {
  const { totals = {}, previousTotals } = report
  const shown = COLUMNS[report.report].filter((column) => totals[column] !== undefined)
  return (
    <dl className="totals">
      {shown.map((column) => (
        <div key={column}>
          <dt className="xs dim">{texts.columns[column]}</dt>
          <dd>
            <span className="strong num">{shownValue(totals, column)}</span>
            {previousTotals === undefined ? null : (
              <span className="xs dim">
                {chartTexts.before}: {shownValue(previousTotals, column)}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function stepNameOf(atMs: number, { by, zone }: Report): string {
  const style =
    by === 'hour'
      ? ({ dateStyle: 'medium', timeStyle: 'short' } as const)
      : by === 'month'
        ? ({ year: 'numeric', month: 'long' } as const)
        : ({ dateStyle: 'medium' } as const)
  return new Intl.DateTimeFormat(spokenLanguage(), { ...style, timeZone: zone }).format(atMs)
}
