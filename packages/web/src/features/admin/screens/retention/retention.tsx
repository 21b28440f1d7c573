// How long messages are kept, what a legal hold keeps beyond that, and what went.

import type { ReactNode } from 'react'
import { adminHref } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { Tabs } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { DayList } from './day-list.tsx'
import { HoldList } from './hold-list.tsx'
import { SweepList } from './sweep-list.tsx'
import { texts } from './texts.ts'

const PARTS = { days: DayList, sweeps: SweepList, holds: HoldList } as const
type Part = keyof typeof PARTS

export function Retention(props: ScreenProps): ReactNode {
  const { may } = useRights()
  const same = kept(props.address.query)
  const open: readonly Part[] = [
    ...(may('manage-retention') ? (['days', 'sweeps'] as const) : []),
    ...(may('manage-holds') ? (['holds'] as const) : []),
  ]
  const asked = open.find((part) => part === props.address.query.part)
  const current = asked ?? open[0] ?? 'days'
  const List = PARTS[current]
  const tabs = (
    <Tabs
      label={shared.screens.retention}
      current={current}
      tabs={open.map((part) => ({
        key: part,
        title: texts.tabs[part],
        href: adminHref('retention', [], { ...same, part }),
      }))}
    />
  )
  return <List {...props} tabs={tabs} />
}
