// Who asks on a page that shows the place as somebody else sees it.

import type { Context as HonoContext } from 'hono'
import { examine } from '../../access/authenticate.ts'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { mayView } from '../../commands/view-as.ts'
import type { AppRest } from './deps.ts'
import { signedIn, subjectOf, VIEW_HEADER } from './visitor.ts'

/**
 * Who asks through a view: the person, with what the token covers. The session behind it has to be that of the viewer.
 *
 * @throws {Failure} `view_only` where a view may not ask, `denied` if the right to look on is gone
 */
export async function lookingOn(deps: AppRest, c: HonoContext, mayAsk: boolean): Promise<Asker> {
  if (!mayAsk || c.req.method !== 'GET') throw viewOnly()
  const viewer = subjectOf(await signedIn(deps, c))
  const { context, ring } = deps
  const found = examine(ring, { token: c.req.header(VIEW_HEADER) ?? '' }, context.now())
  const asker = found.ok ? found.who.asker : undefined
  if (asker === undefined || asker.viewer !== viewer || !mayView(context.standing.world, viewer))
    throw new Failure('denied', 'this view has ended', { remedy: 'open it again' })
  const address = deps.addressOf(c.req.raw)
  return { ...asker, door: 'api', ...(address === undefined ? {} : { address }) }
}

export function viewOnly(): Failure {
  return new Failure('view_only', 'a view of somebody reads, and only what the chat shows', {
    remedy: 'leave the view',
  })
}
