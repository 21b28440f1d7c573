// A server on the default policy with somebody who may read the numbers and nothing else.

import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Caller, setUp, signUp } from './people.ts'
import { KEY, type Serving, serve } from './serving.ts'

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))

const ANALYST = `    analyst:
      title: Analyst
      can:
        tenant: [read-analytics]
`

export type Staffed = {
  readonly server: Serving
  readonly owner: Caller
  readonly analyst: Caller
  readonly member: Caller
}

export async function withAnalyst(env: Readonly<Record<string, string>> = {}): Promise<Staffed> {
  const folder = await mkdtemp(join(tmpdir(), 'sayso-policy-'))
  const file = join(folder, 'policy.yaml')
  const text = await readFile(DEFAULT_POLICY, 'utf8')
  await writeFile(file, text.replace('  roles:\n', `  roles:\n${ANALYST}`))
  const server = await serve({ SAYSO_POLICY: file, ...env })
  const owner = await setUp(server)
  const analyst = await signUp(server, 'Ann')
  const member = await signUp(server, 'Max')
  await change(server, { assign: `tenant:default#analyst@user:${analyst.id}` })
  await change(server, { unassign: `tenant:default#viewer@user:${analyst.id}` })
  return { server, owner, analyst, member }
}

/** Changes rights as the owner's own server does. */
export async function change(server: Serving, ...changes: readonly object[]): Promise<void> {
  await asKey(server, 'POST', '/api/v1/changes', { changes })
}

export async function asKey(server: Serving, method: string, path: string, body?: unknown) {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/** Events of a stream until it ends. */
export async function* events(response: Response): AsyncGenerator<{ event: string; data: string }> {
  if (response.body === null) return
  let rest = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    rest += chunk
    for (let end = rest.indexOf('\n\n'); end !== -1; end = rest.indexOf('\n\n')) {
      const lines = rest.slice(0, end).split('\n')
      rest = rest.slice(end + 2)
      const of = (name: string) => lines.find((line) => line.startsWith(`${name}: `))
      const event = of('event')?.slice(7)
      if (event !== undefined) yield { event, data: of('data')?.slice(6) ?? '' }
    }
  }
}
