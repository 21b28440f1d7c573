// Changes of facts as our own API writes them, one object each, read into rights changes.

import {
  type Attributes,
  NameInvalid,
  parseInstant,
  parseRelation,
  parseResourceId,
  parseSubjectId,
  parseTuple,
  type RightsChange,
  type World,
} from '@sayso/policy'
import * as z from 'zod'
import { Failure } from '../../commands/failure.ts'
import { attributes } from './shapes.ts'

/** Nesting of attribute values; deeper ones are refused. */
const MAX_DEPTH = 8

const text = z.string().min(1).max(1_200)
const instant = z.string().max(40).optional()

/** One of the ways to change a fact; exactly one verb. */
export const changeSchema = z.union([
  z.strictObject({
    assign: text,
    not_before: instant,
    expires_at: instant,
    reason: z.string().max(500).optional(),
  }),
  z.strictObject({ unassign: text }),
  z.strictObject({ relate: text }),
  z.strictObject({ unrelate: text }),
  z.strictObject({ person: text, attributes }),
  z.strictObject({ resource: text, attributes }),
  z.strictObject({ remove_resource: text }),
])

export type ChangeBody = z.output<typeof changeSchema>

/**
 * Reads changes; attributes that are not named stay as they are, `null` takes one away.
 *
 * @throws {Failure} `invalid`
 */
export function changesOf(
  world: World,
  bodies: readonly ChangeBody[],
  nowMs: number,
): readonly RightsChange[] {
  try {
    return bodies.map((body) => changeOf(world, body, nowMs))
  } catch (error) {
    if (!(error instanceof NameInvalid)) throw error
    throw new Failure('invalid', error.message, { remedy: error.remedy })
  }
}

function changeOf(world: World, body: ChangeBody, nowMs: number): RightsChange {
  if ('assign' in body) return assignOf(body, nowMs)
  if ('unassign' in body) return { kind: 'unassign', tuple: parseTuple(body.unassign) }
  if ('relate' in body) return { kind: 'relate', ...parseRelation(body.relate) }
  if ('unrelate' in body) return { kind: 'unrelate', ...parseRelation(body.unrelate) }
  if ('remove_resource' in body)
    return { kind: 'remove-resource', resource: parseResourceId(body.remove_resource) }
  if ('person' in body) {
    const subject = parseSubjectId(body.person)
    const whole = merged(world.facts.person(subject), body.attributes)
    return { kind: 'put-person', subject, attributes: whole }
  }
  const resource = parseResourceId(body.resource)
  const whole = merged(world.facts.resource(resource), body.attributes)
  return { kind: 'put-resource', resource, attributes: whole }
}

/** @throws {Failure} `invalid` for instants that are none, or an end that is past */
export function assignOf(
  body: Extract<ChangeBody, { assign: string }>,
  nowMs: number,
): RightsChange {
  const notBeforeMs = instantOf(body.not_before, 'not_before')
  const expiresAtMs = instantOf(body.expires_at, 'expires_at')
  if (expiresAtMs !== undefined && expiresAtMs <= nowMs) {
    throw new Failure('invalid', '`expires_at` is past', { remedy: 'give an instant to come' })
  }
  const isPending = notBeforeMs !== undefined && notBeforeMs > nowMs
  return {
    kind: 'assign',
    tuple: parseTuple(body.assign),
    ...(isPending ? { notBeforeMs } : {}),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(body.reason === undefined ? {} : { reason: body.reason }),
  }
}

function instantOf(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined
  const instant = parseInstant(text)
  if (instant !== undefined) return instant
  throw new Failure('invalid', `\`${field}\` is no instant`, {
    remedy: 'write it like `2027-01-31T18:00:00Z`',
  })
}

/** What was known with what is said over it; `null` takes away. @throws {Failure} `invalid` for what is too deep */
export function merged(
  known: Attributes | undefined,
  said: z.output<typeof attributes>,
): Attributes {
  const whole: Record<string, Attributes[string]> = { ...known }
  for (const [name, value] of Object.entries(said)) {
    if (depthOf(value) > MAX_DEPTH) {
      throw new Failure('invalid', `\`${name}\` is nested too deeply`, {
        remedy: `use at most ${MAX_DEPTH} levels`,
      })
    }
    if (value === null) delete whole[name]
    else whole[name] = value as Attributes[string]
  }
  return whole
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}
