// `sayso grant`, `sayso revoke`, `sayso explain`: give a role, end it, and say why somebody may or may not.

import { NameInvalid, parseTuple } from '@sayso/policy'
import * as z from 'zod'
import { call, serverOf } from '../server-calls.ts'
import { Trouble } from '../trouble.ts'
import { type Call, type Outcome, SERVER_OPTIONS, type Verb } from '../verb.ts'

const doneSchema = z.looseObject({ revision: z.number() })
const explanationSchema = z.looseObject({
  allowed: z.boolean(),
  message: z.string(),
  remedy: z.string().optional(),
  lines: z.array(z.string()).optional(),
})

const grant: Verb = {
  name: 'grant',
  usage: '<channel:lobby#speaker@user:ada>',
  summary: 'give somebody, or a group, a role on a resource or tenant',
  help: [
    'Given again, it is replaced: without --until it has no end any more. A group is written',
    'channel:lobby#speaker@group:crew#member.',
    '',
    'Ends with 0 when it holds in every open session.',
  ],
  options: [
    { name: 'from', value: 'instant', help: 'when it starts, like 2027-01-31T18:00:00Z; else now' },
    { name: 'until', value: 'instant', help: 'when it ends by itself; else never' },
    { name: 'reason', value: 'text', help: 'why, for the audit log and who holds it' },
    ...SERVER_OPTIONS,
  ],
  operands: { least: 1, most: 1, what: 'grant' },
  async run(asked): Promise<Outcome> {
    const { options } = asked
    const body = {
      ...(options.has('from') ? { not_before: options.get('from') } : {}),
      ...(options.has('until') ? { expires_at: options.get('until') } : {}),
      ...(options.has('reason') ? { reason: options.get('reason') } : {}),
    }
    const done = await call(serverOf(asked), doneSchema, {
      method: 'PUT',
      path: pathOf(asked),
      body,
    })
    return { exitCode: 0, lines: [`Given at revision ${done.revision}.`], json: done }
  },
}

const revoke: Verb = {
  name: 'revoke',
  usage: '<channel:lobby#speaker@user:ada>',
  summary: 'end a role that somebody was given',
  help: ['Ends with 0 when it is gone from every open session.'],
  options: SERVER_OPTIONS,
  operands: { least: 1, most: 1, what: 'grant' },
  async run(asked): Promise<Outcome> {
    const done = await call(serverOf(asked), doneSchema, { method: 'DELETE', path: pathOf(asked) })
    return { exitCode: 0, lines: [`Ended at revision ${done.revision}.`], json: done }
  },
}

/** @throws {Trouble} if it is no grant as text */
function pathOf({ operands: [text = ''] }: Call): string {
  try {
    parseTuple(text)
  } catch (error) {
    if (!(error instanceof NameInvalid)) throw error
    throw new Trouble(error.message, error.remedy, { code: 'usage' })
  }
  return `/grants/${encodeURIComponent(text)}`
}

const explain: Verb = {
  name: 'explain',
  usage: '<person> <action> <resource>',
  summary: 'say why somebody may or may not do something, and what would change it',
  help: [
    'The person is an id, or `user:<id>`; the resource is one, or the channel it governs.',
    '',
    'Ends with 0 if it is allowed, 1 if not, 2 if that cannot be found out.',
  ],
  options: SERVER_OPTIONS,
  operands: { least: 3, most: 3, what: 'operand' },
  async run(asked): Promise<Outcome> {
    const [person = '', action, resource] = asked.operands
    const subject = person.includes(':') ? person : `user:${person}`
    const body = { subject, action, resource }
    const told = await call(serverOf(asked), explanationSchema, {
      method: 'POST',
      path: '/explain',
      body,
    })
    const lines = [
      told.message,
      ...(told.lines ?? []).map((line) => `  ${line}`),
      ...(told.remedy === undefined ? [] : [`→ ${told.remedy}`]),
    ]
    return { exitCode: told.allowed ? 0 : 1, lines, json: told }
  },
}

export const grantVerbs: readonly Verb[] = [grant, revoke, explain]
