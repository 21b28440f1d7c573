// How the desk does: sums, one figure over time, and the tables behind both.

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useMemo } from 'react'
import { SelectField } from '../../../ui/fields.tsx'
import { lazy } from '../../../ui/late.ts'
import { lengthOf } from '../../../ui/lengths.ts'
import { useNavigate } from '../../../ui/navigation.tsx'
import { spokenLanguage } from '../../../ui/words.ts'
import { withQuery } from '../model/address.ts'
import { FIGURES, type Figure, figureText, lineOf, spanOf, timesOf } from '../model/report.ts'
import { texts } from '../model/texts.ts'
import { setupTexts } from '../model/texts-setup.ts'
import type { DeskReport } from '../store/calls.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { PartProps } from '../view/part-props.ts'
import { DeskNow } from './desk-now.tsx'
import { DeskPage, Unread } from './page.tsx'

const TimeChart = lazy(async () => ({
  default: (await import('../../../ui/time-chart.tsx')).TimeChart,
}))

const SPANS = ['7', '30', '90', '365'] as const

export function Reports({ address }: PartProps): ReactNode {
  const { calls, tenant } = useDesk()
  const navigate = useNavigate()
  const days = SPANS.find((one) => one === address.query.days) ?? '30'
  const figure = FIGURES.find((one) => one === address.query.figure) ?? 'opened'
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
  const span = spanOf(Number(days), Date.now(), zone)
  const found = useQuery({
    queryKey: ['desk-report', tenant, span.from, span.to, zone],
    queryFn: () => calls.report({ tenant, ...span, zone }),
  })
  const { reports } = setupTexts
  const set = (some: Readonly<Record<string, string>>) =>
    navigate(withQuery(address, some), { replace: true })
  return (
    <DeskPage title={texts.screens.reports} about={reports.about}>
      <DeskNow />
      <div className="report-controls">
        <SelectField
          label={reports.span}
          value={days}
          options={SPANS.map((key) => ({ key, label: reports.spans[key] }))}
          onChange={(next) => set({ days: next })}
        />
        <SelectField
          label={reports.figure}
          value={figure}
          options={FIGURES.map((key) => ({ key, label: reports.figures[key] }))}
          onChange={(next) => set({ figure: next })}
        />
      </div>
      <Unread isPending={found.isPending} error={found.error} again={() => void found.refetch()} />
      {found.data === undefined ? null : <Shown report={found.data} figure={figure} zone={zone} />}
    </DeskPage>
  )
}

function Shown(props: {
  readonly report: DeskReport
  readonly figure: Figure
  readonly zone: string
}): ReactNode {
  const { report, figure, zone } = props
  const { reports } = setupTexts
  const line = useMemo(() => lineOf(report, figure), [report, figure])
  const dayName = (atMs: number) =>
    new Intl.DateTimeFormat(spokenLanguage(), { dateStyle: 'medium', timeZone: zone }).format(atMs)
  return (
    <>
      <dl className="tiles">
        {FIGURES.map((one) => (
          <div key={one}>
            <dt className="sm dim">{reports.figures[one]}</dt>
            <dd className="num">{figureText(report.totals, one)}</dd>
            <Spread row={report.totals} figure={one} />
          </div>
        ))}
      </dl>
      {line === undefined ? (
        <p className="empty dim">{reports.nothing}</p>
      ) : (
        <Suspense fallback={<div className="chart late" />}>
          <TimeChart label={reports.figures[figure]} line={line} zone={zone} stepName={dayName} />
        </Suspense>
      )}
      <ReportRows
        title={reports.byDay}
        rows={report.series}
        nameOf={({ at }) => dayName(Date.parse(at))}
      />
      <ReportRows title={reports.byOperator} rows={report.operators} nameOf={({ name }) => name} />
      <ReportRows title={reports.byTeam} rows={report.teams} nameOf={({ name }) => name} />
      <ReportRows title={reports.byWidget} rows={report.widgets} nameOf={({ name }) => name} />
    </>
  )
}

/** Of times: what nine of ten took at most. */
function Spread(props: { readonly row: DeskReport['totals']; readonly figure: Figure }): ReactNode {
  const times = timesOf(props.row, props.figure)
  if (times === undefined) return null
  return <dd className="xs more">{setupTexts.reports.nineOfTen(lengthOf(times.p90))}</dd>
}

function ReportRows<Row extends DeskReport['totals']>(props: {
  readonly title: string
  readonly rows: readonly Row[]
  readonly nameOf: (row: Row) => string
}): ReactNode {
  const { title, rows, nameOf } = props
  if (rows.length === 0) return null
  return (
    <details className="report-rows">
      <summary className="sm">{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              {FIGURES.map((one) => (
                <th key={one} scope="col" className="num">
                  {setupTexts.reports.figures[one]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={nameOf(row)}>
                <th scope="row">{nameOf(row)}</th>
                {FIGURES.map((one) => (
                  <td key={one} className="num">
                    {figureText(row, one)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
