import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type AuthOptions, stockAuth } from './auth.ts'
import { typedError } from './errors.ts'
import { Listeners } from './listeners.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

async function endpoint(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`
}

/** What the stock client would be told. */
function asked(
  options: AuthOptions,
): Promise<{ readonly error: unknown; readonly token: unknown }> {
  const { authCallback } = stockAuth(options)
  return new Promise((resolve) => authCallback?.({}, (error, token) => resolve({ error, token })))
}

const response = { token: 'a.b.c', expiresIn: 60, expiresAt: 1_000_000 }

describe('the token endpoint', () => {
  test('is asked with headers, parameters and the clientId', async () => {
    const seen: unknown[] = []
    const authEndpoint = await endpoint((request, answer) => {
      const { method, url, headers } = request
      seen.push([method, url, headers['x-client-id'], headers.authorization])
      answer.end(JSON.stringify(response))
    })
    const { error, token } = await asked({
      authEndpoint,
      clientId: 7,
      authHeaders: { authorization: 'Bearer session' },
      authParams: { room: 'a b', page: 2 },
    })
    expect([error, token]).toEqual([null, { token: 'a.b.c', issued: 940_000, expires: 1_000_000 }])
    expect(seen).toEqual([['GET', '/token?room=a+b&page=2', '7', 'Bearer session']])
  })

  test.each([
    ['refuses', 403, '', { statusCode: 403, code: 40100 }],
    ['breaks', 500, '', { statusCode: 401, code: 40140 }],
    ['answers with something else', 200, '{"jwt":"x"}', { statusCode: 401, code: 40140 }],
    ['answers with no JSON', 200, 'x', { statusCode: 401, code: 40140 }],
  ])('%s: the client is told so', async (_, status, body, told) => {
    const authEndpoint = await endpoint((_request, answer) => answer.writeHead(status).end(body))
    expect((await asked({ authEndpoint })).error).toMatchObject(told)
  })

  test('none of the ways, or a parameter that is no text, is a mistake', () => {
    expect(() => stockAuth({})).toThrow(expect.objectContaining({ code: 'validation' }))
    const authParams = { a: true } as never
    expect(() => stockAuth({ authEndpoint: '/x', authParams })).toThrow('`a`')
  })
})

test.each([
  [40160, 'ForbiddenError', 'forbidden'],
  [40300, 'ForbiddenError', 'forbidden'],
  [40142, 'TokenExpiredError', 'token_expired'],
  [40144, 'TokenError', 'token'],
  [40131, 'UnauthorizedError', 'unauthorized'],
  [40400, 'NotFoundError', 'not_found'],
  [40003, 'ValidationError', 'validation'],
  [50003, 'TimeoutError', 'timeout'],
  [80003, 'SocketConnectionError', 'connection'],
  [1, 'SocketConnectionError', 'connection'],
])('%d is a %s', (code, name, word) => {
  const error = typedError({ code, message: 'no' }, 'publish')
  expect([error.name, error.code, error.wireCode, error.message]).toEqual([
    name,
    word,
    code,
    'publish: no',
  ])
  expect(typedError(error)).toBe(error)
})

test('a failure to get a token is named by its cause', () => {
  const cause = { code: 40142, message: 'ended' }
  expect(typedError({ code: 80019, message: 'no token', cause }).name).toBe('TokenExpiredError')
})

test('listeners are dropped one by one, by name, or all', () => {
  const heard: string[] = []
  const listeners = new Listeners<string>()
  const [a, b] = [(x: string) => void heard.push(`a${x}`), (x: string) => void heard.push(`b${x}`)]
  listeners.add('x', a)
  listeners.add(undefined, b)
  listeners.add('y', b)
  listeners.tell('x', '1')
  listeners.drop('x', b)
  listeners.drop('y')
  listeners.tell('y', '2')
  expect([heard, listeners.size]).toEqual([['a1', 'b1', 'b2'], 2])
  listeners.drop()
  expect(listeners.size).toBe(0)
})
