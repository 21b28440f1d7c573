// Schemas that many routes share: what a change answers, pages, people, roles, instants.

import { parseInstant } from '@sayso/policy'
import type { Done } from '@sayso/protocol'
import * as z from 'zod'
import { json } from './route.ts'

export const doneShape = z
  .object({
    revision: z.int().describe('position of the change in the order of everything'),
    serial: z.string().describe('the same position as a serial'),
    atMs: z.number().describe('when; milliseconds since 1970'),
  })
  .meta({
    id: 'Done',
    description: 'A change that holds in every open session by the time this is received.',
  }) satisfies z.ZodType<Done>

/** The answer of a change. */
export const changed = { 200: json('It holds everywhere.', doneShape) }

export const roleShape = z
  .object({
    role: z.string(),
    on: z.string(),
    title: z.string(),
    glyph: z.string().optional(),
    tone: z.string().optional(),
  })
  .meta({ id: 'Role', description: 'A role as screens show it.' })

export const personShape = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().optional(),
    picture: z.string().optional().describe('path on this server'),
  })
  .meta({ id: 'Person' })

export const ownShape = personShape
  .extend({
    verified: z.boolean().describe('whether their e-mail is confirmed'),
    clientData: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('what those who run the place give this person’s screens'),
  })
  .meta({ id: 'OwnPerson', description: 'The signed-in person, as only they are shown.' })

export const reason = z.string().max(500).optional().describe('why; kept in the audit log')

/** An instant, read into milliseconds since 1970. */
export const instant = z
  .string()
  .max(40)
  .transform((text) => parseInstant(text) ?? Number.NaN)
  .refine((at) => !Number.isNaN(at), 'write an instant like `2027-01-31T18:00:00Z`')
  .describe('ISO-8601 with a zone')

/** How a list is asked for. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  after: z.string().min(1).max(1_200).optional().describe('`next` of the page before'),
})

/** As the core asks for pages. */
export function pageAsked({ limit, after }: z.output<typeof pageQuery>) {
  return { limit, ...(after === undefined ? {} : { after }) }
}

/** One page of a list; `next` is there if there is more. */
export function pageShape<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item),
    next: z.string().optional().describe('give it as `after` for the next page'),
  })
}

/** Cuts a page out of what is sorted by key already, from after the key that was said. */
export function pageOf<T>(
  sorted: readonly T[],
  { limit, after }: z.output<typeof pageQuery>,
  keyOf: (item: T) => string,
): { readonly items: readonly T[]; readonly next?: string } {
  const start = after === undefined ? 0 : sorted.findIndex((each) => keyOf(each) > after)
  const items = start < 0 ? [] : sorted.slice(start, start + limit)
  const last = items.at(-1)
  const isMore = start >= 0 && start + limit < sorted.length
  return { items, ...(isMore && last !== undefined ? { next: keyOf(last) } : {}) }
}

/** Attributes as they are said; in a PATCH `null` takes one away. */
export const attributes = z.record(z.string().min(1).max(64), z.json())
