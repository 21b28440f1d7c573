// `sayso keys …`: what API keys there are, new ones, other secrets, and their end.

import * as z from 'zod'
import { call, serverOf } from '../server-calls.ts'
import { usageTrouble } from '../trouble.ts'
import { type Call, type Outcome, SERVER_OPTIONS, type Verb } from '../verb.ts'
import { LIMIT_OPTION, limitIn, listed, table } from './pages.ts'

const keySchema = z.looseObject({
  id: z.string(),
  keyName: z.string(),
  name: z.string(),
  capability: z.record(z.string(), z.array(z.string())),
  scopes: z.array(z.string()),
  expiresAt: z.string().optional(),
  lastUsedAt: z.string().optional(),
  previousSecretUntil: z.string().optional(),
})
const newKeySchema = keySchema.extend({ key: z.string() })
const doneSchema = z.looseObject({ revision: z.number() })

const list: Verb = {
  name: 'keys list',
  usage: '',
  summary: 'list the API keys, without their secrets',
  help: ['Ends with 0.'],
  options: [LIMIT_OPTION, ...SERVER_OPTIONS],
  operands: { least: 0, most: 0, what: 'operand' },
  async run(call): Promise<Outcome> {
    const limit = limitIn(call, 'keys list')
    const { items } = await listed(serverOf(call), { path: '/keys', item: keySchema, limit })
    const rows = items.map((key) => [
      key.keyName,
      key.name,
      key.scopes.join(',') || '-',
      permissionsText(key.capability),
      key.expiresAt === undefined ? '' : `until ${key.expiresAt}`,
      `last used ${key.lastUsedAt ?? 'never'}`,
    ])
    return { exitCode: 0, lines: table(rows), json: { items } }
  },
}

function permissionsText(capability: Readonly<Record<string, readonly string[]>>): string {
  const entries = Object.entries(capability)
  if (entries.length === 0) return 'nothing itself'
  return entries.map(([pattern, words]) => `${pattern}: ${words.join(',') || '-'}`).join('; ')
}

const create: Verb = {
  name: 'keys create',
  usage: '<name>',
  summary: 'make an API key; its secret is shown this once',
  help: [
    'What is not said is the least: without --allow the key may do nothing itself, and without',
    '--delegate its tokens may do what it may. Without --on its permissions hold in every channel.',
    'A key that only signs tokens: sayso keys create tokens --delegate everything',
    '',
    'Ends with 0 if it was made.',
  ],
  options: [
    { name: 'allow', value: 'words', help: 'permissions, with commas: subscribe,publish' },
    { name: 'on', value: 'patterns', help: 'channels, with commas: general,user:*' },
    { name: 'delegate', value: 'own|everything|words', help: 'what its tokens may do at most' },
    { name: 'scope', value: 'scopes', help: 'admin, decisions or both, with a comma' },
    { name: 'tenant', value: 'tenant', help: 'only channels of resources of this tenant' },
    { name: 'expires', value: 'instant', help: 'its end, like 2027-12-31T00:00:00Z' },
    ...SERVER_OPTIONS,
  ],
  operands: { least: 1, most: 1, what: 'name' },
  run: (asked) => make(asked),
}

async function make(asked: Call): Promise<Outcome> {
  const { operands, options } = asked
  const allow = words(options.get('allow'))
  const on = words(options.get('on'))
  if (on !== undefined && allow === undefined)
    throw usageTrouble('`--on` says where, and nothing says what: add --allow', 'keys create')
  const delegate = options.get('delegate')
  const body = {
    name: operands[0],
    ...(allow === undefined ? {} : { permissions: allow }),
    ...(on === undefined ? {} : { patterns: on }),
    ...(delegate === undefined ? {} : { mayDelegate: delegationOf(delegate) }),
    ...(options.has('scope') ? { scopes: words(options.get('scope')) } : {}),
    ...(options.has('tenant') ? { tenant: options.get('tenant') } : {}),
    ...(options.has('expires') ? { expiresAt: options.get('expires') } : {}),
  }
  const made = await call(serverOf(asked), newKeySchema, { method: 'POST', path: '/keys', body })
  return { exitCode: 0, lines: [made.key], json: made }
}

function delegationOf(text: string): string | readonly string[] | undefined {
  return text === 'own' || text === 'everything' ? text : words(text)
}

function words(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

const rotate: Verb = {
  name: 'keys rotate',
  usage: '<id>',
  summary: 'give a key a new secret; the old one holds for a while',
  help: [
    'The id is the part of the name after the dot. With --overlap 0 the old secret, and tokens signed',
    'with it, end at once.',
    '',
    'Ends with 0 if the new secret holds; it is shown this once.',
  ],
  options: [
    { name: 'overlap', value: 'seconds', help: 'how long the old secret holds; else an hour' },
    ...SERVER_OPTIONS,
  ],
  operands: { least: 1, most: 1, what: 'key' },
  async run(asked): Promise<Outcome> {
    const overlap = asked.options.get('overlap') ?? '3600'
    if (!/^\d{1,9}$/.test(overlap))
      throw usageTrouble('`--overlap` is no number of seconds', 'keys rotate')
    const rotated = await call(serverOf(asked), newKeySchema, {
      method: 'POST',
      path: `/keys/${idIn(asked)}/rotate`,
      body: { overlapSeconds: Number(overlap) },
    })
    return { exitCode: 0, lines: [rotated.key], json: rotated }
  },
}

const revoke: Verb = {
  name: 'keys revoke',
  usage: '<id>',
  summary: 'end a key now, with every connection and token made by it',
  help: ['Ends with 0 when it holds in every open session.'],
  options: [{ name: 'reason', value: 'text', help: 'why, for the audit log' }, ...SERVER_OPTIONS],
  operands: { least: 1, most: 1, what: 'key' },
  async run(asked): Promise<Outcome> {
    const reason = asked.options.get('reason')
    const query = reason === undefined ? '' : `?reason=${encodeURIComponent(reason)}`
    const path = `/keys/${idIn(asked)}${query}`
    const done = await call(serverOf(asked), doneSchema, { method: 'DELETE', path })
    return { exitCode: 0, lines: [`Revoked at revision ${done.revision}.`], json: done }
  },
}

/** The id, also where the whole name is given. */
function idIn({ operands: [text = ''] }: Call): string {
  return encodeURIComponent(text.slice(text.indexOf('.') + 1))
}

export const keyVerbs: readonly Verb[] = [list, create, rotate, revoke]
