// What a token is worth now, for whoever may read keys; taking one back, for whoever may change them.

import type { ChannelName, KeyId } from '@sayso/policy'
import { errorRow } from '@sayso/protocol'
import * as z from 'zod'
import { examine, proveFirst, type Unrecognised } from '../../access/authenticate.ts'
import { type Bearer, inspectToken } from '../../access/inspect-token.ts'
import type { KeyRing } from '../../access/key-ring.ts'
import { Failure } from '../../commands/failure.ts'
import { noteRead } from '../../commands/note-read.ts'
import { type RevokeToken, revokeToken } from '../../commands/revoke-token.ts'
import { type AppRoute, json, route } from './route.ts'
import { doneShape, instant, reason } from './shapes.ts'

const capability = z.record(z.string(), z.array(z.string()))
const inspection = z
  .object({
    valid: z.boolean(),
    why: z
      .object({
        code: z.int().describe('what a client is told that shows it'),
        name: z.string(),
        message: z.string(),
        remedy: z.string(),
      })
      .optional()
      .describe('why it does not hold'),
    bearer: z
      .object({
        clientId: z.string().optional().describe('absent: nobody by name'),
        mayBeAnyone: z.boolean(),
        key: z.object({ id: z.string(), keyName: z.string(), name: z.string() }),
        signedWith: z.enum(['present secret', 'previous secret']),
        issuedAt: z.string(),
        expiresAt: z.string(),
        id: z.string().optional().describe('its `jti`: by it the one token can be taken back'),
        addresses: z
          .array(z.string())
          .optional()
          .describe('the only addresses and networks it may be shown from'),
        says: capability
          .optional()
          .describe('what it holds by its own word; absent: what its key may'),
        may: capability.optional().describe('what key and token leave open, before the policy'),
        channels: z.array(
          z.object({
            channel: z.string(),
            actions: z.array(z.string()).describe('what its bearer may do there now'),
            resource: z.string().optional().describe('the resource whose policy decides too'),
          }),
        ),
      })
      .optional()
      .describe('only of a token whose signature holds, also of one that has expired'),
  })
  .meta({ id: 'TokenInspection' })

const inspect = route({
  method: 'POST',
  path: '/tokens/inspect',
  id: 'inspectToken',
  tag: 'keys',
  summary: 'What a token says and what it may do now',
  about:
    'Verifies the signature first; of a token that nothing here signed it says only that. Without `channels`: the known channels on which it may do anything, at most 200.',
  needs: { who: 'person-or-key', may: 'read-keys' },
  body: {
    schema: z.strictObject({
      token: z.string().min(1).max(65_536),
      channels: z.array(z.string().min(1).max(2_048)).max(100).optional(),
    }),
    example: { token: 'eyJhbGciOi…', channels: ['user:123'] },
  },
  answers: { 200: json('What it is worth.', inspection) },
  run: async ({ c, deps, asker, body }) => {
    const channels = body.channels as readonly ChannelName[] | undefined
    const asked = { token: body.token, ...(channels === undefined ? {} : { channels }) }
    const live = deps.hub.channels.keys()
    const { valid, failure, bearer } = await inspectToken(
      deps.ring,
      asked,
      live,
      deps.context.now(),
    )
    await noteRead(deps.context, asker, 'read.token', bearerNamed(bearer))
    return c.json({
      valid,
      ...(failure === undefined ? {} : { why: why(failure.name, failure.message) }),
      ...(bearer === undefined ? {} : { bearer: bearerView(bearer) }),
    })
  },
})

