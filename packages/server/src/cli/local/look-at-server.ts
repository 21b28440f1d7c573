// What can be wrong with a server as others reach it: health, the way for websockets, its clock; else whether it could start.

import { createServer } from 'node:net'
import WebSocket from 'ws'
import type { Settings } from '../../settings.ts'
import { type Finding, fine, warning, wrong } from './findings.ts'

const PATIENCE_MS = 5_000
const MAX_SKEW_MS = 30_000

/** A server runs on the data: is it as its clients need it? */
export async function lookAtServer(url: string): Promise<Finding[]> {
  const ready = await answerOf(`${url}/readyz`)
  if (ready === undefined) {
    const remedy = 'see that SAYSO_URL or --server names it, and what a proxy in between says'
    return [wrong('server', `a server has the data open, but \`${url}\` does not answer`, remedy)]
  }
  const isReady = ready.status === 200
  const state = isReady
    ? fine('server', `${url} answers`)
    : wrong('server', `${url} is not ready: ${ready.text.trim().slice(0, 200)}`, 'see its log')
  return [state, clock(ready.date), await socket(url)]
}

function clock(date: string | null): Finding {
  const skew = date === null ? 0 : Math.abs(Date.now() - Date.parse(date))
  if (skew <= MAX_SKEW_MS) return fine('clock', 'agrees with this machine')
  const seconds = Math.round(skew / 1_000)
  return warning('clock', `differs from this machine by ${seconds} s`, 'set both by a time server')
}

async function socket(url: string): Promise<Finding> {
  const address = new URL('/?v=6&format=json', url)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const client = new WebSocket(address, { handshakeTimeout: PATIENCE_MS })
  const problem = await new Promise<string | undefined>((resolve) => {
    client.once('open', () => resolve(undefined))
    client.once('error', ({ message }) => resolve(message))
  })
  client.terminate()
  if (problem === undefined) return fine('websocket', 'connections are let through')
  return wrong(
    'websocket',
    `no connection comes through: ${problem}`,
    'let the proxy forward upgrades on `/`',
  )
}

type Answered = { readonly status: number; readonly text: string; readonly date: string | null }

function answerOf(address: string): Promise<Answered | undefined> {
  return fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    async (response) => ({
      status: response.status,
      text: await response.text(),
      date: response.headers.get('date'),
    }),
    () => undefined,
  )
}

/** No server runs: could one start? */
export async function lookAtPort({
  port,
  host,
}: Pick<Settings, 'port' | 'host'>): Promise<Finding> {
  const problem = await new Promise<string | undefined>((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
  if (problem === undefined) return fine('port', `${host}:${port} is free; no server runs here`)
  const why =
    problem === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${problem})`
  return wrong('port', `${host}:${port} ${why}`, 'set PORT and HOST')
}
