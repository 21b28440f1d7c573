// The decisions log over our own API: found by who, what, where and how it went, in pages and as a file.

import {
  DECISION_DOORS,
  type DecisionLine,
  type DecisionLog,
  type DecisionsQuery,
  StoreUnavailable,
} from '@sayso/store'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { noteRead } from '../../commands/note-read.ts'
import { tenantsWhere } from '../../commands/require-tenants.ts'
import { csvRow } from './csv.ts'
import type { AppRest } from './deps.ts'
import { type AppRoute, json, route } from './route.ts'
import { instant, pageQuery } from './shapes.ts'
import { streamed } from './streamed.ts'

const tag = 'decisions'
/** Lines read at once for a file. */
const A_PAGE = 1_000
const needs = { who: 'person-or-key', may: 'read-decisions', orOfTenant: true } as const

const name = (most: number) => z.string().min(1).max(most).optional()
const filters = z.object({
  subject: name(1_100).describe('whom the question was about, for example `user:p1`'),
  actor: name(1_100).describe('who asked: `user:…` or `key:…`'),
  action: name(1_100),
  resource: name(1_100),
  on: name(1_100).describe('the channel or resource as it was asked for'),
  tenant: name(400).describe('for example `tenant:default`'),
  verdict: z.enum(['allow', 'deny']).optional(),
  door: z.enum(DECISION_DOORS).optional(),
  reason: name(64).describe('for example `never_granted`'),
  by: name(1_100).describe(
    'the grant, rule or layer that decided, for example `types.channel.rules.muted`',
  ),
  policy: name(128).describe('version of the policy that it was decided by'),
  from: instant.optional().describe('at or after this instant'),
  to: instant.optional().describe('at or before this instant'),
})
const number = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'take it from `next`')
  .transform(Number)
  .optional()

const lineShape = z
  .object({
    id: z.string().describe('`GET /explanations/{id}` explains it'),
    at: z.string(),
    door: z.enum(DECISION_DOORS),
    actor: z.string().describe('who asked: `user:…` or `key:…`'),
    key: z.string().optional().describe('id of the key that was shown, or that signed the token'),
    subject: z.string().optional().describe('whom it was about; absent: a key itself'),
    action: z.string(),
    on: z.string().describe('the channel or resource as it was asked for'),
    resource: z.string().optional(),
    tenant: z.string().optional(),
    verdict: z.enum(['allow', 'deny']),
    reason: z.string().describe('`list`: a question for a list; `found` says how long it was'),
    by: z.string().optional().describe('the grant, rule or layer that decided'),
    policy: z.string().describe('version of the policy'),
    revision: z.int().describe('of rights'),
    found: z.int().optional(),
  })
  .meta({ id: 'LoggedDecision' })
const droppedShape = z
  .object({ count: z.int(), lastAt: z.string().optional() })
  .describe('decisions that were made and not logged, as they came faster than they are written')

const listDecisions = route({
  method: 'GET',
  path: '/decisions',
  id: 'listDecisions',
  tag,
  summary: 'What was decided, the latest first',
  about:
    'Refusals everywhere, and every answer of the decision doors (Permit’s, AuthZEN’s, `/explain`, `/access`); `SAYSO_DECISIONS` says what is logged, and how long it is kept is a setting too. Pages stay right while new decisions arrive.',
  needs,
  query: filters.extend({ limit: pageQuery.shape.limit, after: number }),
  answers: {
    200: json(
      'A page.',
      z.object({ items: z.array(lineShape), next: z.string().optional(), dropped: droppedShape }),
    ),
  },
  run: async ({ c, deps, asker, query: { limit, after, ...rest } }) => {
    const { log, scope } = scoped(deps, asker)
    const asked = { ...askedFor(rest), ...scope, limit, beforeNumber: after }
    const [{ lines, hasMore }, stats] = await readable(Promise.all([log.page(asked), log.stats()]))
    await noteRead(deps.context, asker, 'read.decisions', 'decisions')
    const { dropped: count, lastDroppedAtMs } = stats
    const lastAt = lastDroppedAtMs === undefined ? {} : { lastAt: iso(lastDroppedAtMs) }
    return c.json({
      items: lines.map(lineView),
      ...(hasMore ? { next: `${lines.at(-1)?.number}` } : {}),
      dropped: { count, ...lastAt },
    })
  },
})

