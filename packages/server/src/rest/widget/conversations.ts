// What visitors do with their conversations. One that is not theirs is answered as one that is not there, by the same way.

import type { ChannelName } from '@sayso/policy'
import * as z from 'zod'
import { changeProfile } from '../../commands/desk/change-profile.ts'
import { markConversation } from '../../commands/desk/mark-conversation.ts'
import { unknownConversation } from '../../commands/desk/moving.ts'
import { openConversation } from '../../commands/desk/open-conversation.ts'
import { rateConversation } from '../../commands/desk/rate-conversation.ts'
import { readTranscript } from '../../commands/desk/read-transcript.ts'
import { registerVisitor } from '../../commands/desk/register-visitor.ts'
import { Failure } from '../../commands/failure.ts'
import type { TellFleeting } from '../../commands/publish-ephemeral.ts'
import { say } from '../../commands/say.ts'
import { type KeptConversation, keptConversation, openOf } from '../../desk/conversation.ts'
import {
  channelOfConversation,
  conversationNamed,
  deskOf,
  requireDesk,
} from '../../desk/desk-type.ts'
import { transcriptText } from '../../desk/transcript-text.ts'
import { addressName } from '../../desk/visitors/address-name.ts'
import { isMail } from '../../desk/visitors/identity.ts'
import { digestOf, isVerified, type Profile } from '../../desk/visitors/records.ts'
import { subjectOfVisitor } from '../../desk/visitors/visitor.ts'
import type { AppRest } from '../app/deps.ts'
import { ApiProblem } from '../app/problem.ts'
import { isFull } from './availability.ts'
import { requirePace, slowDown } from './coming.ts'
import { type VisitorConversation, visitorConversation } from './conversation-view.ts'
import { type Come, row, type WidgetRow } from './table.ts'

const HOUR_MS = 3_600_000
/** The latest of one's own that are listed. */
const MOST_LISTED = 50
/** Transcripts mailed by one visitor in an hour. */
const MAILED = { most: 5, windowMs: HOUR_MS }
const MAIL_MS = 86_400_000
/** Marks of one visitor in a minute. */
const MARKS = { most: 240, windowMs: 60_000 }

export const text = z.string().trim().min(1).max(8_000)
export const mail = z.string().trim().max(241).refine(isMail, 'this is no address')
const serial = z.string().min(1).max(100)
const answers = z.record(z.string().max(64), z.string().trim().max(1_000))

const open = row({
  method: 'POST',
  path: '/conversations',
  who: 'visitor',
  body: z.strictObject({
    text: text.optional(),
    form: answers.optional(),
    consent: z.boolean().optional(),
  }),
  run: async ({ c, deps, come, body }) => {
    const known = await openConversationOf(deps, come)
    if (known === undefined) await prepare(deps, come, body)
    const { conversation, isNew } = await begin(deps, come, { text: body.text })
    return c.json({ conversation, isNew }, isNew ? 201 : 200)
  },
})

const list = row({
  method: 'GET',
  path: '/conversations',
  who: 'visitor',
  run: async ({ c, deps, come }) => c.json({ items: await ownConversations(deps, come) }),
})

const transcript = row({
  method: 'GET',
  path: '/conversations/:key/transcript',
  who: 'visitor',
  run: async ({ c, deps, come, params }) => {
    const { channel, kept } = await ownConversation(deps, come, params.key)
    const lines = await readTranscript(deps.context, come.asker, channel)
    if (c.req.query('format') === 'json') return c.json({ lines })
    c.header('content-type', 'text/plain; charset=utf-8')
    c.header('content-disposition', 'attachment; filename="conversation.txt"')
    return c.body(`${transcriptText(lines, kept, come.widget.name).join('\n')}\n`)
  },
})

const mailTranscript = row({
  method: 'POST',
  path: '/conversations/:key/transcript',
  who: 'visitor',
  body: z.strictObject({ email: mail }),
  run: async ({ c, deps, come, params, body }) => {
    const { channel, kept } = await ownConversation(deps, come, params.key)
    const { outbox, context } = deps
    if (outbox === undefined)
      throw new ApiProblem('no_mail', 'this server sends no mails', 'download it')
    requirePace(deps, `transcript ${come.device.visitor}`, MAILED)
    const site = come.widget.name
    const texts = transcriptText(await readTranscript(context, come.asker, channel), kept, site)
    const occasion = { kind: 'transcript', site, texts } as const
    if (!(await outbox.post(body.email, occasion, context.now() + MAIL_MS))) throw slowDown(HOUR_MS)
    return c.body(null, 202)
  },
})

