// How the desk stands at this moment: who waits, what is open, who is there. It follows the board.

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { setupTexts } from '../model/texts-setup.ts'
import { waited } from '../model/waiting.ts'
import { useDesk } from '../store/desk-context.tsx'
import { useSecond } from '../store/second.ts'
import { useNews } from '../store/use-news.ts'

export function DeskNow(): ReactNode {
  const { calls, tenant } = useDesk()
  const found = useQuery({ queryKey: ['desk-now', tenant], queryFn: () => calls.now(tenant) })
  useNews((news) => {
    if (news.kind !== 'visitor') void found.refetch({ cancelRefetch: false })
  })
  const second = useSecond()
  const { data } = found
  if (data === undefined) return null
  const { now } = setupTexts.reports
  const { waiting, waitingSinceMs, open, snoozed, operators } = data
  const tiles: readonly (readonly [name: string, value: ReactNode, more?: string | undefined])[] = [
    [now.waiting, waiting],
    [now.longest, waitingSinceMs === undefined ? '–' : waited(second - waitingSinceMs)],
    [now.open, open, snoozed === 0 ? undefined : now.aside(snoozed)],
    [now.available, operators.available, now.room(operators.withRoom)],
  ]
  return (
    <section aria-label={now.title}>
      <h2 className="label now-title">{now.title}</h2>
      <dl className="tiles">
        {tiles.map(([name, value, more]) => (
          <div key={name}>
            <dt className="sm dim">{name}</dt>
            <dd className="num">{value}</dd>
            {more === undefined ? null : <dd className="xs more">{more}</dd>}
          </div>
        ))}
      </dl>
    </section>
  )
}
