// People for those who administer: found, changed many at once, asked for, erased.

import { afterEach, describe, expect, test } from 'vitest'
import { type Caller, setUp, signUp } from './people.ts'
import { endAll, type Serving, serve } from './serving.ts'

afterEach(endAll)

type Body = Record<string, unknown> & { items: Record<string, unknown>[]; next?: string }

async function place(): Promise<{ server: Serving; grace: Caller }> {
  const server = await serve()
  return { server, grace: await setUp(server) }
}

const read = async (answer: Promise<Response>) => {
  const response = await answer
  return { status: response.status, body: (await response.json()) as Body }
}

describe('people are found', () => {
  test('by name both ways, each once, over pages', async () => {
    const { grace } = await place()
    const names = ['Zoë', 'anton', 'Émile', 'Bea', 'bea']
    const changes = names.map((name, index) => ({
      person: `user:p${index}`,
      attributes: { name },
    }))
    await grace.call('POST', '/api/v1/changes', { changes })
    const walk = async (sort: string) => {
      const found: unknown[] = []
      let after = ''
      do {
        const query = `sort=${sort}&limit=2${after && `&after=${encodeURIComponent(after)}`}`
        const { body } = await read(grace.call('GET', `/api/v1/people?${query}`))
        found.push(...body.items.map(({ name }) => name))
        after = body.next ?? ''
      } while (after !== '')
      return found
    }
    const up = await walk('name')
    expect(up).toEqual(['anton', 'Bea', 'bea', 'Émile', 'Grace', 'Zoë'])
    expect(await walk('-name')).toEqual([...up].reverse())
  })

  test('by a role, given by name or through a set, and where', async () => {
    const { server, grace } = await place()
    const ada = await signUp(server, 'Ada')
    await signUp(server, 'Bob')
    await grace.call('POST', '/api/v1/changes', {
      changes: [{ assign: `dock:bridge#pilot@user:${ada.id}` }],
    })
    const names = async (query: string) =>
      (await read(grace.call('GET', `/api/v1/people?sort=name&${query}`))).body.items.map(
        ({ name }) => name,
      )
    expect(await names('role=pilot')).toEqual(['Ada'])
    expect(await names('role=pilot&on=dock:north')).toEqual([])
    expect(await names('on=dock:bridge')).toEqual(['Ada'])
    expect(await names('role=sailor&on=dock:north&q=bob@')).toEqual(['Bob'])
    expect(await names('role=master')).toEqual(['Grace'])
  })
})

describe('a change of many', () => {
  test('is told before it is made: who gains, and which change nothing', async () => {
    const { server, grace } = await place()
    const ada = await signUp(server, 'Ada')
    const bob = await signUp(server, 'Bob')
    const assign = (id: string) => ({ assign: `dock:north#pilot@user:${id}` })
    await grace.call('POST', '/api/v1/changes', { changes: [assign(bob.id)] })
    const changes = [assign(ada.id), assign(bob.id)]
    const { status, body } = await read(
      grace.call('POST', '/api/v1/changes/preview', { changes, flips: 10 }),
    )
    expect([status, body.people, body.changes, body.idle]).toEqual([200, 1, 1, [1]])
    expect(body.flips).toMatchObject([{ subject: `user:${ada.id}`, resource: 'dock:north' }])
    // Nothing was done, and what was shown can be made exactly.
    const held = await read(grace.call('GET', `/api/v1/grants?subject=user:${ada.id}&role=pilot`))
    expect(held.body.items).toEqual([])
    const made = { changes, expected_revision: body.revision, reason: 'as shown' }
    expect((await grace.call('POST', '/api/v1/changes', made)).status).toBe(200)
    expect((await grace.call('POST', '/api/v1/changes', made)).status).toBe(409)
  })

  test('is not told to whoever may not make it', async () => {
    const { server } = await place()
    const ada = await signUp(server, 'Ada')
    const changes = [{ assign: `tenant:harbour#master@user:${ada.id}` }]
    const refused = await read(ada.call('POST', '/api/v1/changes/preview', { changes }))
    expect([refused.status, refused.body.code]).toEqual([403, 'denied'])
  })
})

