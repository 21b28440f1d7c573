// Asking to be let in over HTTP: who may ask, who may answer, what is hidden stays hidden.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Caller, setUp, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

let server: Serving
let grace: Caller
let ada: Caller
beforeEach(async () => {
  server = await serve()
  grace = await setUp(server, 'Grace')
  ada = await signUp(server, 'Ada')
})
afterEach(endAll)

const REQUESTS = '/api/v1/channels/bridge/requests'
const read = async (response: Response) =>
  [response.status, await response.json()] as [number, Record<string, unknown>]
const code = async (response: Response) => {
  const [status, body] = await read(response)
  return [status, body.code]
}
const list = (listed: boolean) =>
  fetch(`${server.url}/api/v1/channels/bridge`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ listed }),
  })

describe('requests to be let in', () => {
  test('hidden and missing answer alike; a listed one can be asked for', async () => {
    const hidden = await read(await ada.call('POST', REQUESTS, {}))
    const missing = await read(await ada.call('POST', REQUESTS.replace('bridge', 'nowhere'), {}))
    expect(hidden[0]).toBe(404)
    expect(hidden[1].code).toBe(missing[1].code)
    expect((await list(true)).status).toBe(200)
    expect((await ada.call('POST', REQUESTS, { note: 'please' })).status).toBe(200)
    const [, body] = await read(await grace.call('GET', REQUESTS))
    expect(body).toMatchObject({
      requests: [{ person: { name: 'Ada' }, note: 'please' }],
      gives: { role: 'sailor' },
    })
  })

  test('only who may admit sees and answers them', async () => {
    await list(true)
    await ada.call('POST', REQUESTS, {})
    expect(await code(await ada.call('GET', REQUESTS))).toEqual([403, 'denied'])
    const admit = `${REQUESTS}/admit`
    expect(await code(await ada.call('POST', admit, { person: ada.id }))).toEqual([403, 'denied'])
    expect((await grace.call('POST', admit, { person: ada.id })).status).toBe(200)
    expect(await code(await grace.call('POST', admit, { person: ada.id }))).toEqual([
      409,
      'conflict',
    ])
    const [, people] = await read(await ada.call('GET', '/api/v1/channels/bridge/people'))
    expect(JSON.stringify(people)).toContain('sailor')
  })

  test('one that is inside already, or withdrew, does not wait', async () => {
    await list(true)
    await ada.call('POST', REQUESTS, {})
    expect((await ada.call('DELETE', REQUESTS, {})).status).toBe(200)
    expect((await read(await grace.call('GET', REQUESTS)))[1]).toMatchObject({ requests: [] })
    expect(await code(await grace.call('POST', REQUESTS, {}))).toEqual([404, 'resource_unknown'])
  })

  test('how a channel is shown is changed by who may configure it, one field at a time', async () => {
    const path = '/api/v1/channels/bridge'
    const hidden = await ada.call('PATCH', path, { listed: true })
    expect(await code(hidden)).toEqual([404, 'resource_unknown'])
    await list(true)
    expect(await code(await ada.call('PATCH', path, { listed: true }))).toEqual([403, 'denied'])
    expect(await code(await grace.call('PATCH', path, { listen: true }))).toEqual([
      400,
      'body_invalid',
    ])
    expect((await grace.call('PATCH', path, { about: 'By request', listed: true })).status).toBe(
      200,
    )
  })
})
