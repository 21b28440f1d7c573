// The unmodified client in every shape the tests need: by key, by token, through a link that can be cut.

import * as Ably from 'ably'
import { type Heard, heard } from './heard.ts'
import { KEY } from './server.ts'

/** Options of the stock client for a port of this machine; impatient, so that a test waits for no timer of its own. */
export function at(port: number, options: Ably.ClientOptions = {}): Ably.ClientOptions {
  return {
    endpoint: '127.0.0.1',
    port,
    tls: false,
    disableConnectivityCheck: true,
    disconnectedRetryTimeout: 50,
    suspendedRetryTimeout: 50,
    logLevel: 0,
    ...options,
  }
}

const open = new Set<Ably.Realtime>()

/** A realtime client by the test server's key unless the options name other credentials. */
export function realtime(port: number, options: Ably.ClientOptions = {}): Ably.Realtime {
  const client = new Ably.Realtime(at(port, { ...credentials(options), ...options }))
  open.add(client)
  return client
}

export function rest(port: number, options: Ably.ClientOptions = {}): Ably.Rest {
  return new Ably.Rest(at(port, { ...credentials(options), ...options }))
}

function credentials(options: Ably.ClientOptions): Ably.ClientOptions {
  const { key, token, tokenDetails, authCallback, authUrl } = options
  const given = key ?? token ?? tokenDetails ?? authCallback ?? authUrl
  return given === undefined ? { key: KEY } : {}
}

/** An `authCallback` that asks a function, and counts how often it was asked. */
export function asking(
  token: () => Promise<string> | string,
): Required<Pick<Ably.ClientOptions, 'authCallback'>> & { readonly asked: () => number } {
  let asked = 0
  return {
    asked: () => asked,
    authCallback: (_params, callback) => {
      asked += 1
      Promise.resolve()
        .then(token)
        .then(
          (text) => callback(null, text),
          (error: unknown) => callback(String(error), null),
        )
    },
  }
}

/** For `afterEach`. */
export function closeClients(): void {
  for (const client of open) client.close()
  open.clear()
}

/** Resolves when the connection is in a state, now or later. */
export async function until(client: Ably.Realtime, state: Ably.ConnectionState): Promise<void> {
  if (client.connection.state === state) return
  await new Promise<void>((resolve) => client.connection.once(state, () => resolve()))
}

/** The code of the error a promise ends with. @throws if it does not fail */
export async function codeOf(failing: Promise<unknown>): Promise<number> {
  const info = await failure(failing)
  return info.code
}

/** The error a promise ends with. @throws if it does not fail */
export async function failure(failing: Promise<unknown>): Promise<Ably.ErrorInfo> {
  try {
    await failing
  } catch (error) {
    return error as Ably.ErrorInfo
  }
  throw new Error('this should have been refused')
}

export type Listening = {
  readonly channel: Ably.RealtimeChannel
  readonly messages: Heard<Ably.InboundMessage>
}

/** Attaches and keeps what arrives. */
export async function listen(
  client: Ably.Realtime,
  name: string,
  options: Ably.ChannelOptions = {},
): Promise<Listening> {
  const messages = heard<Ably.InboundMessage>()
  const channel = client.channels.get(name, options)
  await channel.subscribe((message) => messages.add(message))
  return { channel, messages }
}
