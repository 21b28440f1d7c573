// Typed calls about files: bringing them piece by piece, finding them again, previews of links.

import type { ChannelFilesView, FileLimitsView, LinkPreviewView, UploadView } from '@sayso/protocol'
import { problemOf, unreached } from '../problem.ts'

type FilesQuery = {
  readonly kind?: 'image' | 'media' | 'other'
  /** Part of the name. */
  readonly q?: string
  readonly after?: string
}

/** Every call rejects with `ApiError`; status 0 means that the server was not reached. */
export type FilesApi = {
  limits(): Promise<FileLimitsView>
  /** Judged by what is said of it; then its pieces are sent. */
  begin(
    channelKey: string,
    said: { name: string; type: string; bytes: number },
  ): Promise<UploadView>
  upload(id: string): Promise<UploadView>
  /** `conflict`: it does not begin where the last piece ended; read the upload. */
  piece(id: string, offset: number, bytes: Blob, signal?: AbortSignal): Promise<UploadView>
  small(id: string, bytes: Blob): Promise<UploadView>
  /** Lets go of a file that was not sent. */
  drop(id: string): Promise<void>
  files(channelKey: string, query: FilesQuery): Promise<ChannelFilesView>
  /** What the server sees at an address. */
  preview(channelKey: string, url: string, signal?: AbortSignal): Promise<LinkPreviewView>
}

type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: Blob | object
  readonly signal?: AbortSignal | undefined
}

/** Makes the calls: same origin, session cookie. */
export function filesApi(): FilesApi {
  const call = <T>(one: Call) => send<T>(one)
  const channel = (key: string) => `channels/${encodeURIComponent(key)}`
  return {
    limits: () => call({ method: 'GET', path: 'files/limits' }),
    begin: (key, said) => call({ method: 'POST', path: `${channel(key)}/files`, body: said }),
    upload: (id) => call({ method: 'GET', path: `uploads/${id}` }),
    piece: (id, offset, body, signal) =>
      call({ method: 'PUT', path: `uploads/${id}/${offset}`, body, signal }),
    small: (id, body) => call({ method: 'PUT', path: `uploads/${id}/preview`, body }),
    drop: (id) => call({ method: 'DELETE', path: `uploads/${id}` }),
    files: (key, query) => {
      const params = new URLSearchParams(Object.entries(query))
      return call({ method: 'GET', path: `${channel(key)}/files?${params}` })
    },
    preview: (key, url, signal) =>
      call({ method: 'POST', path: `${channel(key)}/previews`, body: { url }, signal }),
  }
}

async function send<T>({ method, path, body, signal }: Call): Promise<T> {
  const isJson = body !== undefined && !(body instanceof Blob)
  const response = await fetch(`/api/v1/${path}`, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    headers: {
      accept: 'application/json',
      ...(isJson && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as Blob) }),
    ...(signal !== undefined && { signal }),
  }).catch((cause: unknown) => {
    throw unreached(cause)
  })
  if (!response.ok) throw await problemOf(response)
  const text = await response.text().catch((cause: unknown) => {
    throw unreached(cause)
  })
  return (text === '' ? undefined : JSON.parse(text)) as T
}
