// `sayso audit list`: who changed what, whom, when and why.

import * as z from 'zod'
import { serverOf } from '../server-calls.ts'
import { type Outcome, SERVER_OPTIONS, type Verb } from '../verb.ts'
import { LIMIT_OPTION, limitIn, listed, queryOf, table } from './pages.ts'

const lineSchema = z.looseObject({
  number: z.number(),
  atMs: z.number(),
  actor: z.string(),
  command: z.string(),
  target: z.string(),
  reason: z.string().optional(),
})
const FILTERS = {
  actor: 'actor',
  command: 'command',
  target: 'target',
  since: 'since',
  until: 'until',
}

export const auditListVerb: Verb = {
  name: 'audit list',
  usage: '',
  summary: 'list what was changed, the newest first',
  help: ['`--json` shows each line whole, with what was before and after. Ends with 0.'],
  options: [
    { name: 'actor', value: 'actor', help: '`user:<id>`, `key:<id>` or `server`' },
    { name: 'command', value: 'command', help: 'for example promote' },
    { name: 'target', value: 'target', help: 'as the line says it' },
    { name: 'since', value: 'instant', help: 'at or after, like 2027-01-31T18:00:00Z' },
    { name: 'until', value: 'instant', help: 'at or before' },
    LIMIT_OPTION,
    ...SERVER_OPTIONS,
  ],
  operands: { least: 0, most: 0, what: 'operand' },
  async run(asked): Promise<Outcome> {
    const limit = limitIn(asked, 'audit list')
    const path = `/audit${queryOf(asked, FILTERS)}`
    const { items } = await listed(serverOf(asked), { path, item: lineSchema, limit })
    const rows = items.map(({ number, atMs, actor, command, target, reason }) => [
      `${number}`,
      new Date(atMs).toISOString(),
      actor,
      command,
      target,
      reason ?? '',
    ])
    return { exitCode: 0, lines: table(rows), json: { items } }
  },
}
