// What the signed-in person keeps for themselves: read marks, settings, drafts. Live on the channel `[me]`.

import type { OwnCollection } from '@sayso/protocol'
import * as z from 'zod'
import { Failure } from '../../commands/failure.ts'
import { keepOwn } from '../../commands/keep-own.ts'
import { requireOneself } from '../../commands/require-oneself.ts'
import { isOwnCollection, OWN_LIMITS, ownCollections } from '../../own/collections.ts'
import { allOwn } from '../../own/own-records.ts'
import { type AppRoute, json, route } from './route.ts'

const tag = 'own'
const needs = { who: 'session' } as const
const path = '/me/state/:collection/:key'
const params = {
  collection: ownCollections.map((name) => `\`${name}\``).join(', '),
  key: `1–${OWN_LIMITS.key} characters: of a channel, a message, a setting`,
}

const entry = {
  collection: z.string(),
  key: z.string(),
  atMs: z.number().describe('when it was written; the later of two is the one'),
}
const value = z.record(z.string(), z.unknown())
const entryShape = z.object({ ...entry, value }).meta({ id: 'OwnEntry' })
const answerShape = z.object({ ...entry, value: value.nullable() })

export const ownStateRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/me/state',
    id: 'readOwnState',
    tag,
    summary: 'All that the signed-in person keeps',
    about:
      'The channel `[me]` brings the same to every connection of the person: a message `snapshot` at each attach, in parts, and then each `change`.',
    needs,
    answers: { 200: json('Everything.', z.object({ items: z.array(entryShape) })) },
    run: async ({ c, deps, asker }) =>
      c.json({ items: await allOwn(deps.context.store, requireOneself(asker)) }),
  }),
  route({
    method: 'PUT',
    path,
    id: 'keepOwnState',
    tag,
    summary: 'Keep an entry',
    about: `At most ${OWN_LIMITS.valueBytes} bytes of JSON. A \`read\` mark behind the present one changes nothing, unless it says \`unread\`.`,
    needs,
    params,
    body: {
      schema: value,
      example: { serial: '00000000000000-000@site:000' },
      maxBytes: OWN_LIMITS.valueBytes * 2,
    },
    answers: { 200: json('What is kept now.', answerShape) },
    problems: ['invalid'],
    run: async ({ c, deps, asker, params: named, body }) =>
      c.json(await keepOwn(deps.context, asker, { ...placeOf(named), value: body })),
  }),
  route({
    method: 'DELETE',
    path,
    id: 'dropOwnState',
    tag,
    summary: 'Remove an entry',
    needs,
    params,
    answers: { 200: json('It is gone.', answerShape) },
    problems: ['invalid'],
    run: async ({ c, deps, asker, params: named }) =>
      c.json(await keepOwn(deps.context, asker, placeOf(named))),
  }),
]

/** @throws {Failure} `invalid` */
function placeOf(named: { readonly collection: string; readonly key: string }): {
  readonly collection: OwnCollection
  readonly key: string
} {
  const { collection, key } = named
  if (!isOwnCollection(collection)) {
    throw new Failure('invalid', `there is no collection \`${collection}\``, {
      remedy: `it is one of ${ownCollections.join(', ')}`,
    })
  }
  if (key.length > OWN_LIMITS.key)
    throw new Failure('invalid', `a key has at most ${OWN_LIMITS.key} characters`)
  return { collection, key }
}
