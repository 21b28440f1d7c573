// Calls to a server's own API, with every way they can fail as a sentence.

import { parseKeyString } from '@sayso/protocol'
import * as z from 'zod'
import type { TextFile } from './documents.ts'
import { Trouble, usageTrouble } from './trouble.ts'
import type { Call } from './verb.ts'

const DEFAULT_URL = 'http://127.0.0.1:8080'
/** A simulation over a large place takes a while; milliseconds. */
const DEADLINE_MS = 120_000

export type Server = { readonly url: string; readonly key: string }

const sum = { gained: z.number(), lost: z.number() }
const impactSchema = z.object({
  ...sum,
  revision: z.number(),
  people: z.number(),
  resources: z.number(),
  byRole: z.array(z.object({ ...sum, type: z.string().optional(), role: z.string() })),
  byResource: z.array(z.object({ ...sum, resource: z.string(), people: z.number() })),
  samples: z.array(
    z.object({
      subject: z.string(),
      resource: z.string(),
      gained: z.array(z.string()),
      lost: z.array(z.string()),
    }),
  ),
  live: z.object({ connections: z.number(), people: z.number() }),
})
const policySchema = z.object({ text: z.string(), version: z.string(), revision: z.number() })
const doneSchema = z.object({ revision: z.number() })
const problemSchema = z.object({
  code: z.string(),
  detail: z.string(),
  remedy: z.string().optional(),
  problems: z
    .array(
      z.object({
        line: z.number(),
        column: z.number(),
        path: z.string(),
        message: z.string(),
        remedy: z.string(),
      }),
    )
    .optional(),
})

/** What a policy would do to everybody, as the server works it out. */
export type ServerImpact = z.output<typeof impactSchema>

/**
 * Which server, and as whom.
 *
 * @throws {Trouble} if there is no key, or one of the two is none
 */
export function serverOf({ options, terminal }: Pick<Call, 'options' | 'terminal'>): Server {
  const url = options.get('server') ?? (terminal.env.SAYSO_URL || DEFAULT_URL)
  const key = options.get('key') ?? (terminal.env.SAYSO_KEY || undefined)
  if (!isAddress(url)) throw usageTrouble(`\`${url}\` is not an http or https address`)
  if (key === undefined) {
    throw new Trouble(
      'there is no API key to call the server with',
      'set SAYSO_KEY, or give --key',
      {
        code: 'usage',
      },
    )
  }
  if (parseKeyString(key) === undefined) {
    throw new Trouble('the API key is not one', 'write it whole, as `app.key:secret`', {
      code: 'usage',
    })
  }
  return { url: url.replace(/\/+$/, ''), key }
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && username + search + hash === ''
}

/** The policy in force. @throws {Trouble} */
export function readPolicy(server: Server): Promise<z.output<typeof policySchema>> {
  return call(server, policySchema, { method: 'GET', path: '/policy' })
}

/** What putting a text in force would do. @throws {Trouble} */
export function tryPolicy(server: Server, { file, text }: TextFile): Promise<ServerImpact> {
  return call(server, impactSchema, { method: 'POST', path: '/simulate', body: { text }, file })
}

type Application = TextFile & {
  readonly reason: string
  /** The version it replaces. */
  readonly before: string
  /** That of the simulation that was shown. */
  readonly revision: number
}

/**
 * Puts a text in force, if the policy and the rights are still those that were shown.
 *
 * @throws {Trouble} which says so if it is not known what the server did
 */
export async function putPolicy(server: Server, asked: Application): Promise<{ revision: number }> {
  const { file, text, reason, before, revision } = asked
  try {
    return await call(server, doneSchema, {
      method: 'PUT',
      path: '/policy',
      body: { text, reason, expected_revision: revision },
      headers: { 'if-match': `"${before}"` },
      file,
    })
  } catch (error) {
    if (error instanceof Refused || !(error instanceof Trouble)) throw error
    const remedy = 'see with `sayso policy diff` whether it was applied before you repeat it'
    throw new Trouble(error.message, remedy, { code: error.code })
  }
}

/** The server answered that it will not. */
export class Refused extends Trouble {
  /** Of HTTP, 400 or more. */
  readonly status: number
  constructor(status: number, problem: z.output<typeof problemSchema>, file: string) {
    const { code, detail, problems } = problem
    const fallback = status === 401 ? 'check the key in SAYSO_KEY or --key' : 'try again later'
    super(`the server refuses: ${detail}`, problem.remedy ?? fallback, {
      code,
      ...(problems === undefined ? {} : { invalid: { file, problems } }),
    })
    this.status = status
  }
}

type Asked = {
  readonly method: string
  /** Below `/api/v1`. */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** What problems of a policy that was sent are told of. */
  readonly file?: string
}

/** One call; what is answered is read by the schema. @throws {Trouble} */
export async function call<S extends z.ZodType>(
  { url, key }: Server,
  schema: S,
  { method, path, body, headers = {}, file = '' }: Asked,
): Promise<z.output<S>> {
  const { status, answer } = await exchange(url, `${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'user-agent': 'sayso-cli',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // A redirect would turn a write into a read, or carry the key elsewhere.
    redirect: 'manual',
    signal: AbortSignal.timeout(DEADLINE_MS),
  })
  const problem = status >= 400 ? problemSchema.safeParse(answer) : undefined
  if (problem?.success) throw new Refused(status, problem.data, file)
  const result = schema.safeParse(answer)
  if ((status === 200 || status === 201) && result.success) return result.data
  throw new Trouble(
    `\`${url}\` does not answer as a Sayso server does (status ${status})`,
    'name the address of the server itself with --server or SAYSO_URL',
    { code: 'server_unknown' },
  )
}

async function exchange(
  url: string,
  address: string,
  init: RequestInit,
): Promise<{ readonly status: number; readonly answer: unknown }> {
  let text: string
  let status: number
  try {
    const response = await fetch(address, init)
    status = response.status
    text = await response.text()
  } catch (error) {
    throw unreachable(url, error)
  }
  try {
    return { status, answer: JSON.parse(text) }
  } catch {
    return { status, answer: undefined }
  }
}

function unreachable(url: string, error: unknown): Trouble {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  const why =
    name === 'TimeoutError'
      ? `it did not answer in ${DEADLINE_MS / 1_000} s`
      : (cause?.code ?? cause?.message ?? message)
  return new Trouble(
    `\`${url}\` cannot be reached: ${why}`,
    'see that the server runs, and that --server or SAYSO_URL names it',
    { code: 'server_unreachable' },
  )
}