const exportDecisions = route({
  method: 'GET',
  path: '/decisions/export',
  id: 'exportDecisions',
  tag,
  summary: 'The decisions as a file, the latest first',
  needs,
  query: filters.extend({ format: z.enum(['jsonl', 'csv']).default('jsonl') }),
  answers: {
    200: { what: 'One JSON object or one row for each decision.', type: 'application/x-ndjson' },
  },
  run: async ({ deps, asker, query: { format, ...rest } }) => {
    const { log, scope } = scoped(deps, asker)
    await noteRead(deps.context, asker, 'read.decisions', 'decisions/export')
    const pages = pagesOf(log, { ...askedFor(rest), ...scope })
    return format === 'csv'
      ? streamed(texts(pages, csvLine, HEADER), 'decisions.csv', 'text/csv; charset=utf-8')
      : streamed(texts(pages, jsonLine), 'decisions.jsonl', 'application/x-ndjson; charset=utf-8')
  },
})

export const decisionLogRoutes: readonly AppRoute[] = [listDecisions, exportDecisions]

/** What the reader may see. @throws {Failure} `store_unavailable` */
function scoped(
  { context }: AppRest,
  asker: Asker,
): { readonly log: DecisionLog; readonly scope: Pick<DecisionsQuery, 'tenants'> } {
  const tenants = tenantsWhere(context.standing.world, asker, 'read-decisions')
  const { log } = context.decisions
  if (log === undefined) throw new Failure('store_unavailable', 'no decisions are logged here')
  return { log, scope: tenants === 'all' ? {} : { tenants } }
}

function askedFor({ verdict, from, to, ...same }: z.output<typeof filters>) {
  const allowed = verdict === undefined ? undefined : verdict === 'allow'
  return { ...same, allowed, sinceMs: from, untilMs: to }
}

/** @throws {Failure} `store_unavailable` */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    throw new Failure('store_unavailable', 'the decisions log cannot be read now', {
      remedy: 'run `sayso doctor` on the data folder',
    })
  }
}

/** @throws {Failure} `store_unavailable`. @returns undefined if there is none, or it is gone */
export async function decisionNamed(
  { context }: AppRest,
  id: string,
): Promise<DecisionLine | undefined> {
  const { log } = context.decisions
  return log && readable(log.find(id))
}

const iso = (atMs: number): string => new Date(atMs).toISOString()

function lineView({ atMs, allowed, number: _number, reasons: _reasons, ...same }: DecisionLine) {
  return { ...same, at: iso(atMs), verdict: allowed ? 'allow' : 'deny' }
}

async function* pagesOf(
  log: DecisionLog,
  query: Omit<DecisionsQuery, 'limit'>,
): AsyncGenerator<readonly DecisionLine[]> {
  let beforeNumber: number | undefined
  for (;;) {
    const { lines, hasMore } = await readable(log.page({ ...query, beforeNumber, limit: A_PAGE }))
    yield lines
    if (!hasMore) return
    beforeNumber = lines.at(-1)?.number
  }
}

const COLUMNS = Object.keys(lineShape.shape) as (keyof ReturnType<typeof lineView>)[]
const HEADER = `${COLUMNS.join(',')}\r\n`

function csvLine(line: DecisionLine): string {
  const view: Readonly<Record<string, unknown>> = lineView(line)
  return csvRow(COLUMNS.map((column) => view[column]))
}

function jsonLine(line: DecisionLine): string {
  return `${JSON.stringify(lineView(line))}\n`
}

async function* texts(
  pages: AsyncIterable<readonly DecisionLine[]>,
  text: (line: DecisionLine) => string,
  header = '',
): AsyncGenerator<string> {
  if (header !== '') yield header
  for await (const lines of pages) yield lines.map(text).join('')
}
