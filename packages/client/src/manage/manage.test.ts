import { describe, expect, test } from 'vitest'
import { ApiError } from '../problem.ts'
import { manage } from './manage.ts'

type Sent = { readonly url: string; readonly init: RequestInit }

/** A server of one answer, and what it was sent. */
function answering(response: () => Response) {
  const sent: Sent[] = []
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    sent.push({ url: String(url), init })
    return response()
  }
  return { sent, fetch: fetch as typeof globalThis.fetch }
}

const page = () => Response.json({ items: [] })

describe('a typed call', () => {
  test('fills in the path, leaves out what is not said, and carries key and app', async () => {
    const { sent, fetch } = answering(page)
    const calls = manage({ origin: 'http://here', key: 'a.b:c', app: 'second', fetch })
    await calls.call('listConnections', { query: { limit: 20, person: undefined } })
    await calls.call('readPolicyVersion', { params: { id: 'a/b' } })
    expect(sent.map(({ url }) => url)).toEqual([
      'http://here/api/v1/connections?limit=20',
      'http://here/api/v1/policy/versions/a%2Fb',
    ])
    expect(sent[0]?.init.headers).toMatchObject({
      authorization: 'Bearer a.b:c',
      'sayso-app': 'second',
    })
  })

  test('writes with the version that was read, and once however often it is asked', async () => {
    const { sent, fetch } = answering(() =>
      Response.json({ ok: true }, { headers: { etag: '"2"' } }),
    )
    const calls = manage({ fetch })
    const { etag } = await calls.read('readPolicy')
    expect(etag).toBe('"2"')
    await calls.call('putPolicy', {
      body: { text: 'version: 1' },
      ifMatch: '"2"',
      idempotencyKey: 'once',
    })
    expect(sent[1]?.init).toMatchObject({
      method: 'PUT',
      body: '{"text":"version: 1"}',
      headers: { 'if-match': '"2"', 'idempotency-key': 'once' },
    })
  })

  test('is refused with what the server says, and says when no server was reached', async () => {
    const problem = { code: 'denied', status: 403, title: 'Denied', detail: 'you may not' }
    const refused = answering(() => Response.json(problem, { status: 403 }))
    const error = await manage({ fetch: refused.fetch })
      .call('listKeys')
      .catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: 'denied', status: 403 })
    const nowhere = async () => Promise.reject(new TypeError('no route'))
    await expect(manage({ fetch: nowhere }).call('listKeys')).rejects.toMatchObject({ status: 0 })
  })

  test('a download is an address', () => {
    expect(manage().hrefOf('exportAudit', { query: { format: 'csv' } })).toBe(
      '/api/v1/audit/export?format=csv',
    )
  })
})
