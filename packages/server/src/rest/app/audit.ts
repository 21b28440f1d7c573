// The audit log over our own API: found by who, what, whom and when, checked as a whole, taken along as a file.

import { channelOf, type ResourceId, resourceOf, type World } from '@sayso/policy'
import {
  type AuditLine,
  type AuditQuery,
  auditPages,
  type Store,
  verifyAuditLog,
} from '@sayso/store'
import * as z from 'zod'
import { noteRead } from '../../commands/note-read.ts'
import { CSV_HEADER, csvLine } from './audit-csv.ts'
import type { AppRest } from './deps.ts'
import { type AppRoute, json, route } from './route.ts'
import { instant, pageQuery } from './shapes.ts'
import { streamed, texts } from './streamed.ts'

const filters = z.object({
  actor: z.string().max(600).optional().describe('`user:…`, `key:…` or `server`'),
  command: z.string().max(100).optional().describe('for example `promote`'),
  target: z.string().max(2_000).optional().describe('as the line says it'),
  resource: z
    .string()
    .max(1_100)
    .optional()
    .describe('the resource, or the realtime channel it governs, that the target names'),
  person: z.string().max(600).optional().describe('`user:…` that the target names'),
  since: instant.optional().describe('at or after this instant'),
  until: instant.optional().describe('at or before this instant'),
})
const number = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'take it from `next`')
  .transform(Number)
  .optional()

const lineShape = z
  .object({
    number: z.int(),
    revision: z.int().describe('of the log after the change'),
    atMs: z.number(),
    command: z.string(),
    actor: z.string(),
    target: z.string(),
    reason: z.string().optional(),
    details: z.record(z.string(), z.unknown()).optional(),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
    address: z.string().optional(),
    erased: z.string().optional().describe('the erasure that took somebody out of this line'),
    effect: z
      .object({
        people: z.int().describe('different people who gained or lost something'),
        gained: z.int().describe('one action of one person on one resource each'),
        lost: z.int(),
        flips: z.array(z.unknown()).optional().describe('what exactly, if it is little'),
        isPartial: z.boolean().optional().describe('there was too much to count: at least so much'),
      })
      .optional(),
    previousHash: z.string(),
    hash: z
      .string()
      .describe('SHA-256 over `previousHash` and the canonical JSON of the line without `hash`'),
  })
  .meta({ id: 'AuditLine' })

const tag = 'audit'
const needs = { who: 'person-or-key', may: 'read-audit' } as const

export const auditRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/audit',
    id: 'listAudit',
    tag,
    summary: 'What was changed, newest first',
    needs,
    query: filters.extend({ limit: pageQuery.shape.limit, after: number }),
    answers: {
      200: json('A page.', z.object({ items: z.array(lineShape), next: z.string().optional() })),
    },
    run: async ({ c, deps, asker, query: { limit, after, ...rest } }) => {
      const from = after === undefined ? {} : { beforeNumber: after }
      const log = logAbout(deps.context, rest.resource)
      const lines = await log.audit({ ...asked(rest), ...from, limit: limit + 1 })
      await noteRead(deps.context, asker, 'read.audit', 'audit')
      const items = lines.slice(0, limit)
      const next = lines.length > limit ? items.at(-1)?.number : undefined
      return c.json({ items, ...(next !== undefined && { next: `${next}` }) })
    },
  }),
  route({
    method: 'GET',
    path: '/audit/verify',
    id: 'verifyAudit',
    tag,
    summary: 'Check every line of the log against the one before',
    about:
      'Note `last` elsewhere: only a copy of the newest hash shows later that lines were cut off at the end.',
    needs,
    query: z.object({
      newest: z.coerce
        .number()
        .int()
        .min(1)
        .max(100_000)
        .optional()
        .describe('only so many of the newest lines: quick, and proves nothing of those before'),
    }),
    answers: {
      200: json(
        'What was found.',
        z.object({
          intact: z.boolean(),
          lines: z.int().optional().describe('how many were looked at'),
          from: z
            .int()
            .optional()
            .describe('the first that was looked at; absent: the first of all'),
          erased: z
            .int()
            .optional()
            .describe('of how many lines an erasure took away what they said'),
          last: z.object({ number: z.int(), hash: z.string() }).optional(),
          number: z.int().optional().describe('the first line that does not follow'),
          problem: z.enum(['changed', 'unchained', 'missing']).optional(),
        }),
      ),
    },
    run: async ({ c, deps, query: { newest } }) =>
      c.json(await verifyAuditLog(deps.context.store, newest)),
  }),
  route({
    method: 'GET',
    path: '/audit/export',
    id: 'exportAudit',
    tag,
    summary: 'The lines as a file, newest first',
    needs,
    query: filters.extend({ format: z.enum(['jsonl', 'csv']).default('jsonl') }),
    answers: {
      200: { what: 'One JSON object or one row for each line.', type: 'application/x-ndjson' },
    },
    run: async ({ deps, asker, query: { format, ...rest } }) => {
      await noteRead(deps.context, asker, 'read.audit', 'audit/export')
      const pages = auditPages(logAbout(deps.context, rest.resource), asked(rest))
      return format === 'csv'
        ? streamed(texts(pages, csvLine, CSV_HEADER), 'audit.csv', 'text/csv; charset=utf-8')
        : streamed(texts(pages, jsonLine), 'audit.jsonl', 'application/x-ndjson; charset=utf-8')
    },
  }),
]

function asked(query: z.output<typeof filters>): Omit<AuditQuery, 'limit'> {
  const { actor, command, target, person, since, until } = query
  return {
    ...(actor !== undefined && { actor }),
    ...(command !== undefined && { command }),
    ...(target !== undefined && { target }),
    ...(person !== undefined && { person }),
    ...(since !== undefined && { sinceMs: since }),
    ...(until !== undefined && { untilMs: until }),
  }
}

type Log = Pick<Store, 'audit'>

/** The log, or its lines about one place: those that name the resource, and those that name its channel. */
function logAbout(context: AppRest['context'], named: string | undefined): Log {
  const { store, standing } = context
  if (named === undefined) return store
  const places = namesOf(standing.world, named)
  return {
    async audit(query) {
      const pages = await Promise.all(places.map((place) => store.audit({ ...query, place })))
      const lines = pages.flat().sort((a, b) => b.number - a.number)
      return lines.slice(0, query.limit)
    },
  }
}

function namesOf({ policy }: World, named: string): readonly string[] {
  const resource = resourceOf(policy, named)
  const channel = channelOf(policy, (resource ?? named) as ResourceId)
  return [...new Set([named, resource, channel])].filter((name) => name !== undefined)
}

function jsonLine(line: AuditLine): string {
  return `${JSON.stringify(line)}\n`
}
