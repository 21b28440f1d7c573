// Invitations: made, mailed or copied, listed, taken back; looked at and accepted by whoever has the link.

import { parseResourceId, type RoleName } from '@sayso/policy'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { changeInvitation } from '../../commands/change-invitation.ts'
import { Failure } from '../../commands/failure.ts'
import { invite } from '../../commands/invite.ts'
import {
  INVITATIONS,
  invitationOf,
  invitationToken,
  type KeptInvitation,
  type PromisedRole,
  stateOf,
} from '../../people/invitations.ts'
import { nameOf } from '../../people/roles.ts'
import { resourceNamed } from '../../resource-named.ts'
import type { AppRest } from './deps.ts'
import { type AppRoute, json, route } from './route.ts'
import { instant, pageQuery } from './shapes.ts'
import { signedIn } from './visitor.ts'

const tag = 'people'
/** How long an invitation holds unless said otherwise: 7 days; the longest: 90. Milliseconds. */
const DEFAULT_MS = 7 * 86_400_000
const LONGEST_MS = 90 * 86_400_000

const promiseSchema = z.strictObject({
  role: z.string().min(1).max(64),
  on: z.string().max(321).describe('`channel:lobby` or `tenant:<key>`'),
  not_before: instant.optional(),
  expires_at: instant.optional(),
})
const inviteSchema = z.strictObject({
  email: z.email().max(320).optional().describe('only an account with this e-mail can use it'),
  note: z.string().trim().min(1).max(500).optional().describe('stands in the mail'),
  roles: z.array(promiseSchema).max(50).default([]).describe('given on acceptance'),
  expires_at: instant.optional().describe('default: in seven days; at most ninety'),
})
const tokenSchema = z.strictObject({ token: z.string().min(1).max(200) })

const invitationShape = z
  .object({
    id: z.string(),
    state: z.enum(['open', 'used', 'revoked', 'ended']),
    email: z.string().optional(),
    note: z.string().optional(),
    roles: z.array(
      z.object({
        role: z.string(),
        on: z.string(),
        notBefore: z.string().optional(),
        expiresAt: z.string().optional(),
      }),
    ),
    by: z.object({ id: z.string(), name: z.string() }),
    expiresAt: z.string(),
    url: z.string().optional().describe('to copy; only while it is open'),
    sentAt: z.string().optional().describe('when it was last mailed'),
    acceptedBy: z.object({ id: z.string(), name: z.string() }).optional(),
    acceptedAt: z.string().optional(),
    hint: z.string().optional().describe('what is left to do by hand'),
  })
  .meta({ id: 'Invitation' })

export const invitationRoutes: readonly AppRoute[] = [
  route({
    method: 'POST',
    path: '/invitations',
    id: 'invite',
    tag,
    summary: 'Invite somebody: a link that works once',
    about:
      'With an e-mail and a mail server it is mailed at once; the link can always be copied. The roles are given when it is accepted, if whoever invited may still give them then.',
    needs: { who: 'person-or-key', may: 'invite' },
    body: {
      schema: inviteSchema,
      example: {
        email: 'ada@example.com',
        roles: [{ role: 'moderator', on: 'channel:general' }],
      },
    },
    answers: { 201: json('The invitation.', invitationShape) },
    problems: ['role_unknown', 'resource_unknown', 'invalid', 'denied'],
    run: async ({ c, deps, asker, body }) => {
      const nowMs = deps.context.now()
      const endsAtMs = body.expires_at ?? nowMs + DEFAULT_MS
      if (endsAtMs > nowMs + LONGEST_MS)
        throw new Failure('invalid', 'an invitation holds at most 90 days', {
          remedy: 'let `expires_at` be earlier',
        })
      const { email, note } = body
      const made = await invite(deps.context, asker, {
        ...(email === undefined ? {} : { email }),
        ...(note === undefined ? {} : { note }),
        roles: body.roles.map(promiseOf),
        endsAtMs,
      })
      return c.json(await sent(deps, asker, made), 201)
    },
  }),
  route({
    method: 'GET',
    path: '/invitations',
    id: 'listInvitations',
    tag,
    summary: 'The invitations, the newest first',
    needs: { who: 'person-or-key', may: 'invite' },
    query: pageQuery,
    answers: {
      200: json(
        'A page.',
        z.object({ items: z.array(invitationShape), next: z.string().optional() }),
      ),
    },
    run: async ({ c, deps, query: { limit, after } }) => {
      const page = await deps.context.store.records({
        collection: INVITATIONS,
        limit,
        ...(after === undefined ? {} : { afterKey: after }),
      })
      const items = page.map((record) => view(deps, invitationOf(record)))
      const next = page.length === limit ? page.at(-1)?.key : undefined
      return c.json({ items, ...(next === undefined ? {} : { next }) })
    },
  }),
  route({
    method: 'DELETE',
    path: '/invitations/:id',
    id: 'revokeInvitation',
    tag,
    summary: 'Take an invitation back',
    needs: { who: 'person-or-key', may: 'invite' },
    params: { id: 'of the invitation' },
    answers: { 200: json('Its link works no more.', invitationShape) },
    problems: ['invitation_unknown', 'conflict'],
    run: async ({ c, deps, asker, params }) => {
      const change = { id: params.id, kind: 'revoke' } as const
      return c.json(view(deps, await changeInvitation(deps.context, asker, change)))
    },
  }),
  route({
    method: 'POST',
    path: '/invitations/:id/send',
    id: 'sendInvitation',
    tag,
    summary: 'Mail an invitation again',
    needs: { who: 'person-or-key', may: 'invite' },
    params: { id: 'of the invitation' },
    answers: { 200: json('It is on its way, or there is a hint why not.', invitationShape) },
    problems: ['invitation_unknown', 'conflict'],
    run: async ({ c, deps, asker, params }) => {
      const record = await deps.context.store.record(INVITATIONS, params.id)
      if (record === undefined)
        throw new Failure('invitation_unknown', 'there is no such invitation', {
          remedy: 'list the invitations',
        })
      return c.json(await sent(deps, asker, invitationOf(record)))
    },
  }),
  route({
    method: 'POST',
    path: '/invitations/look',
    id: 'lookAtInvitation',
    tag,
    summary: 'What an invitation is worth to whoever has the link',
    needs: { who: 'own-page' },
    body: { schema: tokenSchema, example: { token: 'from the link' } },
    answers: {
      200: json(
        'Who invites whom, as long as it is open.',
        z.object({
          state: z.enum(['open', 'unknown', 'used', 'revoked', 'ended']),
          by: z.string().optional(),
          email: z.string().optional(),
        }),
      ),
    },
    run: async ({ c, deps, body }) => {
      const found = await deps.desk.find(body.token)
      if (found === undefined) return c.json({ state: 'unknown' })
      const state = stateName(found, deps.context.now())
      if (state !== 'open') return c.json({ state })
      const { email, by } = found
      const name = nameOf(deps.context.standing.world, by)
      return c.json({ state, by: name, ...(email === undefined ? {} : { email }) })
    },
  }),
  route({
    method: 'POST',
    path: '/invitations/accept',
    id: 'acceptInvitation',
    tag,
    summary: 'Accept an invitation with the account one has',
    about: 'Whoever signs up with the link has accepted it already.',
    needs: { who: 'session' },
    body: { schema: tokenSchema, example: { token: 'from the link' } },
    answers: { 200: json('What it promises is given.', z.object({ accepted: z.literal(true) })) },
    problems: ['invitation_unknown', 'conflict'],
    run: async ({ c, deps, body }) => {
      await deps.desk.acceptFor(body.token, await signedIn(deps, c))
      return c.json({ accepted: true })
    },
  }),
]

