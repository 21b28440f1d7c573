// Legal holds: while one stands, nothing of what it is on is removed.

import * as z from 'zod'
import { type Asker, actorOf } from '../../commands/asker.ts'
import { changeHold } from '../../commands/change-hold.ts'
import { endHold } from '../../commands/end-hold.ts'
import { Failure } from '../../commands/failure.ts'
import { makeHold } from '../../commands/make-hold.ts'
import { idOf, nameOf } from '../../people/roles.ts'
import { HOLDS, type Hold, holdOf, type KeptHold, MOST_HOLDS } from '../../retention/hold-record.ts'
import { leftByKey, orLeft } from './approval-view.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { personIn, resourceIdIn } from './names-in.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, doneShape, instant, reason } from './shapes.ts'

const tag = 'retention'
const params = { id: 'of the hold' }
const needs = { who: 'person-or-key', may: 'manage-holds' } as const

const onText = z
  .string()
  .min(1)
  .max(600)
  .describe('`channel:…`, `conversation:…`, `user:…`, or `tenant:…` for all that is in it')
const why = z.string().trim().min(1).max(500)
const owner = z.string().min(1).max(256).describe('id of the person who answers for it')
const holdShape = z
  .object({
    id: z.string(),
    on: onText,
    title: z.string().describe('how that is called'),
    reason: why,
    owner: z.object({ id: z.string(), name: z.string() }),
    fromMs: z.number(),
    untilMs: z.number().optional().describe('absent: until somebody ends it'),
    by: z.string().describe('who made it: `user:…` or `key:…`'),
  })
  .meta({ id: 'Hold', description: 'A legal hold. Milliseconds since 1970.' })

function view({ context }: AppRest, { id, version: _version, ...hold }: KeptHold) {
  return { id, ...hold, title: titleOf(context.standing.world, hold.on) }
}

function titleOf(world: AppRest['context']['standing']['world'], on: string): string {
  if (on.startsWith('user:')) return nameOf(world, on)
  const { title } = world.facts.resource(on as never) ?? {}
  return typeof title === 'string' && title !== '' ? title : on
}

/** @throws {ApiProblem} `hold_unknown` */
export async function holdNamed({ context }: AppRest, id: string): Promise<KeptHold> {
  const record = await context.store.record(HOLDS, id)
  if (record !== undefined) return holdOf(record)
  throw new ApiProblem('hold_unknown', `there is no hold \`${id}\``)
}

function onIn(text: string): string {
  return text.startsWith('user:') ? personIn(text.slice('user:'.length)) : resourceIdIn(text)
}

/** @throws {Failure} `person_unknown`, `invalid` */
function ownerIn({ context }: AppRest, asker: Asker, id: string | undefined): Hold['owner'] {
  const { world } = context.standing
  const subject = id === undefined ? actorOf(asker) : personIn(id)
  if (subject.startsWith('key:'))
    throw new Failure('invalid', 'a key answers for no hold', { remedy: 'name an `owner`' })
  if (world.facts.person(subject as ReturnType<typeof personIn>) === undefined)
    throw new Failure('person_unknown', `there is no \`${idOf(subject)}\``)
  return { id: idOf(subject), name: nameOf(world, subject) }
}

/** @throws {Failure} `invalid` */
function requireAhead(deps: AppRest, untilMs: number | null | undefined): void {
  if (untilMs === undefined || untilMs === null || untilMs > deps.context.now()) return
  throw new Failure('invalid', 'a hold ends in the future', { remedy: 'choose a later end' })
}

export const holdRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/holds',
    id: 'listHolds',
    tag,
    summary: 'Legal holds that stand',
    needs,
    answers: { 200: json('All of them.', z.object({ items: z.array(holdShape) })) },
    run: async ({ c, deps }) => {
      const { store, now } = deps.context
      const records = await store.records({ collection: HOLDS, limit: MOST_HOLDS })
      const items = records
        .map(holdOf)
        .filter(({ untilMs }) => untilMs === undefined || untilMs > now())
        .sort((a, b) => b.fromMs - a.fromMs)
        .map((hold) => view(deps, hold))
      return c.json({ items })
    },
  }),
  route({
    method: 'POST',
    path: '/holds',
    id: 'makeHold',
    tag,
    summary: 'Put something under a legal hold',
    about:
      'From then on nothing of it is removed: not by age, not with a channel or tenant, not by erasing a person (`on_hold`). Messages that people delete are shown to nobody, and stay.',
    needs,
    body: {
      schema: z.strictObject({
        on: onText,
        reason: why,
        owner: owner.optional(),
        until: instant.optional(),
      }),
      example: { on: 'channel:general', reason: 'Case 4711', until: '2027-01-31T00:00:00Z' },
    },
    answers: { 201: json('It stands.', doneShape.extend({ id: z.string() })) },
    problems: ['resource_unknown', 'person_unknown', 'invalid', 'conflict'],
    run: async ({ c, deps, asker, body }) => {
      const { on, reason: said, until } = body
      requireAhead(deps, until)
      const id = deps.context.randomId(9)
      const { revision, serial, atMs } = await makeHold(deps.context, asker, {
        id,
        on: onIn(on),
        reason: said,
        owner: ownerIn(deps, asker, body.owner),
        ...(until !== undefined && { untilMs: until }),
      })
      return c.json({ id, revision, serial, atMs }, 201)
    },
  }),
  route({
    method: 'PATCH',
    path: '/holds/:id',
    id: 'changeHold',
    tag,
    summary: 'Change why a hold is there, who answers for it, or extend it',
    about: 'A hold is never made shorter: end it.',
    needs,
    params,
    body: {
      schema: z
        .strictObject({
          reason: why,
          owner,
          until: instant.nullable().describe('null: until somebody ends it'),
        })
        .partial(),
      example: { until: '2028-01-31T00:00:00Z' },
    },
    answers: changed,
    problems: ['hold_unknown', 'person_unknown', 'invalid', 'conflict'],
    run: async ({ c, deps, asker, params: { id }, body }) => {
      requireAhead(deps, body.until)
      const known = await holdNamed(deps, id)
      return done(
        c,
        await changeHold(deps.context, asker, known, {
          ...(body.reason !== undefined && { reason: body.reason }),
          ...(body.owner !== undefined && { owner: ownerIn(deps, asker, body.owner) }),
          ...(body.until !== undefined && { untilMs: body.until }),
        }),
      )
    },
  }),
  route({
    method: 'DELETE',
    path: '/holds/:id',
    id: 'endHold',
    tag,
    summary: 'End a legal hold',
    about: 'What it kept beyond its time is removed soon after.',
    needs,
    params,
    query: z.object({ reason }),
    answers: { ...changed, ...leftByKey },
    problems: ['hold_unknown', 'conflict'],
    run: async ({ c, deps, asker, params: { id }, query: { reason: said } }) => {
      const known = await holdNamed(deps, id)
      const wanted = () => ({ action: 'end-hold', hold: id }) as const
      const title = () => titleOf(deps.context.standing.world, known.on)
      return orLeft({ c, deps, asker, wanted, title, reason: said }, async () =>
        done(c, await endHold(deps.context, asker, known, said)),
      )
    },
  }),
]

/** How a hold is called for whoever is to approve its end. @throws {ApiProblem} `hold_unknown` */
export async function holdTitle(deps: AppRest, id: string): Promise<string> {
  return titleOf(deps.context.standing.world, (await holdNamed(deps, id)).on)
}
