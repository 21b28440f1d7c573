// Failures of API calls as one class, whatever the body of the response was.

import type { Problem } from '@sayso/protocol'

/** A call that did not succeed. `problem` says what and, if known, the remedy. */
export class ApiError extends Error {
  readonly problem: Problem
  /** Who was faster, where the problem names somebody. */
  readonly by: { readonly id: string; readonly name: string } | undefined

  constructor(problem: Problem, by?: ApiError['by']) {
    super(problem.detail)
    this.name = 'ApiError'
    this.problem = problem
    this.by = by
  }

  /** HTTP status; 0 if the server was not reached. */
  get status(): number {
    return this.problem.status
  }

  /** snake_case, stable. */
  get code(): string {
    return this.problem.code
  }
}

/** The server was not reached, or its answer was lost on the way. */
export function unreached(cause: unknown): ApiError {
  return new ApiError({
    type: 'about:blank',
    title: 'Server not reached',
    status: 0,
    code: 'not_reached',
    detail: cause instanceof Error ? cause.message : 'the server was not reached',
    remedy: 'Check the connection and try again.',
  })
}

/** Reads the problem from a refused response: our own problem details, or `{code, message}` of the sign-in library. */
export async function problemOf(response: Response): Promise<ApiError> {
  const body = fields(await response.text().catch(() => ''))
  const title = text(body.title) ?? (response.statusText || `Status ${response.status}`)
  const code = text(body.code)?.toLowerCase() ?? `http_${response.status}`
  const remedy = text(body.remedy)
  const problem = {
    type: text(body.type) ?? 'about:blank',
    title,
    status: response.status,
    code,
    detail: text(body.detail) ?? text(body.message) ?? title,
    ...(remedy === undefined ? {} : { remedy }),
  }
  return new ApiError(problem, someone(body.by))
}

function someone(value: unknown): ApiError['by'] {
  const { id, name } = (value ?? {}) as { readonly id?: unknown; readonly name?: unknown }
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined
}

function fields(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
