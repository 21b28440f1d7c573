// Calls to the visitor's door of the server, which is the panel's own origin.

import type { Attributes } from '../shared/messages.ts'
import type { Config, Marks, OpenAsk, Session, SessionAsk, Talk } from './model/shapes.ts'

/** What the server refused, with its own words and a code that stays. */
export class Refused extends Error {
  readonly code: string
  readonly status: number
  readonly retryAfterMs: number | undefined
  /** Why, where a code has several. */
  readonly reason: string | undefined

  constructor(status: number, problem: Record<string, unknown>) {
    super(String(problem.detail ?? problem.title ?? problem.message ?? status))
    this.name = 'Refused'
    this.status = status
    this.code = String(problem.code ?? 'unknown')
    this.reason = typeof problem.reason === 'string' ? problem.reason : undefined
    this.retryAfterMs = typeof problem.retryAfterMs === 'number' ? problem.retryAfterMs : undefined
  }
}

type Ask = { readonly method?: string; readonly body?: unknown; readonly bearer?: string }

async function call<T>(path: string, { method = 'GET', body, bearer }: Ask = {}): Promise<T> {
  const answer = await fetch(path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    },
    credentials: 'omit',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})))
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

export const readConfig = (widget: string) =>
  call<Config>(`/widget/v1/config?widget=${encodeURIComponent(widget)}`)

export const beginSession = (widget: string, ask: SessionAsk) =>
  call<Session>(`/widget/v1/session?widget=${encodeURIComponent(widget)}`, {
    method: 'POST',
    body: ask,
  })

/** Calls that speak for one device. */
export class VisitorDoor {
  readonly device: string

  constructor(device: string) {
    this.device = device
  }

  renewed(): Promise<{ readonly token: string; readonly tokenExpiresAtMs: number }> {
    return call('/widget/v1/token', { method: 'POST', body: { device: this.device } })
  }

  open(ask: OpenAsk): Promise<{ readonly conversation: Talk; readonly isNew: boolean }> {
    return this.#post('/conversations', ask)
  }

  async all(): Promise<readonly Talk[]> {
    const { items } = await this.#call<{ readonly items: readonly Talk[] }>('/conversations')
    return items
  }

  mark(key: string, marks: Marks): Promise<void> {
    return this.#post(`/conversations/${key}/marks`, marks)
  }

  rate(key: string, rating: { readonly score: number; readonly comment?: string }): Promise<void> {
    return this.#post(`/conversations/${key}/rating`, rating)
  }

  mailTranscript(key: string, email: string): Promise<void> {
    return this.#post(`/conversations/${key}/transcript`, { email })
  }

  async transcript(key: string): Promise<string> {
    const answer = await fetch(`/widget/v1/conversations/${key}/transcript`, {
      headers: { authorization: `Bearer ${this.device}` },
      credentials: 'omit',
    })
    if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})))
    return answer.text()
  }

  leaveMessage(message: {
    readonly name?: string
    readonly email: string
    readonly text: string
  }): Promise<void> {
    return this.#post('/offline', message)
  }

  page(page: { readonly url: string; readonly title: string }): Promise<void> {
    return this.#call('/page', { method: 'PUT', body: page })
  }

  /** What the page says of the visitor: its word, not proved. */
  attributes(attributes: Attributes): Promise<void> {
    return this.#call('/attributes', { method: 'PUT', body: { attributes } })
  }

  forget(): Promise<void> {
    return this.#call('/me', { method: 'DELETE' })
  }

  #post<T>(path: string, body: unknown): Promise<T> {
    return this.#call(path, { method: 'POST', body })
  }

  #call<T>(path: string, ask: Ask = {}): Promise<T> {
    return call(`/widget/v1${path}`, { ...ask, bearer: this.device })
  }
}