const mark = row({
  method: 'POST',
  path: '/conversations/:key/marks',
  who: 'visitor',
  body: z.strictObject({ delivered: serial.optional(), read: serial.optional() }),
  run: async ({ c, deps, come, params, body }) => {
    await ownConversation(deps, come, params.key)
    requirePace(deps, `mark ${come.device.visitor}`, MARKS)
    requireReached(deps, body)
    const tell: TellFleeting = (to, told) => deps.hub.tellFleeting(to, told)
    await markConversation(deps.context, tell, come.asker, { key: params.key, ...body })
    return c.body(null, 204)
  },
})

const rate = row({
  method: 'POST',
  path: '/conversations/:key/rating',
  who: 'visitor',
  body: z.strictObject({
    score: z.int().min(1).max(5),
    comment: z.string().trim().max(2_000).optional(),
  }),
  run: async ({ c, deps, come, params, body }) => {
    const { kept } = await ownConversation(deps, come, params.key)
    await rateConversation(deps.context, come.asker, { key: kept.key, ...body })
    return c.body(null, 204)
  },
})

const leaveMessage = row({
  method: 'POST',
  path: '/offline',
  who: 'visitor',
  body: z.strictObject({
    name: z.string().trim().min(1).max(80).optional(),
    email: mail,
    text,
    form: answers.optional(),
    consent: z.boolean().optional(),
  }),
  run: async ({ c, deps, come, body }) => {
    const { name, email } = body
    const known = await openConversationOf(deps, come)
    const form = { ...body.form, email, ...(name && { name }) }
    if (known === undefined) await prepare(deps, come, { form, consent: body.consent })
    else await change(deps, come, form)
    const { conversation, isNew } = await begin(deps, come, { text: body.text, isOffline: true })
    return c.json({ conversation, isNew }, isNew ? 201 : 200)
  },
})

export const conversationRows: readonly WidgetRow[] = [
  open,
  list,
  mark,
  rate,
  transcript,
  mailTranscript,
  leaveMessage,
]

/** The conversation that a visitor has open. */
export async function openConversationOf(
  { context }: AppRest,
  { device }: Pick<Come, 'device'>,
): Promise<KeptConversation | undefined> {
  const open = await openOf(context.store, device.tenant, device.visitor)
  return open && keptConversation(context.store, open.key)
}

/** One of their own. @throws {Failure} `conversation_unknown` */
export async function ownConversation(
  { context }: AppRest,
  { device }: Pick<Come, 'device'>,
  key: string,
): Promise<{ readonly kept: KeptConversation; readonly channel: ChannelName }> {
  const { world } = context.standing
  const kept = await keptConversation(context.store, key)
  const isOwn = kept?.visitor === device.visitor && kept.tenant === device.tenant
  if (kept === undefined || !isOwn) throw unknownConversation()
  const resource = conversationNamed(requireDesk(world), key)
  return { kept, channel: channelOfConversation(world, resource) }
}

/** Also those that are closed, the latest first. */
async function ownConversations(
  deps: AppRest,
  { device, widget }: Come,
): Promise<readonly VisitorConversation[]> {
  const { standing, store } = deps.context
  const desk = deskOf(standing.world)
  if (desk === undefined) return []
  const keys = standing.world.facts
    .heldBy(subjectOfVisitor(device.visitor))
    .filter(
      ([resource, roles]) => resource.startsWith(`${desk.type}:`) && roles.includes(desk.visitor),
    )
    .map(([resource]) => resource.slice(desk.type.length + 1))
  const found = await Promise.all(keys.map((key) => keptConversation(store, key)))
  const own = found
    .filter((kept) => kept?.visitor === device.visitor)
    .filter((kept) => kept !== undefined)
    .sort((a, b) => b.openedAtMs - a.openedAtMs)
    .slice(0, MOST_LISTED)
  return Promise.all(own.map((kept) => visitorConversation(deps, kept, widget)))
}

