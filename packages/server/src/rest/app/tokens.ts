// What a token is worth now, for whoever may read keys.

import type { ChannelName } from '@sayso/policy'
import { errorRow } from '@sayso/protocol'
import * as z from 'zod'
import { type Bearer, inspectToken } from '../../access/inspect-token.ts'
import { noteRead } from '../../commands/note-read.ts'
import { type AppRoute, json, route } from './route.ts'

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

export const tokenRoutes: readonly AppRoute[] = [inspect]

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
