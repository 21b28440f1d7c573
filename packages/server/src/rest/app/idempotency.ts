// Writes that are asked for twice are done once: the answer to an `Idempotency-Key` is kept for a day and given again.

import { createHash } from 'node:crypto'
import type { JsonObject, StoredRecord } from '@sayso/store'
import type { Context } from 'hono'
import { type Sealer, sealer } from '../../auth/sealed.ts'
import { type Asker, actorOf } from '../../commands/asker.ts'
import { commit } from '../../commands/decide-and-commit.ts'
import { Failure } from '../../commands/failure.ts'
import type { AppRest } from './deps.ts'
import { ApiProblem, problemOf, problemResponse } from './problem.ts'

const ANSWERS = 'idempotency'
/** How long an answer is given again; milliseconds. */
export const KEPT_MS = 86_400_000
/** Between two looks for answers that are too old; milliseconds. */
const SWEEP_MS = 3_600_000
const MAX_KEY = 255

const sealers = new WeakMap<AppRest, Sealer>()
const sweptAtMs = new WeakMap<AppRest, number>()

type Request = { readonly key: string; readonly asker: Asker; readonly bytes: Uint8Array }

/**
 * Does a write, or answers as it was answered before. Keys are the asker's own; the body and address must be the same.
 *
 * @throws {ApiProblem} `idempotency_key_invalid`, `idempotency_key_reused`, `idempotency_key_busy`
 */
export async function once(
  deps: AppRest,
  c: Context,
  { key, asker, bytes }: Request,
  work: () => Promise<Response>,
): Promise<Response> {
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > MAX_KEY)
    throw new ApiProblem('idempotency_key_invalid', `use 1 to ${MAX_KEY} visible characters`)
  await sweep(deps)
  const nowMs = deps.context.now()
  const name = `${actorOf(asker)} ${key}`
  const asked = createHash('sha256')
    .update(`${c.req.method} ${c.req.url}\n`)
    .update(bytes)
    .digest('base64url')
  const known = await deps.context.store.record(ANSWERS, name)
  if (known !== undefined && nowMs - known.createdAtMs < KEPT_MS) return again(deps, known, asked)
  await begin(deps, name, asked, known?.version ?? 0)
  try {
    const response = await work().catch(refusalOf)
    await keep(deps, name, { asked, answer: sealerOf(deps).seal(await textOf(response)) })
    return response
  } catch (error) {
    // It may have happened and may not: what was refused by a mistake of the server is free to be tried again.
    await keep(deps, name, undefined)
    throw error
  }
}

/** Takes the key for this request. @throws {ApiProblem} `idempotency_key_busy` if another was faster */
async function begin(
  deps: AppRest,
  key: string,
  asked: string,
  expectVersion: number,
): Promise<void> {
  const record = { collection: ANSWERS, key, value: { asked }, expectVersion }
  try {
    await commit(deps.context, { entries: [], records: [record] })
  } catch (error) {
    if (error instanceof Failure && error.code === 'conflict') throw busy()
    throw error
  }
}

function again(deps: AppRest, { value }: StoredRecord, asked: string): Response {
  if (value.asked !== asked) {
    throw new ApiProblem(
      'idempotency_key_reused',
      'this key was used for another request',
      'make a new key for each thing you want done',
    )
  }
  if (typeof value.answer !== 'string') throw busy()
  const { status, headers, body } = JSON.parse(sealerOf(deps).open(value.answer))
  return new Response(body, { status, headers: { ...headers, 'idempotency-replayed': 'true' } })
}

function busy(): ApiProblem {
  return new ApiProblem(
    'idempotency_key_busy',
    'the first request with this key is not answered yet, or the server ended under it',
    'wait and ask again; if it stays so, look whether it was done',
  )
}

async function keep(deps: AppRest, key: string, value: JsonObject | undefined): Promise<void> {
  await commit(deps.context, { entries: [], records: [{ collection: ANSWERS, key, value }] })
}

/** A refusal is an answer; a mistake of the server is none. */
function refusalOf(error: unknown): Response {
  const { problem } = problemOf(error)
  if (problem.status >= 500) throw error
  return problemResponse(problem)
}

const KEPT_HEADERS = ['content-type', 'etag', 'location']

async function textOf(response: Response): Promise<string> {
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = response.headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  const body = await response.clone().text()
  return JSON.stringify({ status: response.status, headers: Object.fromEntries(headers), body })
}

/** Answers can hold secrets that are shown once. */
function sealerOf(deps: AppRest): Sealer {
  const known = sealers.get(deps) ?? sealer(deps.secret)
  sealers.set(deps, known)
  return known
}

/** Forgets what is older than a day, once an hour at most. */
async function sweep(deps: AppRest): Promise<void> {
  const { context } = deps
  const nowMs = context.now()
  if (nowMs - (sweptAtMs.get(deps) ?? 0) < SWEEP_MS) return
  sweptAtMs.set(deps, nowMs)
  for (let afterKey: string | undefined = ''; afterKey !== undefined; ) {
    const more: { afterKey?: string } = afterKey === '' ? {} : { afterKey }
    const page: readonly StoredRecord[] = await context.store.records({
      collection: ANSWERS,
      limit: 500,
      ...more,
    })
    const old = page.filter(({ createdAtMs }) => nowMs - createdAtMs >= KEPT_MS)
    if (old.length > 0) {
      const records = old.map(({ key }) => ({ collection: ANSWERS, key, value: undefined }))
      await commit(context, { entries: [], records })
    }
    afterKey = page.length === 500 ? page.at(-1)?.key : undefined
  }
}