/** Nobody has read what was not said yet. @throws {Failure} `invalid` */
function requireReached({ context }: AppRest, marks: Readonly<Record<string, string | undefined>>) {
  const { head } = context.standing
  for (const [name, at] of Object.entries(marks)) {
    const place = at?.split(':', 1)[0] ?? ''
    if (at !== undefined && (!/^\d{14}-\d{3}@/.test(place) || place > head))
      throw new Failure('invalid', `\`${name}\` is no message of this conversation`)
  }
}

type Said = {
  readonly form?: Readonly<Record<string, string>> | undefined
  readonly consent?: boolean | undefined
}

/** What has to be before a new one: answers, consent, room, and that it is not one too many. */
async function prepare(deps: AppRest, come: Come, { form = {}, consent }: Said): Promise<void> {
  const { context } = deps
  const { widget, device } = come
  requireAnswers(come, form)
  if (widget.form?.consent?.required === true && consent !== true)
    throw new ApiProblem('consent_required', 'the site asks for your consent first')
  if (isFull(deps, widget))
    throw new ApiProblem('queue_full', 'too many wait already', 'come later')
  await requireRoomForNew(deps, come)
  const atMs = context.now()
  await changeProfile(context, device.visitor, (profile) => ({
    ...answered(form)(profile),
    ...(consent === true && { consentAtMs: atMs }),
  }))
}

/** Durable: a restart gives nobody more. @throws {ApiProblem} `slow_down` */
async function requireRoomForNew({ context }: AppRest, { asker, widget }: Come): Promise<void> {
  const { store, now } = context
  const name = digestOf(`${widget.id} ${addressName(asker.address ?? '') ?? 'unknown'}`)
  const nowMs = now()
  for (let slot = 0; slot < widget.limits.conversations; slot += 1) {
    if (await store.claim(`desk-open:${name}:${slot}`, nowMs, nowMs + HOUR_MS)) return
  }
  throw slowDown(HOUR_MS)
}

/** @throws {ApiProblem} `form_incomplete` */
function requireAnswers({ widget, profile }: Come, form: Readonly<Record<string, string>>): void {
  const { fields = [] } = widget.form ?? {}
  for (const { key, kind, required, options, label } of fields) {
    const answer = form[key] ?? ''
    const isKnown = (key === 'name' || key === 'email') && profile[key] !== undefined
    const isWrong =
      (required && answer === '' && !isKnown) ||
      (answer !== '' && kind === 'email' && !isMail(answer)) ||
      (answer !== '' && options !== undefined && !options.includes(answer))
    if (isWrong)
      throw new ApiProblem('form_incomplete', `\`${key}\` is missing or not as asked for`, label, {
        field: key,
      })
  }
}

/** What somebody answers about themselves counts as long as nobody has proved it otherwise. */
function answered(form: Readonly<Record<string, string>>) {
  return (profile: Profile): Profile => {
    const { name, email } = form
    const said = Object.fromEntries(Object.entries(form).filter(([, answer]) => answer !== ''))
    const own = isVerified(profile)
      ? {}
      : { ...(name && { name: name.slice(0, 80) }), ...(email && isMail(email) && { email }) }
    return {
      ...profile,
      ...(profile.email === undefined && email && isMail(email) ? { email } : {}),
      ...own,
      ...(Object.keys(said).length > 0 && { form: { ...profile.form, ...said } }),
    }
  }
}

/** In the middle of a conversation: operators see it at once. */
async function change(
  { context }: AppRest,
  { device }: Come,
  form: Readonly<Record<string, string>>,
) {
  const profile = await changeProfile(context, device.visitor, answered(form))
  await registerVisitor(context, device.visitor, profile)
}

type Beginning = { readonly text?: string | undefined; readonly isOffline?: true }

/** Opens one, or says it in the one there is. */
async function begin(deps: AppRest, come: Come, { text: first, isOffline }: Beginning) {
  const { context } = deps
  const { widget, device, asker } = come
  const { tenant, visitor } = device
  const { team } = widget
  const opened = await openConversation(context, asker, {
    tenant,
    visitor,
    widget: widget.id,
    text: first,
    team,
    isOffline,
  })
  const { kept, channel } = await ownConversation(deps, come, opened.key)
  if (!opened.isNew && first !== undefined) {
    const message = { name: 'text', data: JSON.stringify({ text: first }), encoding: 'json' }
    await say(context, deps.hub, asker, { channel, messages: [message] })
  }
  return { conversation: await visitorConversation(deps, kept, widget), isNew: opened.isNew }
}
