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
import { lineOf, REPORTS, type Report, type Row, totalOf } from './report.ts'
import { ReportTable } from './report-table.tsx'
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
  const report = REPORTS.find((one) => one === address.query.report) ?? 'active-people'
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
        tabs={REPORTS.map((key) => ({
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
  const { report, calls, address } = props
  const { may } = useRights()
  const isLinked = report.report === 'denials' && may('read-decisions')
  const line = lineOf(report)
  const stepName = (atMs: number) => stepNameOf(atMs, report)
  const isEmpty = report.rows.length === 0 && (report.series ?? []).length === 0
  const isTableOnly = line === undefined && report.report !== 'busiest-hours'
  return (
    <>
      <Sums report={report} />
      {isEmpty ? <p className="dim">{texts.nothing}</p> : null}
      {line === undefined ? null : (
        <Suspense fallback={<div className="chart late" />}>
          <TimeChart
            label={texts.reports[report.report]}
            line={line}
            zone={report.zone}
            stepName={stepName}
          />
        </Suspense>
      )}
      {report.report === 'busiest-hours' ? <WeekChart report={report} /> : null}
      {report.hidden === undefined || report.hidden === 0 ? null : (
        <p className="sm dim">{texts.hidden(report.hidden)}</p>
      )}
      {report.rows.length === 0 ? null : (
        <details open={isTableOnly || report.series !== undefined}>
          <summary className="sm">{texts.asTable}</summary>
          <ReportTable
            calls={calls}
            report={report}
            stepName={stepName}
            {...(isLinked && {
              hrefOf: (row: Row) => refusalsHref(row, report, address.query),
            })}
          />
          {report.more === undefined ? null : <p className="sm dim">{texts.more(report.more)}</p>}
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

function stepNameOf(atMs: number, { by, zone }: Report): string {
  const style =
    by === 'hour'
      ? ({ dateStyle: 'medium', timeStyle: 'short' } as const)
      : by === 'month'
        ? ({ year: 'numeric', month: 'long' } as const)
        : ({ dateStyle: 'medium' } as const)
  return new Intl.DateTimeFormat(spokenLanguage(), { ...style, timeZone: zone }).format(atMs)
}
