// The stock `permitio` client against a server of ours, and raw requests where only the wire shows.

import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Permit } from 'permitio'
import { KEY, type Server, startServer } from './server.ts'

/** Nothing but a tenant called `default`: what a fresh environment of Permit's has. */
const EMPTY = 'version: 1\ntenant: { key: default, roles: {} }\ntypes: {}\n'

/** A server whose policy is empty. */
export async function startEmpty(env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const policy = join(await mkdtemp(join(tmpdir(), 'sayso-permit-')), 'policy.yaml')
  await writeFile(policy, EMPTY)
  return startServer({ env: { SAYSO_POLICY: policy, ...env } })
}

type Options = ConstructorParameters<typeof Permit>[0]

/** The client as an application makes it: one address for everything. */
export function permitTo(server: Pick<Server, 'url'>, options: Partial<Options> = {}): Permit {
  return new Permit({
    token: KEY,
    pdp: server.url,
    apiUrl: server.url,
    log: { level: 'silent' },
    ...options,
  } as Options)
}

export type Raw = {
  readonly status: number
  readonly type: string
  readonly body: unknown
}

/** One request as it is; `key: ''` sends no `Authorization`. */
export async function raw(
  server: Pick<Server, 'url'>,
  method: string,
  path: string,
  body?: unknown,
  { key = KEY, headers = {} }: { key?: string; headers?: Record<string, string> } = {},
): Promise<Raw> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    body: text === '' ? undefined : JSON.parse(text),
  }
}

/** The paths of schema and facts of the one environment of a server. */
export async function pathsOf(server: Server) {
  const { body } = await raw(server, 'GET', '/v2/api-key/scope')
  const { project_id: project, environment_id: environment } = body as Record<string, string>
  return {
    schema: `/v2/schema/${project}/${environment}`,
    facts: `/v2/facts/${project}/${environment}`,
  }
}
