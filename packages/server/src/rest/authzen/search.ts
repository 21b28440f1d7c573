// Who may, on what, and which actions: the lists of the policy, page by page.

import { createHash } from 'node:crypto'
import {
  type Action,
  listActions,
  listResources,
  listSubjects,
  tenantOf,
  type World,
} from '@sayso/policy'
import type { Answering } from '../../observe/decisions.ts'
import {
  actionSearch,
  type PageAsked,
  parsed,
  RequestRefused,
  resourceSearch,
  subjectSearch,
} from './entities.ts'
import { brought, entityOf, resourceIn, subjectIn } from './question.ts'

const MOST_LISTED = 1_000
const USUAL_LISTED = 100

type Results<T> = {
  readonly results: readonly T[]
  readonly page: { readonly next_token: string; readonly count: number }
}
type Named = { readonly type: string; readonly id: string }

export function searchSubjects(world: World, body: unknown, answering: Answering): Results<Named> {
  const asked = parsed(subjectSearch, body)
  const resource = resourceIn(asked.resource)
  const page = pageOf(asked.page, body)
  const about = { action: asked.action.name, on: nameOf(asked.resource), resource }
  if (resource === undefined || asked.subject.type !== 'user') {
    answering.listed({ ...about, found: 0 })
    return nothing
  }
  const { ids, next } = listSubjects(world, {
    action: asked.action.name as Action,
    resource,
    about: brought(asked),
    ...page,
  })
  const people = ids.map(entityOf).filter(({ type }) => type === 'user')
  answering.listed({ ...about, tenant: tenantOf(world, resource), found: people.length })
  return paged(people, next, page.limit, body)
}

export function searchResources(world: World, body: unknown, answering: Answering): Results<Named> {
  const asked = parsed(resourceSearch, body)
  const subject = subjectIn(asked.subject)
  const page = pageOf(asked.page, body)
  const { name: action } = asked.action
  const about = { subject: nameOf(asked.subject), action, on: asked.resource.type }
  if (subject === undefined) {
    answering.listed({ ...about, found: 0 })
    return nothing
  }
  const { ids, next } = listResources(world, {
    subject,
    action: asked.action.name as Action,
    type: asked.resource.type,
    about: brought(asked),
    ...page,
  })
  answering.listed({ ...about, found: ids.length })
  return paged(ids.map(entityOf), next, page.limit, body)
}

export function searchActions(
  world: World,
  body: unknown,
  answering: Answering,
): Results<{ readonly name: string }> {
  const asked = parsed(actionSearch, body)
  const subject = subjectIn(asked.subject)
  const resource = resourceIn(asked.resource)
  const { after = '', limit } = pageOf(asked.page, body)
  const on = nameOf(asked.resource)
  const about = { subject: nameOf(asked.subject), action: '*', on, resource }
  if (subject === undefined || resource === undefined) {
    answering.listed({ ...about, found: 0 })
    return nothing
  }
  const left = listActions(world, subject, resource, brought(asked)).filter((name) => name > after)
  const names = left.slice(0, limit)
  answering.listed({ ...about, tenant: tenantOf(world, resource), found: names.length })
  const next = left.length > names.length ? names.at(-1) : undefined
  return paged(
    names.map((name) => ({ name })),
    next,
    limit,
    body,
  )
}

function nameOf({ type, id }: Named): string {
  return `${type}:${id}`
}

const nothing = { results: [], page: { next_token: '', count: 0 } } as const

function paged<T>(
  results: readonly T[],
  next: string | undefined,
  limit: number,
  body: unknown,
): Results<T> {
  const token = next === undefined ? '' : tokenOf({ next, limit, of: digestOf(body) })
  return { results, page: { next_token: token, count: results.length } }
}

type Token = { readonly next: string; readonly limit: number; readonly of: string }

function tokenOf(token: Token): string {
  return Buffer.from(JSON.stringify([token.next, token.limit, token.of])).toString('base64url')
}

/** @throws {RequestRefused} 400 if the token is not of this very search */
function pageOf(
  page: PageAsked,
  body: unknown,
): { readonly after?: string; readonly limit: number } {
  const limit = page?.limit === undefined ? undefined : Math.min(page.limit, MOST_LISTED)
  if (page?.token === undefined || page.token === '') return { limit: limit ?? USUAL_LISTED }
  const token = read(page.token)
  if (token === undefined || token.of !== digestOf(body)) {
    throw new RequestRefused(
      400,
      '`page.token` is not of this search: repeat the request unchanged',
    )
  }
  return { after: token.next, limit: limit ?? token.limit }
}

function read(text: string): Token | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(value)) return undefined
    const [next, limit, of]: unknown[] = value
    const isWhole = typeof limit === 'number' && Number.isInteger(limit)
    if (typeof next !== 'string' || typeof of !== 'string' || !isWhole) return undefined
    return limit >= 1 && limit <= MOST_LISTED ? { next, limit, of } : undefined
  } catch {
    return undefined
  }
}

/** What must stay the same from page to page: everything but `page`. */
function digestOf(body: unknown): string {
  const { page: _page, ...rest } = body as Readonly<Record<string, unknown>>
  return createHash('sha256').update(sorted(rest)).digest('base64url').slice(0, 22)
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}
