// What the owner of a site and their operators do at the server, by its public API.

import { KEY, type Server } from './server.ts'

/** Calls of the API by the root key; throws what is refused. */
export function ownerOf({ url }: Pick<Server, 'url'>) {
  return async <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (answer.status === 204 ? undefined : await answer.json()) as T
  }
}

export async function makeWidget(
  server: Pick<Server, 'url'>,
  said: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { id } = await ownerOf(server)<{ id: string }>('POST', '/desk/widgets', {
    name: 'A shop',
    ...said,
  })
  return id
}
