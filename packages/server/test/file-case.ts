// People who bring, send and fetch files of a test server, by the public doors only.

import type { UploadView } from '@sayso/protocol'
import { type Caller, signUp } from './people.ts'
import type { Serving } from './serving.ts'

export const CHANNEL = 'dock:north'

/** One pixel, one colour. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export type Sender = Caller & {
  /** A realtime token of the session. */
  readonly token: string
  /** Brings a whole file in pieces; the last answer. */
  bring(name: string, bytes: Uint8Array, more?: { readonly key?: string }): Promise<UploadView>
  /** Publishes over REST; the answer as it is. */
  say(message: Readonly<Record<string, unknown>>, channel?: string): Promise<Response>
  /** The same; the serial of the message. @throws if it is refused */
  said(message: Readonly<Record<string, unknown>>): Promise<string>
  fetch(path: string, init?: RequestInit): Promise<Response>
}

export async function senderOf(server: Serving, caller: Caller): Promise<Sender> {
  const answer = await fetch(`${server.url}/api/realtime/token`, {
    headers: { cookie: caller.cookie },
  })
  const token = await answer.text()
  const say = (message: Readonly<Record<string, unknown>>, channel = CHANNEL) =>
    fetch(`${server.url}/channels/${encodeURIComponent(channel)}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'message', data: 'look', ...message }),
    })
  return {
    ...caller,
    token,
    say,
    said: async (message) => {
      const response = await say(message)
      if (!response.ok) throw new Error(await response.text())
      const { serials } = (await response.json()) as { serials: string[] }
      return serials[0] ?? ''
    },
    bring: async (name, bytes, { key = 'north' } = {}) => {
      const begun = await caller.call('POST', `/api/v1/channels/${key}/files`, {
        name,
        bytes: bytes.length,
      })
      let upload = await uploadIn(begun)
      do {
        const piece = bytes.subarray(upload.offset, upload.offset + upload.pieceBytes)
        upload = await uploadIn(await sendPiece(server, caller, upload, piece))
      } while (!upload.isReady)
      return upload
    },
    fetch: (path, init = {}) =>
      fetch(server.url + path, { ...init, headers: { cookie: caller.cookie, ...init.headers } }),
  }
}

export async function sender(server: Serving, name: string): Promise<Sender> {
  return senderOf(server, await signUp(server, name))
}

export function sendPiece(
  server: Serving,
  { cookie }: Pick<Caller, 'cookie'>,
  { id, offset }: Pick<UploadView, 'id' | 'offset'>,
  bytes: Uint8Array,
): Promise<Response> {
  return fetch(`${server.url}/api/v1/uploads/${id}/${offset}`, {
    method: 'PUT',
    headers: { cookie, origin: server.url },
    body: Buffer.from(bytes),
  })
}

async function uploadIn(response: Response): Promise<UploadView> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as UploadView
}
