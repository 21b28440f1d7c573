// Who may come in by a widget at all: it is on, they are not blocked, and they do not come too often.

import type { Context as HonoContext } from 'hono'
import { addressName } from '../../desk/visitors/address-name.ts'
import { isBlocked } from '../../desk/visitors/blocks.ts'
import type { Limit } from '../../desk/visitors/limits.ts'
import { type Widget, widgetNamed } from '../../desk/widgets/widget.ts'
import type { AppRest } from '../app/deps.ts'
import { ApiProblem } from '../app/problem.ts'

/** @throws {ApiProblem} `widget_unknown` */
export async function widgetIsOn({ context }: AppRest, id: string | undefined): Promise<Widget> {
  const widget = id === undefined ? undefined : await widgetNamed(context.store, id)
  if (widget?.isOn === true) return widget
  throw new ApiProblem('widget_unknown', 'there is no such widget')
}

/**
 * Those who are kept out are told no more than that.
 *
 * @throws {ApiProblem} `not_available`
 */
export async function requireComing(
  { context, addressOf }: AppRest,
  c: HonoContext,
  { tenant }: Widget,
  visitor?: string,
): Promise<void> {
  const come = { tenant, address: addressOf(c.req.raw), ...(visitor && { visitor }) }
  if (await isBlocked(context.store, come, context.now()))
    throw new ApiProblem('not_available', 'this is not available')
}

/** How an address is counted; whoever has none is counted with the others who have none. */
export function countedAs({ addressOf }: AppRest, c: HonoContext): string {
  return addressName(addressOf(c.req.raw) ?? '') ?? 'unknown'
}

/** @throws {ApiProblem} `slow_down` */
export function requirePace({ context }: AppRest, name: string, limit: Limit): void {
  const retryAfterMs = context.visitors.limits.take(name, limit)
  if (retryAfterMs > 0) throw slowDown(retryAfterMs)
}

export function slowDown(retryAfterMs: number): ApiProblem {
  return new ApiProblem('slow_down', 'too many at once', 'wait and try again', { retryAfterMs })
}
