// Somebody who brings files by the public door, a piece at a time, and goes on where the server says.

import type { Person } from './person.ts'
import type { Server } from './server.ts'

export type Upload = {
  readonly id: string
  readonly offset: number
  readonly pieceBytes: number
  readonly isReady: boolean
}

/** @throws with status and body, if the server refuses */
export async function begin(
  server: Server,
  who: Person,
  key: string,
  name: string,
  bytes: number,
): Promise<Upload> {
  return answered(
    await fetch(`${server.url}/api/v1/channels/${key}/files`, {
      method: 'POST',
      headers: { cookie: who.cookie, origin: server.url, 'content-type': 'application/json' },
      body: JSON.stringify({ name, bytes }),
    }),
  )
}

export async function upload(server: Server, who: Person, id: string): Promise<Upload> {
  const headers = { cookie: who.cookie }
  return answered(await fetch(`${server.url}/api/v1/uploads/${id}`, { headers }))
}

/** Sends one piece; the answer as it is. */
export function sendPiece(
  server: Server,
  who: Person,
  { id, offset }: Pick<Upload, 'id' | 'offset'>,
  piece: Uint8Array,
): Promise<Response> {
  return fetch(`${server.url}/api/v1/uploads/${id}/${offset}`, {
    method: 'PUT',
    headers: { cookie: who.cookie, origin: server.url },
    body: Buffer.from(piece),
  })
}

/** Sends what is missing, in pieces of at most `most` bytes. */
export async function bringRest(
  server: Server,
  who: Person,
  from: Upload,
  bytes: Uint8Array,
  most = from.pieceBytes,
): Promise<Upload> {
  let at = from
  while (!at.isReady) {
    const piece = bytes.subarray(at.offset, at.offset + Math.min(most, at.pieceBytes))
    at = await answered(await sendPiece(server, who, at, piece))
  }
  return at
}

/** A whole file, ready to be named by a message. */
export async function bring(
  server: Server,
  who: Person,
  key: string,
  name: string,
  bytes: Uint8Array,
): Promise<string> {
  const begun = await begin(server, who, key, name, bytes.length)
  return (await bringRest(server, who, begun, bytes)).id
}

/** Publishes a message with files; the answer as it is. */
export async function sayWith(
  server: Server,
  who: Person,
  channel: string,
  ids: readonly string[],
  more: { readonly id?: string; readonly text?: string } = {},
): Promise<Response> {
  const { text = 'look', ...rest } = more
  return fetch(`${server.url}/channels/${encodeURIComponent(channel)}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await who.token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'message',
      data: text,
      ...rest,
      extras: { attachments: ids.map((id) => ({ id })) },
    }),
  })
}

/** Asks for the bytes of a file. */
export function look(server: Server, who: Person | undefined, id: string): Promise<Response> {
  const headers = who === undefined ? undefined : { cookie: who.cookie }
  return fetch(`${server.url}/files/${id}`, headers === undefined ? {} : { headers })
}

async function answered(response: Response): Promise<Upload> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as Upload
}
