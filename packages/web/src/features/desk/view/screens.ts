// The screens beside the inbox: what opens them, and how they are fetched.

import type { ComponentType } from 'react'
import { lazy } from '../../../ui/late.ts'
import type { ScreenKey } from '../model/address.ts'
import type { DeskAction } from '../store/rights.ts'
import type { PartProps } from './part-props.ts'

/** Absent: open to everybody who works here. */
const NEEDS: Readonly<Partial<Record<ScreenKey, DeskAction>>> = {
  visitors: 'see-visitors',
  reports: 'read-desk-reports',
  widgets: 'manage-desk',
  teams: 'manage-desk',
}

export function isOpenTo(screen: ScreenKey, may: (action: DeskAction) => boolean): boolean {
  const needs = NEEDS[screen]
  return needs === undefined || may(needs)
}

export const SCREEN_PARTS: Readonly<Record<Exclude<ScreenKey, 'inbox'>, ComponentType<PartProps>>> =
  {
    visitors: lazy(async () => ({ default: (await import('../screens/visitors.tsx')).Visitors })),
    operators: lazy(async () => ({
      default: (await import('../screens/operators.tsx')).Operators,
    })),
    reports: lazy(async () => ({ default: (await import('../screens/reports.tsx')).Reports })),
    replies: lazy(async () => ({ default: (await import('../screens/replies.tsx')).Replies })),
    widgets: lazy(async () => ({ default: (await import('../setup/widgets.tsx')).Widgets })),
    teams: lazy(async () => ({ default: (await import('../setup/teams.tsx')).Teams })),
  }
