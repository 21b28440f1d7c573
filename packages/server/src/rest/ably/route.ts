// What the table of routes is made of: the address, who is let in to do what, and the work. The router is built from
// the table, so a route cannot be without its permission, nor a permission without its route.

import { authorize, type ChannelName, type Operation, roomChannel } from '@sayso/policy'
import { errorInfo, requestVersion, WireInvalid } from '@sayso/protocol'
import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono'
import { channelName } from '../../ably/channel-name.ts'
import { type Authenticated, proveFirst } from '../../access/authenticate.ts'
import type { Asker } from '../../commands/asker.ts'
import { require } from '../../commands/may.ts'
import { answerError } from './answer.ts'
import { presented, requester } from './credentials.ts'
import type { AblyRest } from './deps.ts'
import { WornTokens } from './worn-tokens.ts'

/**
 * Who may call a route.
 *
 * - `anyone`: no credential is looked at.
 * - `key`: whoever holds the key in the path; the route proves it, as a signature may stand for the key.
 * - `credential`: a key or token with one of the operations on the channel in the path, or on all channels; what
 *   exactly an act needs is then decided by its command. `each`: channels stand elsewhere, each is decided by itself.
 */
export type Permission =
  | { readonly who: 'anyone' }
  | { readonly who: 'key' }
  | {
      readonly who: 'credential'
      readonly may: readonly [Operation, ...Operation[]]
      readonly on: 'channel' | 'all' | 'each'
    }

/** One request on its way through a route. */
export type Call = {
  readonly c: HonoContext
  readonly deps: AblyRest
  /** Who calls. @throws {WireInvalid} with the code that makes a stock client renew or give up */
  readonly who: () => Authenticated
  readonly asker: () => Asker
  /** The channel in the path, or that of the room in it. @throws {WireInvalid} `channel_name_invalid` */
  readonly channel: () => ChannelName
  /** The wire version the caller speaks; shapes depend on it. */
  readonly version: number
}

export type Route = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly path: string
  readonly needs: Permission
  /** True: with any other method the address is as one that does not exist, as the protocol has it. */
  readonly hidesMethods?: true
  readonly run: (call: Call) => Response | Promise<Response>
}

/** Builds the router of a table. Nobody reaches a route without what the table says it needs. */
export function routerOf(
  routes: readonly Route[],
  deps: AblyRest,
  before: MiddlewareHandler,
): Hono {
  const app = new Hono()
  const worn = new WornTokens()
  for (const path of new Set(routes.map((route) => route.path))) app.use(path, before)
  for (const { method, path, needs, run } of routes) {
    app.on(method, path, async (c) => {
      requireReadable(c)
      await proveFirst(deps.ring, presented(c))
      const call = callOf(c, deps, worn)
      if (needs.who === 'credential') admit(call, needs)
      return run(call)
    })
  }
  for (const path of new Set(routes.map((route) => route.path)))
    app.all(path, otherMethods(routes.filter((route) => route.path === path)))
  return app
}

/** Answers the methods that an address does not have; OPTIONS asks which those are that it has. */
function otherMethods(routes: readonly Route[]): (c: HonoContext) => Response {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  const allow = [...methods, 'OPTIONS'].join(', ')
  const isHidden = routes.some((route) => route.hidesMethods === true)
  return (c) => {
    if (c.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } })
    if (isHidden) return answerError(c, errorInfo('not_found', 'there is nothing at this address'))
    const message = `\`${c.req.method}\` means nothing at this address`
    const refused = answerError(c, errorInfo('method_not_allowed', message))
    refused.headers.set('allow', allow)
    return refused
  }
}

/** @throws {WireInvalid} `bad_request` for an address whose percent-encoding stands for no text */
function requireReadable(c: HonoContext): void {
  try {
    decodeURIComponent(new URL(c.req.url).pathname)
  } catch {
    throw new WireInvalid('bad_request', 'the percent-encoding of the address cannot be read')
  }
}

function callOf(c: HonoContext, deps: AblyRest, worn: WornTokens): Call {
  const who = () => {
    const address = deps.addressOf(c.req.raw)
    const found = requester(c, deps.ring, worn, { nowMs: deps.context.now(), address })
    return address === undefined ? found : { ...found, asker: { ...found.asker, address } }
  }
  return {
    c,
    deps,
    who,
    asker: () => who().asker,
    channel: () => channelIn(c),
    version: requestVersion(c.req.header('x-ably-version') ?? c.req.query('v')),
  }
}

function channelIn(c: HonoContext): ChannelName {
  const room = c.req.param('room')
  return channelName(room === undefined ? (c.req.param('channel') ?? '') : roomChannel(room))
}

/** @throws {WireInvalid} who is nobody; {@link Failure} `denied` */
function admit(call: Call, { may, on }: Extract<Permission, { who: 'credential' }>): void {
  const asker = call.asker()
  if (on === 'each') return
  const channel = on === 'all' ? EVERY : call.channel()
  const { standing, refusals } = call.deps.context
  const { world } = standing
  const allowed = may.some((each) => authorize(world, asker.credential, each, channel).allowed)
  if (!allowed) refusals.noting(() => require(world, asker, may[0], channel))
}

/** What a capability must cover to speak of the whole app. */
const EVERY = '*' as ChannelName
