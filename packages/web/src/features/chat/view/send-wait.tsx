// In slow mode: how long one's next message still waits.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { lengthOf } from '../../../ui/lengths.ts'
import { Ring } from '../../../ui/ring.tsx'
import { serverNow, useServerNow } from '../../../ui/server-clock.ts'
import { digitsOf } from '../model/durations.ts'
import { rightsTexts } from '../model/texts-rights.ts'
import type { RightsHere } from './rights-context.ts'

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function SendWait(props: {
  readonly here: RightsHere
  readonly paceMs: number
  readonly fromMs: number
}): ReactNode {
  const { paceMs, fromMs } = props
  const untilMs = fromMs + paceMs
  const nowMs = useServerNow(props.here.api, untilMs > serverNow() ? untilMs : undefined)
  if (nowMs === undefined || nowMs >= untilMs) return <Icon name="arrow-up" size="l" />
  const leftMs = untilMs - nowMs
  return (
    <>
      <Ring size="button" share={leftMs / paceMs} digits={digitsOf(leftMs)} />
      <span className="vh">
        {rightsTexts.pace(lengthOf(paceMs))} {rightsTexts.paceWait(lengthOf(leftMs))}
      </span>
    </>
  )
}
