// What AuthZEN requests are made of. Members that are not named here are ignored, as the standard wants.

import { isPlainJson, maxDepth } from '@sayso/protocol'
import * as z from 'zod'

const properties = z.record(z.string(), z.json()).optional()
const text = z.string().min(1)

export const subject = z.object({ type: text, id: text, properties })
export const resource = z.object({ type: text, id: text, properties })
export const action = z.object({ name: text, properties })
export const context = z.record(z.string(), z.json())

/** One question, complete. */
export const evaluation = z.object({ subject, action, resource, context: context.optional() })
export type Evaluation = z.output<typeof evaluation>
export type Properties = Evaluation['context']

/** Questions of one request at most. */
export const MAX_EVALUATIONS = 1_000

export const SEMANTICS = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const

/** Many questions: what stands at the top holds for every item that does not say otherwise. */
export const evaluations = z.object({
  subject: subject.optional(),
  action: action.optional(),
  resource: resource.optional(),
  context: context.optional(),
  evaluations: z.array(z.record(z.string(), z.json())).max(MAX_EVALUATIONS).optional(),
  options: z.object({ evaluations_semantic: z.enum(SEMANTICS).optional() }).optional(),
})

const page = z.object({ token: z.string().optional(), limit: z.int().min(1).optional() }).optional()
const kind = z.object({ type: text, properties })

export const subjectSearch = z.object({
  subject: kind,
  action,
  resource,
  context: context.optional(),
  page,
})
export const resourceSearch = z.object({
  subject,
  action,
  resource: kind,
  context: context.optional(),
  page,
})
export const actionSearch = z.object({ subject, resource, context: context.optional(), page })
export type PageAsked = z.output<typeof page>

/** The request cannot be answered; the message goes to the caller as it is. */
export class RequestRefused extends Error {
  readonly status: 400 | 401 | 403 | 413
  constructor(status: RequestRefused['status'], message: string) {
    super(message)
    this.status = status
  }
}

/** @throws {RequestRefused} naming the first member that is missing or of the wrong type */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  if (!isPlainJson(value))
    throw new RequestRefused(400, `the request is nested deeper than ${maxDepth} levels`)
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new RequestRefused(400, problemIn(result.error))
}

export function problemIn(error: z.ZodError): string {
  const issue = error.issues[0]
  const path = issue?.path.join('.') ?? ''
  return `${path === '' ? 'the request' : `\`${path}\``}: ${issue?.message ?? 'not as expected'}`
}
