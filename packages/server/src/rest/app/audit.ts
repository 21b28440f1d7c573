// The audit log over our own API: found by who, what, whom and when, checked as a whole, taken along as a file.

import { type AuditLine, type AuditQuery, auditPages, verifyAuditLog } from '@sayso/store'
import * as z from 'zod'
import { noteRead } from '../../commands/note-read.ts'
import { CSV_HEADER, csvLine } from './audit-csv.ts'
import { type AppRoute, json, route } from './route.ts'
import { instant, pageQuery } from './shapes.ts'
import { streamed, texts } from './streamed.ts'

const filters = z.object({
  actor: z.string().max(600).optional().describe('`user:…`, `key:…` or `server`'),
  command: z.string().max(100).optional().describe('for example `promote`'),
  target: z.string().max(2_000).optional().describe('as the line says it'),
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
      const lines = await deps.context.store.audit({ ...asked(rest), ...from, limit: limit + 1 })
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
    answers: {
      200: json(
        'What was found.',
        z.object({
          intact: z.boolean(),
          lines: z.int().optional(),
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
    run: async ({ c, deps }) => c.json(await verifyAuditLog(deps.context.store)),
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
      const pages = auditPages(deps.context.store, asked(rest))
      return format === 'csv'
        ? streamed(texts(pages, csvLine, CSV_HEADER), 'audit.csv', 'text/csv; charset=utf-8')
        : streamed(texts(pages, jsonLine), 'audit.jsonl', 'application/x-ndjson; charset=utf-8')
    },
  }),
]

function asked(query: z.output<typeof filters>): Omit<AuditQuery, 'limit'> {
  const { actor, command, target, since, until } = query
  return {
    ...(actor !== undefined && { actor }),
    ...(command !== undefined && { command }),
    ...(target !== undefined && { target }),
    ...(since !== undefined && { sinceMs: since }),
    ...(until !== undefined && { untilMs: until }),
  }
}

function jsonLine(line: AuditLine): string {
  return `${JSON.stringify(line)}\n`
}
