// Whether somebody answers a new visitor now, and if not, when.

import { openingAt } from '../../desk/widgets/hours.ts'
import type { Widget } from '../../desk/widgets/widget.ts'
import type { AppRest } from '../app/deps.ts'

export type Availability = {
  readonly state: 'online' | 'offline' | 'full' | 'off'
  readonly position?: number
  readonly expectedWaitMs?: number
  readonly backAtMs?: number
}

export async function availabilityOf({ context }: AppRest, widget: Widget): Promise<Availability> {
  const opening = openingAt(widget.hours, context.now())
  if (opening.isOpen) return { state: 'online' }
  const { backAtMs } = opening
  return { state: 'offline', ...(backAtMs === undefined ? {} : { backAtMs }) }
}