test('requests of all channels come in pages, to whoever may answer them', async () => {
  const { server, grace } = await place()
  const people = [await signUp(server, 'Ada'), await signUp(server, 'Bob')]
  await grace.call('PATCH', '/api/v1/channels/bridge', { listed: true })
  await grace.call('PATCH', '/api/v1/channels/notices', { listed: true })
  for (const each of people) {
    const asked = await each.call('POST', '/api/v1/channels/bridge/requests', { note: 'please' })
    expect(asked.status).toBe(200)
  }
  const first = await read(grace.call('GET', '/api/v1/access_requests?limit=1'))
  expect(first.body.items).toMatchObject([
    { person: { name: 'Ada' }, on: 'dock:bridge', key: 'bridge', note: 'please' },
  ])
  const after = encodeURIComponent(first.body.next ?? '')
  const rest = await read(grace.call('GET', `/api/v1/access_requests?limit=1&after=${after}`))
  expect(rest.body.items).toMatchObject([{ person: { name: 'Bob' } }])
  expect(rest.body.next).toBeUndefined()
  const named = await read(grace.call('GET', '/api/v1/access_requests?q=bo'))
  expect(named.body.items).toHaveLength(1)
  const seen = await read((people[0] as Caller).call('GET', '/api/v1/access_requests'))
  expect([seen.status, seen.body.items]).toEqual([200, []])
})

describe('erasing somebody', () => {
  test('says what goes, takes their name, and answers with a receipt', async () => {
    const { server, grace } = await place()
    const ada = await signUp(server, 'Ada')
    const path = `/api/v1/people/${ada.id}/erasure`
    const preview = await read(grace.call('GET', path))
    expect(preview.body).toMatchObject({ name: 'Ada', account: true, sessions: 1 })
    const wrong = await read(grace.call('POST', path, { confirm: 'Adam' }))
    expect([wrong.status, wrong.body.code]).toEqual([403, 'confirmation_wrong'])
    const receipt = await read(grace.call('POST', path, { confirm: 'Ada', messages: 'delete' }))
    expect([receipt.status, receipt.body.sessions]).toEqual([200, 1])
    expect((await grace.call('GET', `/api/v1/people/${ada.id}`)).status).toBe(404)
    expect((await ada.call('GET', '/api/v1/me/sessions')).status).toBe(401)
  })

  test('is not for the last owner, oneself, or whoever may not', async () => {
    const { server, grace } = await place()
    const ada = await signUp(server, 'Ada')
    const own = `/api/v1/people/${grace.id}/erasure`
    expect((await read(grace.call('GET', own))).body.obstacle).toBe('oneself')
    expect((await grace.call('POST', own, { confirm: 'Grace' })).status).toBe(409)
    expect((await ada.call('POST', own, { confirm: 'Grace' })).status).toBe(403)
    expect((await ada.call('GET', `/api/v1/people/${grace.id}/export`)).status).toBe(403)
  })

  test('what is kept of somebody is taken along, and that stands in the audit log', async () => {
    const { server, grace } = await place()
    const ada = await signUp(server, 'Ada')
    const archive = await grace.call('GET', `/api/v1/people/${ada.id}/export`)
    expect(archive.headers.get('content-type')).toBe('application/zip')
    expect((await archive.arrayBuffer()).byteLength).toBeGreaterThan(200)
    const { body } = await read(grace.call('GET', '/api/v1/audit?command=read.export'))
    expect(body.items).toMatchObject([{ target: `user:${ada.id}` }])
  })
})

test('what will be is explained with what time alone brings', async () => {
  const { server, grace } = await place()
  const ada = await signUp(server, 'Ada')
  const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()
  await grace.call('POST', '/api/v1/changes', {
    changes: [{ assign: `dock:bridge#sailor@user:${ada.id}`, expires_at: inMs(3_600_000) }],
  })
  const ask = async (at?: string) => {
    const question = { subject: `user:${ada.id}`, action: 'publish', resource: 'dock:bridge' }
    const asked = at === undefined ? question : { ...question, at }
    return (await read(grace.call('POST', '/api/v1/explain', asked))).body
  }
  expect((await ask()).allowed).toBe(true)
  expect((await ask(inMs(1_800_000))).allowed).toBe(true)
  expect(await ask(inMs(7_200_000))).toMatchObject({ allowed: false, verdict: 'never_granted' })
})
