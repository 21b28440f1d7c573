// Reading, replacing, amending and removing one thing with attributes: people, tenants and other resources alike.

import type { Attributes, RightsChange, World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { changeFacts } from '../../commands/change-facts.ts'
import { Failure } from '../../commands/failure.ts'
import type { TenantAction } from '../../commands/require-place.ts'
import { merged } from './change-body.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { etagOf, requireMatch } from './etag.ts'
import { type AppRoute, json, route } from './route.ts'
import { attributes, changed, reason } from './shapes.ts'

export type Kind<T> = {
  readonly path: `/${string}/:id`
  readonly param: string
  readonly tag: string
  /** As in `readPerson`. */
  readonly name: string
  /** As in "Read a person". */
  readonly word: string
  readonly read: TenantAction
  readonly write: TenantAction
  readonly shape: z.ZodType
  readonly example: Record<string, string | boolean>
  readonly unknown: 'person_unknown' | 'resource_unknown'
  readonly about: { readonly put: string; readonly remove: string }
  /** @throws {Failure} `invalid` */
  readonly idIn: (text: string) => T
  readonly attributes: (world: World, id: T) => Attributes | undefined
  readonly view: (world: World, id: T) => Readonly<Record<string, unknown>>
  readonly put: (id: T, attributes: Attributes) => RightsChange
  readonly remove: (world: World, id: T) => readonly RightsChange[]
  /** Removes what is more than facts; undefined: it is facts alone. */
  readonly removeWhole?: (deps: AppRest, asker: Asker, id: T) => Promise<Committed | undefined>
}

const body = z.strictObject({ attributes, reason })

/** The four routes of a kind of thing. */
export function documentRoutes<T extends string>(kind: Kind<T>): readonly AppRoute[] {
  return [readRoute(kind), writeRoute(kind, 'PUT'), writeRoute(kind, 'PATCH'), removeRoute(kind)]
}

function common<T>({ path, param, tag }: Kind<T>) {
  return { path, tag, params: { id: param } }
}

function readRoute<T extends string>(kind: Kind<T>): AppRoute {
  return route({
    ...common(kind),
    method: 'GET',
    id: `read${kind.name}`,
    summary: `Read ${kind.word}`,
    needs: { who: 'person-or-key', may: kind.read },
    answers: { 200: json('Its attributes make the ETag.', kind.shape) },
    problems: [kind.unknown, 'invalid'],
    run: ({ c, deps, params }) => {
      const { world } = deps.context.standing
      const id = kind.idIn(params.id)
      const attributes = kind.attributes(world, id)
      if (attributes === undefined) throw missing(kind, id)
      c.header('etag', etagOf(attributes))
      return c.json(kind.view(world, id))
    },
  })
}

function writeRoute<T extends string>(kind: Kind<T>, method: 'PUT' | 'PATCH'): AppRoute {
  const isWhole = method === 'PUT'
  return route({
    ...common(kind),
    method,
    id: `${isWhole ? 'put' : 'amend'}${kind.name}`,
    summary: isWhole ? `Make or replace ${kind.word}` : `Change attributes of ${kind.word}`,
    about: isWhole
      ? kind.about.put
      : 'What is not named stays; `null` takes an attribute away. `If-Match` refuses what you have not seen.',
    needs: { who: 'person-or-key', may: kind.write },
    body: { schema: body, example: { attributes: kind.example } },
    answers: changed,
    problems: ['invalid', kind.unknown, 'version_changed'],
    run: async ({ c, deps, asker, params, body: said }) => {
      const id = kind.idIn(params.id)
      const changes = (world: World): readonly RightsChange[] => {
        const known = kind.attributes(world, id)
        requireMatch(c, known && etagOf(known))
        if (known === undefined && !isWhole) throw missing(kind, id)
        return [kind.put(id, merged(isWhole ? undefined : known, said.attributes))]
      }
      const as = { command: `put-${kind.name.toLowerCase()}`, target: id }
      const why = said.reason === undefined ? {} : { reason: said.reason }
      return done(c, await changeFacts(deps.context, asker, { changes, as, ...why }))
    },
  })
}

function removeRoute<T extends string>(kind: Kind<T>): AppRoute {
  return route({
    ...common(kind),
    method: 'DELETE',
    id: `remove${kind.name}`,
    summary: `Remove ${kind.word}`,
    about: kind.about.remove,
    needs: { who: 'person-or-key', may: kind.write },
    answers: changed,
    problems: ['invalid', kind.unknown, 'version_changed', 'conflict'],
    run: async ({ c, deps, asker, params }) => {
      const id = kind.idIn(params.id)
      const changes = (world: World): readonly RightsChange[] => {
        const known = kind.attributes(world, id)
        if (known === undefined) throw missing(kind, id)
        requireMatch(c, etagOf(known))
        return kind.remove(world, id)
      }
      const whole = await removedWhole(kind, deps, asker, c, id)
      if (whole !== undefined) return done(c, whole)
      const as = { command: `remove-${kind.name.toLowerCase()}`, target: id }
      return done(c, await changeFacts(deps.context, asker, { changes, as }))
    },
  })
}

async function removedWhole<T extends string>(
  kind: Kind<T>,
  deps: AppRest,
  asker: Asker,
  c: HonoContext,
  id: T,
): Promise<Committed | undefined> {
  const known = kind.attributes(deps.context.standing.world, id)
  if (known === undefined || kind.removeWhole === undefined) return undefined
  requireMatch(c, etagOf(known))
  return kind.removeWhole(deps, asker, id)
}

function missing({ unknown }: { unknown: Kind<string>['unknown'] }, id: string): Failure {
  return new Failure(unknown, `there is no \`${id}\``)
}
