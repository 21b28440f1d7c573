// Keys as an administrator makes and changes them, over the API.

import { admin } from './admin.ts'
import type { Server } from './server.ts'

export type MadeKey = {
  readonly id: string
  readonly keyName: string
  /** `app.key:secret` */
  readonly key: string
}

/** Makes a key; whatever is not said is the least. @throws if it is refused */
export async function makeKey(server: Server, terms: object): Promise<MadeKey> {
  return (await ok(server, 'POST', '/keys', terms)) as MadeKey
}

export async function editKey(server: Server, { id }: MadeKey, terms: object): Promise<void> {
  await ok(server, 'PATCH', `/keys/${id}`, terms)
}

/** @returns the key with its new secret */
export async function rotateKey(
  server: Server,
  { id }: MadeKey,
  overlapSeconds: number,
): Promise<MadeKey> {
  return (await ok(server, 'POST', `/keys/${id}/rotate`, { overlapSeconds })) as MadeKey
}

export async function revokeKey(server: Server, { id }: MadeKey): Promise<void> {
  await ok(server, 'DELETE', `/keys/${id}`)
}

async function ok(server: Server, method: string, path: string, body?: object): Promise<unknown> {
  const answered = await admin(server, method, path, body)
  if (answered.status < 300) return answered.body
  throw new Error(`${method} ${path}: ${JSON.stringify(answered.body)}`)
}
