// Coming in: what a widget looks like, who a visitor is, the token for the realtime channels, and where they are on the site.

import * as z from 'zod'
import { sealer } from '../../auth/sealed.ts'
import { admitVisitor, knownDevice } from '../../commands/desk/admit-visitor.ts'
import { changeProfile } from '../../commands/desk/change-profile.ts'
import { issueVisitorToken } from '../../commands/desk/issue-visitor-token.ts'
import { returnVisitor } from '../../commands/desk/return-visitor.ts'
import { type Identity, isAttributes, proveIdentity } from '../../desk/visitors/identity.ts'
import { isVerified, type Profile } from '../../desk/visitors/records.ts'
import { WIDGET_SECRETS, type Widget } from '../../desk/widgets/widget.ts'
import type { AppRest } from '../app/deps.ts'
import { ApiProblem } from '../app/problem.ts'
import { availabilityOf } from './availability.ts'
import { countedAs, requireComing, requirePace, widgetIsOn } from './coming.ts'
import { visitorConversation } from './conversation-view.ts'
import { openConversationOf } from './conversations.ts'
import { cameWith, row, type WidgetRow } from './table.ts'

const MINUTE_MS = 60_000
/** Pages and signs of life of one visitor in a minute. */
const PAGES = { most: 60, windowMs: MINUTE_MS }
/** Tokens of one visitor in a minute. */
const TOKENS = { most: 20, windowMs: MINUTE_MS }

const page = z.strictObject({
  url: z
    .string()
    .max(2_000)
    .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), 'this is no address'),
  title: z
    .string()
    .max(500)
    .transform((title) => title.trim().slice(0, 200))
    .optional(),
})
const secret = z.string().min(1).max(200)

const config = row({
  method: 'GET',
  path: '/config',
  who: 'anyone',
  run: async ({ c, deps }) => {
    const widget = await widgetIsOn(deps, c.req.query('widget'))
    await requireComing(deps, c, widget)
    return c.json({ ...publicPart(widget), availability: await availabilityOf(deps, widget) })
  },
})

const session = row({
  method: 'POST',
  path: '/session',
  who: 'anyone',
  body: z.strictObject({
    device: secret.optional(),
    identity: z.string().min(1).max(20_000).optional(),
    proof: z.string().max(1_000).optional().describe('of a mailed link'),
    page: page.optional(),
  }),
  run: async ({ c, deps, body }) => {
    const { context } = deps
    const widget = await widgetIsOn(deps, c.req.query('widget'))
    const most = widget.limits.sessions
    requirePace(deps, `session ${widget.id} ${countedAs(deps, c)}`, {
      most,
      windowMs: MINUTE_MS,
    })
    await requireComing(deps, c, widget)
    const identity = body.identity === undefined ? undefined : proved(deps, widget, body.identity)
    const device = (body.proof && (await returned(deps, widget, body.proof))) ?? body.device
    if (identity === undefined) await requireKnown(deps, widget, device)
    const admitted = await admitVisitor(context, deps.secret, { widget, device, identity })
    if (admitted === undefined) throw notProved('used', 'the identity was used in another browser')
    const { visitor } = admitted.device
    await requireComing(deps, c, widget, visitor)
    const { token, endsAtMs } = issueVisitorToken(context, deps.ring, admitted.device)
    context.visitors.letWrite(visitor, widget.limits.messages)
    if (admitted.before !== undefined) context.visitors.site.gone(admitted.before)
    const { tenant } = widget
    const address = deps.addressOf(c.req.raw)
    context.visitors.site.seen({
      visitor,
      tenant,
      widget: widget.id,
      address,
      page: pageOf(body.page),
    })
    const open = await openConversationOf(deps, admitted)
    return c.json({
      device: admitted.secret,
      visitor: visitorView(visitor, admitted.profile),
      token,
      tokenExpiresAtMs: endsAtMs,
      conversation: open === undefined ? null : await visitorConversation(deps, open, widget),
    })
  },
})

const token = row({
  method: 'POST',
  path: '/token',
  who: 'anyone',
  body: z.strictObject({ device: secret }),
  run: async ({ c, deps, body }) => {
    const { device } = await cameWith(deps, c, body.device)
    requirePace(deps, `token ${device.visitor}`, TOKENS)
    const { token: made, endsAtMs } = issueVisitorToken(deps.context, deps.ring, device)
    return c.json({ token: made, tokenExpiresAtMs: endsAtMs })
  },
})

const putPage = row({
  method: 'PUT',
  path: '/page',
  who: 'visitor',
  body: page,
  run: ({ c, deps, come, body }) => {
    const { visitor, tenant } = come.device
    requirePace(deps, `page ${visitor}`, PAGES)
    const address = deps.addressOf(c.req.raw)
    const seen = { visitor, tenant, widget: come.widget.id, address, page: pageOf(body) }
    deps.context.visitors.site.seen(seen)
    return c.body(null, 204)
  },
})

const putAttributes = row({
  method: 'PUT',
  path: '/attributes',
  who: 'visitor',
  body: z.strictObject({
    attributes: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .refine(isAttributes, 'at most 50 texts, numbers and booleans'),
  }),
  run: async ({ c, deps, come, body }) => {
    const { visitor } = come.device
    requirePace(deps, `page ${visitor}`, PAGES)
    await changeProfile(deps.context, visitor, (profile) => ({ ...profile, said: body.attributes }))
    return c.body(null, 204)
  },
})

export const sessionRows: readonly WidgetRow[] = [config, session, token, putPage, putAttributes]

/** What of a widget everybody may know. */
function publicPart(widget: Widget) {
  const { id, name, look, texts, language, hours, form, offline, identity, files } = widget
  return {
    id,
    name,
    look,
    texts,
    language,
    ...(hours && { hours }),
    ...(form && { form }),
    offline,
    identity: { isRequired: identity.isRequired },
    files,
  }
}

export function visitorView(id: string, profile: Profile) {
  const { name } = profile
  return { id, ...(name && { name }), isVerified: isVerified(profile) }
}

/** @throws {ApiProblem} `identity_invalid` */
function proved({ context, secret }: AppRest, widget: Widget, text: string): Identity {
  const { open } = sealer(secret, WIDGET_SECRETS)
  const reading = proveIdentity(text, widget, open, context.now())
  if (reading.ok) return reading.identity
  throw notProved(reading.reason, reading.message)
}

/** A secret for the browser in which a mailed link was opened. @throws {ApiProblem} `proof_invalid` */
async function returned(
  { context, secret }: AppRest,
  widget: Widget,
  text: string,
): Promise<string> {
  const device = await returnVisitor(context, secret, widget, text)
  if (device !== undefined) return device
  throw new ApiProblem('proof_invalid', 'the link has been used, or is too old', 'begin anew')
}

function notProved(reason: string, message: string): ApiProblem {
  return new ApiProblem('identity_invalid', message, 'let your server sign a new one', { reason })
}

/** @throws {ApiProblem} `identity_required_here` */
async function requireKnown(
  { context }: AppRest,
  widget: Widget,
  device: string | undefined,
): Promise<void> {
  if (!widget.identity.isRequired) return
  const known = await knownDevice(context, { widget, device })
  if (known !== undefined && isVerified(known.profile)) return
  throw new ApiProblem(
    'identity_required_here',
    'only visitors whom the site knows may write here',
    'sign in on the site',
  )
}

function pageOf(said: z.output<typeof page> | undefined) {
  if (said === undefined) return undefined
  const { url, title } = said
  return { url, ...(title && { title }) }
}