function promiseOf(said: z.output<typeof promiseSchema>): PromisedRole {
  const on = resourceNamed(said.on)
  if (on === undefined)
    throw new Failure('invalid', `\`${said.on}\` is not a resource`, {
      remedy: 'write it as `channel:lobby`',
    })
  return {
    role: said.role as RoleName,
    on: parseResourceId(on),
    ...(said.not_before === undefined ? {} : { notBeforeMs: said.not_before }),
    ...(said.expires_at === undefined ? {} : { expiresAtMs: said.expires_at }),
  }
}

/** Mails an invitation if that can be, and says what is left to do if not. */
async function sent(deps: AppRest, asker: Asker, invitation: KeptInvitation) {
  const { outbox, context } = deps
  const { id, email, note, endsAtMs } = invitation
  const by = (hint: string) => ({ ...view(deps, invitation), hint })
  if (email === undefined)
    return by('Copy the link and hand it over: nobody is named to mail it to.')
  if (outbox === undefined)
    return by('Copy the link and send it yourself: this server sends no mails.')
  // First that it may be sent at all: it may have been used or taken back.
  const marked = await changeInvitation(context, asker, { id, kind: 'send' })
  const link = linkOf(deps, id)
  const isTaken = await outbox.post(
    email,
    {
      kind: 'invitation',
      by: nameOf(context.standing.world, invitation.by),
      link,
      until: dayOf(endsAtMs),
      ...(note === undefined ? {} : { note }),
    },
    endsAtMs,
  )
  if (isTaken) return view(deps, marked)
  return by('Copy the link and send it yourself: this address had enough mails for now.')
}

function dayOf(atMs: number): string {
  return new Date(atMs).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

function linkOf(deps: AppRest, id: string): string {
  return `${deps.publicUrl()}/login?invite=${invitationToken(deps.secret, id)}`
}

function stateName(invitation: KeptInvitation, nowMs: number) {
  const state = stateOf(invitation, nowMs)
  return state === 'good' || state === 'for_another' ? 'open' : state
}

function view(deps: AppRest, invitation: KeptInvitation) {
  const { id, email, note, roles, by, endsAtMs, sentAtMs, accepted } = invitation
  const { world } = deps.context.standing
  const at = (ms: number) => new Date(ms).toISOString()
  const state = stateName(invitation, deps.context.now())
  const named = (who: string) => ({ id: who.replace(/^user:/, ''), name: nameOf(world, who) })
  return {
    id,
    state,
    ...(email === undefined ? {} : { email }),
    ...(note === undefined ? {} : { note }),
    roles: roles.map(({ role, on, notBeforeMs, expiresAtMs }) => ({
      role,
      on,
      ...(notBeforeMs === undefined ? {} : { notBefore: at(notBeforeMs) }),
      ...(expiresAtMs === undefined ? {} : { expiresAt: at(expiresAtMs) }),
    })),
    by: named(by),
    expiresAt: at(endsAtMs),
    ...(state === 'open' ? { url: linkOf(deps, id) } : {}),
    ...(sentAtMs === undefined ? {} : { sentAt: at(sentAtMs) }),
    ...(accepted === undefined
      ? {}
      : { acceptedBy: named(`user:${accepted.by}`), acceptedAt: at(accepted.atMs) }),
  }
}
