// Keys over our own API: list, make, edit, rotate, revoke. A secret is in the answer that makes it, and in no other.

import type { KeyId } from '@sayso/policy'
import * as z from 'zod'
import { type CreatedKey, createKey } from '../../commands/create-key.ts'
import { editKey } from '../../commands/edit-key.ts'
import { SESSION_KEY } from '../../commands/found-app.ts'
import { keyNamed } from '../../commands/key-terms.ts'
import { revokeKey } from '../../commands/revoke-key.ts'
import { DEFAULT_OVERLAP_MS, MOST_OVERLAP_MS, rotateKey } from '../../commands/rotate-key.ts'
import { leftByKey, orLeft } from './approval-view.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { previewKey } from './key-preview.ts'
import { keyBody, keyEdit, keyShape, keyView, newTerms, termsOf, usesOf } from './key-shapes.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, pageQuery } from './shapes.ts'

const tag = 'keys'
const params = { id: 'of the key, the part of its name after the dot' }
const reading = { who: 'person-or-key', may: 'read-keys' } as const
const managing = { who: 'person-or-key', may: 'manage-keys' } as const
const terms = ['invalid', 'conflict'] as const

const shownOnce = keyShape
  .extend({ key: z.string().describe('`app.key:secret`; nobody can read it again') })
  .meta({ id: 'KeyWithSecret', description: 'A key with its secret, shown this once.' })

const list = route({
  method: 'GET',
  path: '/keys',
  id: 'listKeys',
  tag,
  summary: 'The keys of the app',
  about: 'By id. The key that signs the sessions of people is not listed: it cannot be changed.',
  needs: reading,
  query: pageQuery,
  answers: {
    200: json(
      'Keys, without their secrets.',
      z.object({ items: z.array(keyShape), next: z.string().optional() }),
    ),
  },
  run: ({ c, deps, query: { limit, after = '' } }) => {
    const keys = [...deps.context.standing.world.keys.values()]
      .filter(({ id }) => id !== SESSION_KEY && id > after)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const uses = usesOf(deps.hub)
    const items = keys.slice(0, limit).map((key) => keyView(deps, key, uses))
    const next = keys.length > limit ? items.at(-1)?.id : undefined
    return c.json({ items, ...(next === undefined ? {} : { next }) })
  },
})

const read = route({
  method: 'GET',
  path: '/keys/:id',
  id: 'readKey',
  tag,
  summary: 'One key',
  needs: reading,
  params,
  answers: { 200: json('The key, without its secret.', keyShape) },
  problems: ['key_unknown'],
  run: ({ c, deps, params: { id } }) =>
    c.json(keyView(deps, keyNamed(deps.context.standing.world, id as KeyId))),
})

const create = route({
  method: 'POST',
  path: '/keys',
  id: 'createKey',
  tag,
  summary: 'Make a key',
  about:
    'What is not said is the least: a key without `permissions` may do nothing itself, and without `mayDelegate` its tokens may do what it may. A list of permissions holds in every channel unless `patterns` says where. Only an administrator can give the scope `admin`.',
  needs: managing,
  body: {
    schema: keyBody,
    example: {
      name: 'engineering',
      permissions: ['subscribe'],
      patterns: ['error-reporting'],
      expiresAt: '2027-12-31T00:00:00Z',
    },
  },
  answers: { 201: json('The key with its secret.', shownOnce) },
  problems: terms,
  run: async ({ c, deps, asker, body }) => {
    const made = await createKey(deps.context, deps.ring, asker, newTerms(body))
    return c.json(withSecret(deps, made), 201)
  },
})

const edit = route({
  method: 'PATCH',
  path: '/keys/:id',
  id: 'editKey',
  tag,
  summary: 'Change what a key may do',
  about:
    'What is not named stays. Open connections of the key and of tokens it signed are decided again before this answers. A first pattern narrows a key that covered every channel; `patterns: []` widens it to all of them.',
  needs: managing,
  params,
  body: { schema: keyEdit, example: { patterns: ['error-reporting', 'error-reporting:*'] } },
  answers: { 200: json('The key as it is now.', keyShape) },
  problems: [...terms, 'key_unknown'],
  run: async ({ c, deps, asker, params: { id }, body }) => {
    const change = (before: Parameters<typeof termsOf>[1]) => termsOf(body, before)
    const { key } = await editKey(deps.context, asker, id as KeyId, change)
    return c.json(keyView(deps, key))
  },
})

const rotate = route({
  method: 'POST',
  path: '/keys/:id/rotate',
  id: 'rotateKey',
  tag,
  summary: 'Give a key a new secret',
  about:
    'The old secret, and tokens signed with it, hold until the overlap is over; with 0 they end before this answers. A still older secret ends now.',
  needs: managing,
  params,
  body: {
    schema: z.strictObject({
      overlapSeconds: z
        .int()
        .min(0)
        .max(MOST_OVERLAP_MS / 1000)
        .default(DEFAULT_OVERLAP_MS / 1000),
    }),
    example: { overlapSeconds: 3_600 },
  },
  answers: { 200: json('The key with its new secret.', shownOnce) },
  problems: ['key_unknown'],
  run: async ({ c, deps, asker, params: { id }, body }) => {
    const overlapMs = body.overlapSeconds * 1000
    const rotated = await rotateKey(deps.context, deps.ring, asker, { id: id as KeyId, overlapMs })
    return c.json(withSecret(deps, rotated))
  },
})

const revoke = route({
  method: 'DELETE',
  path: '/keys/:id',
  id: 'revokeKey',
  tag,
  summary: 'Revoke a key, now and for good',
  about:
    'Every connection made with it, or with a token it signed, ends with a reason before this answers.',
  needs: managing,
  params,
  query: z.object({ reason: z.string().max(500).optional().describe('kept in the audit log') }),
  answers: { ...changed, ...leftByKey },
  problems: ['key_unknown', 'conflict'],
  run: async ({ c, deps, asker, params: { id }, query: { reason } }) => {
    const why = reason === undefined ? {} : { reason }
    const wanted = () => ({ action: 'revoke-key', key: id }) as const
    const title = () => keyNamed(deps.context.standing.world, id as KeyId).name ?? id
    return orLeft({ c, deps, asker, wanted, title, reason }, async () =>
      done(c, await revokeKey(deps.context, asker, { id: id as KeyId, ...why })),
    )
  },
})

export const keyRoutes: readonly AppRoute[] = [list, previewKey, create, read, edit, rotate, revoke]

function withSecret(deps: AppRest, { key, keyString }: CreatedKey) {
  return { ...keyView(deps, key), key: keyString }
}
