// What stands on the button that sends: an arrow, or in slow mode how long one's next message still waits.

import { type ReactNode, Suspense } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { lazy } from '../../../ui/late.ts'
import { useRightsHere } from './rights-context.ts'

const SendWait = lazy(() => import('./send-wait.tsx'))

export function SendMark(): ReactNode {
  const here = useRightsHere()
  const pace = here?.control('set-pace').kind === 'on' ? undefined : here?.view.paceSeconds
  const arrow = <Icon name="arrow-up" size="l" />
  return here === undefined || pace === undefined || here.lastOwnMs === undefined ? (
    arrow
  ) : (
    <Suspense fallback={arrow}>
      <SendWait here={here} paceMs={pace * 1_000} fromMs={here.lastOwnMs} />
    </Suspense>
  )
}
