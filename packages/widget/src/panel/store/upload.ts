// A file on its way to the server, in pieces that go on where they were cut off.

import { Refused } from '../api.ts'
import type { Attached } from '../model/shapes.ts'

type Upload = Attached & {
  readonly offset: number
  readonly pieceBytes: number
  readonly isReady: boolean
}

const TRIES = 5

/**
 * @param key   of the conversation
 * @param moved   share that has arrived, 0 to 1
 * @throws {Refused} the server will not have it
 */
export async function upload(
  file: File,
  key: string,
  token: () => Promise<string>,
  moved: (share: number) => void,
  signal: AbortSignal,
): Promise<Attached> {
  const ask = async (path: string, init: RequestInit) => {
    const answer = await fetch(`/api/v1${path}`, {
      ...init,
      signal,
      credentials: 'omit',
      headers: { ...init.headers, authorization: `Bearer ${await token()}` },
    })
    if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})))
    return (await answer.json()) as Upload
  }
  let state = await ask(`/channels/${key}/files`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: file.name, type: file.type, bytes: file.size }),
  })
  let failures = 0
  while (!state.isReady) {
    const { id, offset, pieceBytes } = state
    try {
      state = await ask(`/uploads/${id}/${offset}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: file.slice(offset, offset + pieceBytes),
      })
      failures = 0
      moved(file.size === 0 ? 1 : state.offset / file.size)
    } catch (error) {
      failures += 1
      if (signal.aborted || error instanceof Refused || failures === TRIES) throw error
      state = await ask(`/uploads/${id}`, { method: 'GET' })
    }
  }
  const { id, name, type, bytes, width, height } = state
  return {
    id,
    name,
    type,
    bytes,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  }
}
