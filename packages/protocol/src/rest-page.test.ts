// Answers of a small server made of our helpers, read by the unmodified client.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import * as ably from 'ably'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeBody } from './codec.ts'
import { errorInfo } from './errors.ts'
import { type Format, formatFromAccept } from './format.ts'
import {
  batchResult,
  envelope,
  errorBody,
  errorHeaders,
  type HistoryMessage,
  historyItem,
  historyLinks,
  linkHeader,
} from './rest-page.ts'
import { parseHistoryQuery } from './rest-query.ts'

const messages: readonly HistoryMessage[] = Array.from({ length: 25 }, (_, i) => ({
  id: `c:${i}:0`,
  serial: `0${i},x@y:000`,
  timestamp: 1_790_000_000_000 + i,
  action: 0,
  data: new Uint8Array([i, 255]),
}))

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const format = formatFromAccept(request.headers.accept)
  const send = (status: number, value: unknown, headers: Record<string, string | string[]>) => {
    const { contentType, bytes } = encodeBody(format, value)
    response.writeHead(status, { 'Content-Type': contentType, ...headers }).end(bytes)
  }
  if (url.pathname !== '/channels/c/messages') {
    const error = errorInfo('action_denied', '`history` on `ü` is not allowed')
    send(error.statusCode, errorBody(error), errorHeaders(error))
    return
  }
  const query = parseHistoryQuery(Object.fromEntries(url.searchParams))
  const from = query.cursor === undefined ? 0 : messages.findIndex((m) => m.serial === query.cursor)
  const page = messages.slice(from, from + query.limit)
  const next = messages[from + query.limit]?.serial
  const links = historyLinks('messages', query, next)
  send(
    200,
    page.map((message) => historyItem(message, format)),
    { Link: [...links] },
  )
}

const server = createServer(answer)
let port = 0
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const client = (format: Format) =>
  new ably.Rest({
    key: 'app.key:secret',
    endpoint: '127.0.0.1',
    port,
    tls: false,
    useBinaryProtocol: format === 'msgpack',
    logLevel: 0,
  })

describe('pages', () => {
  test.each<Format>(['json', 'msgpack'])(
    '[PR36] the stock client walks all pages in %s',
    async (format) => {
      const seen: ably.Message[] = []
      const first = await client(format)
        .channels.get('c')
        .history({ limit: 10, end: 1_800_000_000_000 })
      let page: ably.PaginatedResult<ably.InboundMessage> | null = first
      for (; page !== null; page = await page.next()) seen.push(...page.items)
      expect(seen.map(({ serial }) => serial)).toEqual(messages.map(({ serial }) => serial))
      expect(seen[24]?.data).toEqual(Buffer.from([24, 255]))
      const again = await (await first.next())?.first()
      expect(again?.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id))
    },
  )

  test('[PR36] links are relative, repeat every bound and have no raw comma', () => {
    const query = parseHistoryQuery({ limit: '2', start: '1', from_serial: 'a,b', cursor: 'c' })
    expect(historyLinks('messages', query, 'd,e')).toEqual([
      '<./messages?limit=2&direction=backwards&start=1&from_serial=a%2Cb>; rel="first"',
      '<./messages?limit=2&direction=backwards&start=1&from_serial=a%2Cb&cursor=c>; rel="current"',
      '<./messages?limit=2&direction=backwards&start=1&from_serial=a%2Cb&cursor=d%2Ce>; rel="next"',
    ])
    expect(historyLinks('messages', query)).toHaveLength(2)
    expect(
      linkHeader('presence', { first: { limit: 1 }, current: { limit: 1, a: undefined } }),
    ).toEqual(['<./presence?limit=1>; rel="first"', '<./presence?limit=1>; rel="current"'])
  })
})

describe('errors and envelopes', () => {
  test.each<Format>(['json', 'msgpack'])(
    '[PR41] the stock client reads our errors in %s',
    async (format) => {
      const failure = client(format).channels.get('other').history()
      await expect(failure).rejects.toMatchObject({ code: 40160, statusCode: 401 })
      await expect(failure).rejects.toThrow('`history` on `ü` is not allowed')
    },
  )

  test('[PR41] an error’s headers carry nothing a header cannot', () => {
    expect(errorHeaders({ ...errorInfo('internal'), message: 'ü\r\nx: y' })).toEqual({
      'X-Ably-ErrorCode': '50000',
      'X-Ably-ErrorMessage': '???x: y',
    })
  })

  test('[PR41] an envelope holds the answer and lower-case headers', () => {
    expect(envelope(201, [1], { Link: ['a', 'b'], 'X-Ably-ErrorCode': '1' })).toEqual({
      statusCode: 201,
      response: [1],
      headers: { link: ['a', 'b'], 'x-ably-errorcode': '1' },
    })
    expect(envelope(204, null)).toEqual({ statusCode: 204, response: null, headers: {} })
  })

  test('[PR40] a batch counts what failed', () => {
    const results = [{ channel: 'a' }, { channel: 'b', error: errorInfo('action_denied') }]
    expect(batchResult(results)).toEqual({ successCount: 1, failureCount: 1, results })
  })
})
