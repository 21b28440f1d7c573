// An operator without a page: a person with a session, a stock client, and the desk's calls.

import * as Ably from 'ably'
import type { Browser } from 'playwright-core'
import { Seat } from './browser.ts'
import type { Server } from './server.ts'

export type Operator = {
  readonly id: string
  readonly name: string
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: T }>
  /** The conversation's channel, attached. */
  channel(key: string): Promise<Ably.RealtimeChannel>
  leave(): Promise<void>
}

/** Signs somebody up, with the owner's token as the first of all, and makes them available. */
export async function takeOperator(
  server: Server,
  browser: Browser,
  name: string,
  setUpUrl?: string,
): Promise<Operator> {
  const seat = await Seat.take(server, browser, name)
  await seat.enter(setUpUrl)
  const { request } = seat.context
  const call: Operator['call'] = async (method, path, body) => {
    const answer = await request.fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { origin: server.url, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { data: body }),
    })
    const text = await answer.text()
    return { status: answer.status(), body: text === '' ? {} : JSON.parse(text) }
  }
  const { body } = await call<{ person: { id: string } }>('GET', '/session')
  const realtime = new Ably.Realtime({
    authCallback: (_, told) => {
      request.get(`${server.url}/api/realtime/token`).then(
        async (answer) => told(null, await answer.text()),
        (error: unknown) => told(String(error), null),
      )
    },
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    logLevel: 0,
  })
  await realtime.connection.whenState('connected')
  return {
    id: body.person.id,
    name,
    call,
    async channel(key) {
      const channel = realtime.channels.get(`desk:${key}`)
      await channel.attach()
      return channel
    },
    async leave() {
      realtime.close()
      await seat.context.close()
    },
  }
}
