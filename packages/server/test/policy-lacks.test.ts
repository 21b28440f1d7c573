// After an upgrade: what the policy does not list yet is said at the start, on the overview, and where the policy is edited.

import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { setUp } from './people.ts'
import { endAll, serve } from './serving.ts'

afterEach(endAll)

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))

async function policyFile(change: (text: string) => string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'sayso-policy-')), 'policy.yaml')
  await writeFile(file, change(await readFile(DEFAULT_POLICY, 'utf8')))
  return file
}

const said = (log: readonly string[]) => log.filter((line) => line.includes('policy-lacks-actions'))

test('a policy of before is told what it lacks, until it lists it', async () => {
  const older = await policyFile((text) =>
    text.replace(/^ +- (view-as|read-analytics-people).*\n/gm, ''),
  )
  const server = await serve({ SAYSO_POLICY: older, SAYSO_LOG: 'info' })
  const grace = await setUp(server)
  const lacks = ['read-analytics-people', 'view-as']
  expect(said(server.log).map((line) => JSON.parse(line))).toMatchObject([
    { level: 'info', actions: lacks.join(' '), message: expect.stringContaining('dashboard') },
  ])
  const policy = await (await grace.call('GET', '/api/v1/policy')).json()
  expect(policy).toMatchObject({ lacks })
  expect(await (await grace.call('GET', '/api/v1/overview')).json()).toMatchObject({
    policyLacks: lacks,
  })
  const text = await readFile(DEFAULT_POLICY, 'utf8')
  expect((await grace.call('PUT', '/api/v1/policy', { text })).status).toBe(200)
  expect(await (await grace.call('GET', '/api/v1/policy')).json()).toMatchObject({ lacks: [] })
  const again = await server.again()
  expect(said(again.log)).toEqual([])
})

test('a policy that lists none of them lacks nothing: it leaves them to whoever runs the place', async () => {
  const server = await serve({ SAYSO_LOG: 'info' })
  expect(said(server.log)).toEqual([])
})
