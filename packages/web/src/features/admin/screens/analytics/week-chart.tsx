// The hours of a week: a table whose cells are the darker the more was written then.

import type { CSSProperties, ReactNode } from 'react'
import { spokenLanguage } from '../../../../ui/words.ts'
import { type Report, weekOf } from './report.ts'
import { texts } from './texts.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
/** A Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

export function WeekChart({ report }: { readonly report: Report }): ReactNode {
  const week = weekOf(report)
  const most = Math.max(1, ...week.flat())
  const format = new Intl.DateTimeFormat(spokenLanguage(), { weekday: 'short', timeZone: 'UTC' })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, by keyboard as well
    <section className="week" tabIndex={0} aria-label={texts.reports[report.report]}>
      <table>
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th key={hour} scope="col" className="num">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {week.map((day, index) => {
            const name = format.format(MONDAY_MS + index * DAY_MS)
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                {day.map((count, hour) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
                    key={hour}
                    className="num"
                    style={{ '--share': Math.round((count / most) * 100) } as CSSProperties}
                    title={texts.hourOf(name, hour, count.toLocaleString(spokenLanguage()))}
                    data-high={count / most > 0.55 ? '' : undefined}
                  >
                    {count === 0 ? '' : short(count)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function short(count: number): string {
  return new Intl.NumberFormat(spokenLanguage(), {
    notation: 'compact',
    maximumFractionDigits: 0,
  }).format(count)
}