const revoke = route({
  method: 'POST',
  path: '/tokens/revoke',
  id: 'revokeToken',
  tag: 'keys',
  summary: 'Take one token back before its end',
  about:
    'The token itself, or the key that signed it and its `jti`. Whoever is connected by it is cut off before this answers; it opens nothing any more, also after a restart. To take many back at once there is `POST /keys/{keyName}/revokeTokens` of the Ably protocol.',
  needs: { who: 'person-or-key', may: 'manage-keys' },
  body: {
    schema: z.union([
      z.strictObject({ token: z.string().min(1).max(65_536), reason }),
      z.strictObject({
        key: z.string().min(1).max(128).describe('id of the key that signed it'),
        id: z.string().min(1).max(2_048).describe('its `jti`'),
        expiresAt: instant
          .optional()
          .describe('when it ends by itself; not said: as late as any token lives'),
        reason,
      }),
    ]),
    example: { token: 'eyJhbGciOi…', reason: 'the phone was lost' },
  },
  answers: {
    200: json(
      'It holds everywhere.',
      doneShape.extend({
        key: z.string(),
        id: z.string(),
        expiresAt: z.string().describe('when the token would have ended'),
      }),
    ),
  },
  problems: ['invalid', 'key_unknown', 'key_not_revocable', 'conflict'],
  run: async ({ c, deps, asker, body }) => {
    const { ring, context } = deps
    const meant = 'token' in body ? await tokenMeant(ring, body.token, context.now()) : named(body)
    const because = body.reason === undefined ? {} : { reason: body.reason }
    const { committed, endsAtMs } = await revokeToken(context, asker, { ...meant, ...because })
    const { revision, serial, atMs } = committed
    const { key, id } = meant
    return c.json({ revision, serial, atMs, key, id, expiresAt: iso(endsAtMs) })
  },
})

export const tokenRoutes: readonly AppRoute[] = [inspect, revoke]

type Meant = Pick<RevokeToken, 'key' | 'id' | 'endsAtMs'>

function named(body: {
  readonly key: string
  readonly id: string
  readonly expiresAt?: number | undefined
}): Meant {
  const { key, id, expiresAt } = body
  return { key: key as KeyId, id, ...(expiresAt !== undefined && { endsAtMs: expiresAt }) }
}

/** @throws {Failure} `invalid`, `conflict` */
async function tokenMeant(ring: KeyRing, token: string, nowMs: number): Promise<Meant> {
  await proveFirst(ring, { token })
  const recognition = examine(ring, { token }, nowMs)
  if (!recognition.ok) throw unmeant(recognition.failure)
  const { asker, tokenEndsAtMs } = recognition.who
  const { key, id } = asker.token ?? {}
  if (key !== undefined && id !== undefined && tokenEndsAtMs !== undefined)
    return { key, id, endsAtMs: tokenEndsAtMs }
  throw new Failure('invalid', 'the token has no id (`jti`)', {
    remedy: 'take back what is for its clientId, by `POST /keys/{keyName}/revokeTokens`',
  })
}

function unmeant({ name, message }: Unrecognised): Failure {
  if (name === 'token_expired') return new Failure('conflict', 'the token has ended by itself')
  if (name === 'token_revoked') return new Failure('conflict', 'the token was taken back already')
  return new Failure('invalid', message, { remedy: errorRow(name).remedy })
}

/** Of whom a token is, never the token. */
function bearerNamed(bearer: Bearer | undefined): string {
  if (bearer === undefined) return 'token of nobody here'
  const { clientId, key } = bearer
  return clientId === undefined ? `token of key:${key.id}` : `token of user:${clientId}`
}

function why(name: Parameters<typeof errorRow>[0], message: string) {
  const { code, remedy } = errorRow(name)
  return { code, name, message, remedy }
}

function bearerView({ key, keyName, isByPrevious, issuedAtMs, endsAtMs, ...rest }: Bearer) {
  return {
    ...rest,
    key: { id: key.id, keyName, name: key.name },
    signedWith: isByPrevious ? 'previous secret' : 'present secret',
    // One without `iat` counts as issued as long ago as could be, which no calendar need show.
    issuedAt: iso(issuedAtMs),
    expiresAt: iso(endsAtMs),
  }
}

const iso = (atMs: number): string => new Date(atMs).toISOString()
