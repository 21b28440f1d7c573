// Whether somebody answers a new visitor now, and if not, when; and where somebody stands who waits.

import type { SubjectId } from '@sayso/policy'
import { OPERATORS, operatorOf } from '../../desk/operators.ts'
import { openingAt } from '../../desk/widgets/hours.ts'
import type { Widget } from '../../desk/widgets/widget.ts'
import type { AppRest } from '../app/deps.ts'

export type Availability = {
  readonly state: 'online' | 'offline' | 'full'
  /** Where somebody would stand who came now. */
  readonly position?: number
  readonly expectedWaitMs?: number
  readonly backAtMs?: number
}

export async function availabilityOf(deps: AppRest, widget: Widget): Promise<Availability> {
  const { context } = deps
  const opening = openingAt(widget.hours, context.now())
  if (!opening.isOpen) {
    const { backAtMs } = opening
    return { state: 'offline', ...(backAtMs === undefined ? {} : { backAtMs }) }
  }
  if (isFull(deps, widget)) return { state: 'full' }
  if (!(await isSomebodyThere(deps, widget.tenant))) return { state: 'offline' }
  const { queue } = context.visitors
  const { tenant } = widget
  const expectedWaitMs = queue.expectedWaitMs(tenant)
  return {
    state: 'online',
    position: queue.length(tenant) + 1,
    ...(expectedWaitMs === undefined ? {} : { expectedWaitMs }),
  }
}

/** True if nobody more is let wait. */
export function isFull({ context }: AppRest, { tenant, mostWaiting }: Widget): boolean {
  if (mostWaiting === undefined) return false
  return context.visitors.queue.length(tenant) >= mostWaiting
}

/** An operator who says that they are available, and is connected. */
async function isSomebodyThere({ context, hub }: AppRest, tenant: string): Promise<boolean> {
  const prefix = `${tenant}/`
  const records = await context.store.records({ collection: OPERATORS, prefix, limit: 1_000 })
  const available = new Set<SubjectId>(
    records
      .map(operatorOf)
      .filter(({ status }) => status === 'available')
      .map(({ operator }) => `user:${operator}` as SubjectId),
  )
  if (available.size === 0) return false
  for (const { asker } of hub.connections()) {
    const { credential } = asker
    if (credential.kind === 'token' && credential.subject && available.has(credential.subject))
      return true
  }
  return false
}
