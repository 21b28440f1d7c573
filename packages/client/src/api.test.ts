import { describe, expect, test } from 'vitest'
import { api } from './api.ts'
import { ApiError } from './problem.ts'

type Seen = { url: string; init: RequestInit }

function answering(status: number, body: string) {
  const seen: Seen[] = []
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    seen.push({ url: String(url), init: init ?? {} })
    return new Response(status === 204 ? null : body, { status })
  }
  return { seen, calls: api({ fetch }) }
}

async function refusal(promise: Promise<unknown>): Promise<ApiError> {
  const caught = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (caught instanceof ApiError) return caught
  throw new Error('expected an ApiError')
}

describe('api', () => {
  test('people of a channel: the key is one encoded segment', async () => {
    const { calls, seen } = answering(200, '{"people":[]}')
    expect(await calls.people('a/b c')).toEqual({ people: [] })
    expect(seen[0]?.url).toBe('/api/v1/channels/a%2Fb%20c/people')
  })

  test('a refused call throws the problem it was given', async () => {
    const { calls } = answering(
      403,
      '{"type":"x","title":"Refused","status":403,"code":"not_allowed","detail":"`promote` is not allowed","remedy":"ask"}',
    )
    const error = await refusal(calls.promote('lobby', { person: 'ada' }))
    expect(error.problem).toMatchObject({ code: 'not_allowed', status: 403, remedy: 'ask' })
    expect(error.message).toBe('`promote` is not allowed')
  })

  test('the sign-in library speaks in its own shape; the caller sees one', async () => {
    const { calls } = answering(401, '{"code":"INVALID_EMAIL_OR_PASSWORD","message":"Invalid"}')
    const error = await refusal(calls.signIn({ email: 'a', password: 'b' }))
    expect([error.status, error.code, error.message]).toEqual([
      401,
      'invalid_email_or_password',
      'Invalid',
    ])
  })

  test('a body that is no JSON still makes a problem', async () => {
    const { calls } = answering(502, '<html>')
    expect((await refusal(calls.session())).code).toBe('http_502')
  })

  test('an unreached server is a problem with status 0', async () => {
    const calls = api({ fetch: () => Promise.reject(new TypeError('failed to fetch')) })
    const error = await refusal(calls.session())
    expect([error.status, error.code]).toEqual([0, 'not_reached'])
  })

  test('an invitation travels as a header, not in the body', async () => {
    const { calls, seen } = answering(200, '{}')
    await calls.signUp({ name: 'Ada', email: 'a@b', password: 'p', invitation: 'token' })
    expect(new Headers(seen[0]?.init.headers).get('x-sayso-invitation')).toBe('token')
    expect(seen[0]?.init.body).toBe('{"name":"Ada","email":"a@b","password":"p"}')
  })

  test('an empty answer is no failure', async () => {
    expect(
      await answering(204, '').calls.setUp({ token: 't', name: 'n', email: 'e', password: 'p' }),
    ).toBeUndefined()
  })

  test('a key goes as a bearer to the given origin', async () => {
    const seen: Seen[] = []
    const calls = api({
      origin: 'https://chat.example',
      key: 'app.key:secret',
      fetch: async (url, init) => {
        seen.push({ url: String(url), init: init ?? {} })
        return new Response('{}')
      },
    })
    await calls.invite()
    expect(seen[0]?.url).toBe('https://chat.example/api/v1/invitations')
    expect(new Headers(seen[0]?.init.headers).get('authorization')).toBe('Bearer app.key:secret')
  })
})
