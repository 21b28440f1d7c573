// Which app a request is for: the one its credential names. Without a credential it is the main one, or the one an
// administrator of the installation names in a header, or in a link.

import type { Context as HonoContext } from 'hono'
import { claimedApp } from '../access/claimed-app.ts'
import { presented } from './ably/credentials.ts'

/** How a signed-in administrator names the app to act in. */
export const APP_HEADER = 'sayso-app'

export type Claim = {
  readonly appId: string
  /** `session`: named by the header, so that whoever comes has to be somebody of the main app. */
  readonly by: 'credential' | 'session'
}

/** A claim, for finding the keys that will prove it or not; undefined: nothing is claimed. */
export function claimOf(c: HonoContext): Claim | undefined {
  const [, inPath] = /^\/keys\/([^/.]+)\./.exec(c.req.path) ?? []
  const appId = inPath ?? claimedApp(presented(c))
  if (appId !== undefined) return { appId, by: 'credential' }
  const ofWidget = appOfWidget(c)
  if (ofWidget !== undefined) return { appId: ofWidget, by: 'credential' }
  const named = appNamed(c)
  return named === undefined ? undefined : { appId: named, by: 'session' }
}

/** By the header; in what only reads by `?app=` as well, as a link that downloads can send no header. */
export function appNamed(c: HonoContext): string | undefined {
  const isLink = c.req.method === 'GET' && c.req.path.startsWith('/api/v1/')
  return c.req.header(APP_HEADER) ?? (isLink ? c.req.query('app') : undefined)
}

/** Ids of widgets lead to their app. */
function appOfWidget(c: HonoContext): string | undefined {
  if (!c.req.path.startsWith('/widget/')) return undefined
  const [appId, random] = c.req.query('widget')?.split('.', 2) ?? []
  return random === undefined ? undefined : appId
}
