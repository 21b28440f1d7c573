// Who calls, and whether the key is good for what is called. Keys only: nobody signs in here.

import type { KeyRecord } from '@sayso/policy'
import { parseKeyString } from '@sayso/protocol'
import type { Context as HonoContext } from 'hono'
import { isFrom } from '../../auth/address-list.ts'
import type { Asker } from '../../commands/asker.ts'
import type { Context } from '../../context.ts'
import { bytesOf } from './body.ts'
import type { Call, Needs } from './call.ts'
import type { PermitRest } from './deps.ts'
import { levelOf, type PermitApp } from './scope.ts'
import { invalid, notFound, PermitTrouble } from './trouble.ts'

/** @throws {PermitTrouble} `UNAUTHORIZED`, `FORBIDDEN_ACCESS`; `NOT_FOUND` for an environment that is not the key's */
export async function admit(c: HonoContext, given: PermitRest, needs: Needs): Promise<Call> {
  if (needs === 'anyone') {
    const app = given.organization.appOf(given.context)
    return { c, deps: given, app, asker: NOBODY, key: NO_KEY }
  }
  const isPdp = needs === 'decisions' || needs === 'decisions-in-body'
  const text = bearerIn(c.req.header('authorization') ?? (await inBody(c, given, needs)))
  const deps = await doorOf(given, text)
  const address = deps.addressOf(c.req.raw)
  const key = prove(deps, text, { isPdp, address })
  requireScope(key, needs)
  if (isPdp) deps.context.decisionRate?.charge(key.id)
  requireWait(c)
  const app = deps.organization.appOf(deps.context)
  const asker = askerOf(key, address)
  const there = await environmentIn(c, deps, app, key)
  if (there === app.context) return { c, deps, app, key, asker }
  const home = () => deps.context.standing.world
  return { c, deps, app: deps.organization.appOf(there), key, asker, home }
}

/** The key of a header; empty if it is of another scheme. @throws {PermitTrouble} `UNAUTHORIZED` without one */
function bearerIn(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new PermitTrouble('UNAUTHORIZED', 'send `Authorization: Bearer <API key>`')
  }
  const [scheme = '', value = ''] = header.trim().split(/\s+/, 2)
  return scheme.toLowerCase() === 'bearer' ? value : ''
}

/** The door of the app that the key says it is of: where the key stands in no header nobody has looked for it yet. */
async function doorOf(deps: PermitRest, key: string): Promise<PermitRest> {
  const appId = parseKeyString(key)?.appId
  if (appId === undefined || appId === deps.ring.appId) return deps
  const app = await deps.organization.apps.find(appId)
  return app === undefined ? deps : { ...deps, ring: app.ring, context: app.context }
}

const NO_KEY = {} as KeyRecord
const NOBODY = { credential: { kind: 'key', key: '' }, mayBeAnyone: false } as unknown as Asker

function askerOf(key: KeyRecord, address: string | undefined): Asker {
  return {
    credential: { kind: 'key', key: key.id },
    mayBeAnyone: true,
    ...(address === undefined ? {} : { address }),
  }
}

/** The SDK's check over all tenants sends its headers in the body. */
async function inBody(
  c: HonoContext,
  { maxBodyBytes }: PermitRest,
  needs: Needs,
): Promise<string | undefined> {
  if (needs !== 'decisions-in-body') return undefined
  const bytes = await bytesOf(c, maxBodyBytes)
  const headers = fieldOf(parsed(bytes), 'headers')
  const text = fieldOf(headers, 'Authorization') ?? fieldOf(headers, 'authorization')
  return typeof text === 'string' ? text : undefined
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

type From = { readonly isPdp: boolean; readonly address: string | undefined }

function prove({ ring }: PermitRest, key: string, { isPdp, address }: From): KeyRecord {
  const code = isPdp ? 'FORBIDDEN_ACCESS' : 'UNAUTHORIZED'
  const proof = ring.prove(key)
  if (!proof.ok) throw new PermitTrouble(code, 'there is no such API key')
  if (isFrom(proof.key.allowedAddresses, address)) return proof.key
  throw new PermitTrouble(code, 'the API key may not be used from this address')
}

function requireScope(key: KeyRecord, needs: Needs): void {
  if (needs === 'any-key') return
  const isAdmin = key.scopes.includes('admin')
  const isPdp = needs === 'decisions' || needs === 'decisions-in-body'
  const isEnough = isAdmin || (isPdp && key.scopes.includes('decisions'))
  if (!isEnough) {
    const scope = isPdp ? '`decisions`' : '`admin`'
    throw new PermitTrouble('FORBIDDEN_ACCESS', `the key does not have the scope ${scope}`)
  }
  const level = levelOf(key)
  if (needs === 'admin-organization' && level !== 'organization') {
    throw new PermitTrouble('FORBIDDEN_ACCESS', 'this takes a key of the organization')
  }
  if (needs === 'admin-project' && level === 'environment') {
    throw new PermitTrouble('FORBIDDEN_ACCESS', 'this takes a key of the project or organization')
  }
}

/** Facts hold before they are answered, so nobody waits; what makes no sense is refused all the same. */
function requireWait(c: HonoContext): void {
  const [timeout = '', policy = ''] = [
    c.req.header('x-wait-timeout'),
    c.req.header('x-timeout-policy'),
  ]
  if (timeout.trim() !== '' && !Number.isFinite(Number(timeout))) {
    throw invalid('`X-Wait-Timeout` is a number of seconds, or empty')
  }
  if (!['', 'ignore', 'fail'].includes(policy.trim().toLowerCase())) {
    throw invalid('`X-Timeout-Policy` is `ignore` or `fail`')
  }
}

/**
 * The app that the path names: the key's own, or one that a key of the organisation or project reaches. Any other looks
 * like one that is not there.
 */
async function environmentIn(
  c: HonoContext,
  { organization }: PermitRest,
  app: PermitApp,
  key: KeyRecord,
): Promise<Context> {
  const [project, environment] = [c.req.param('proj_id'), c.req.param('env_id')]
  if (project === undefined || environment === undefined) return app.context
  const found = organization.environmentAt(project, environment)
  if (found.appId === app.context.appId) return app.context
  const { project: own = app.project } = key
  const level = levelOf(key)
  const isReached = level === 'organization' || (level === 'project' && own === found.project)
  if (!isReached) throw notFound('environment', environment)
  return organization.open(found)
}
