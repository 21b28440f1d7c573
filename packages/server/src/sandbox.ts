// Throw-away apps for client test suites: `POST /apps` makes one with keys of its own, `DELETE /apps/{id}` ends it.
// Off unless `SAYSO_SANDBOX=1`, and never on a public address.

import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Capability,
  CapabilityInvalid,
  type ChannelName,
  canonicalCapability,
  type KeyId,
  type KeyRecord,
  parseCapability,
} from '@sayso/policy'
import { WireInvalid } from '@sayso/protocol'
import * as z from 'zod'
import type { Sealer } from './auth/sealed.ts'
import { commit } from './commands/decide-and-commit.ts'
import type { HeldApps } from './held-apps.ts'
import type { OneApp } from './one-app.ts'
import { word } from './word.ts'

const MAX_APPS = 100

const specSchema = z.object({
  keys: z
    .array(
      z.object({
        capability: z.union([z.string(), z.record(z.string(), z.array(z.string()))]).optional(),
        revocableTokens: z.boolean().default(false),
      }),
    )
    .max(50)
    .default([{ revocableTokens: false }]),
  channels: z
    .array(
      z.object({
        name: z.string().min(1),
        presence: z
          .array(
            z.object({
              clientId: z.string(),
              data: z.string().optional(),
              encoding: z.string().optional(),
            }),
          )
          .max(250)
          .default([]),
      }),
    )
    .max(100)
    .default([]),
})

export type SandboxKey = {
  readonly id: string
  readonly keyName: string
  readonly keySecret: string
  readonly keyStr: string
  readonly capability: string
}

export type SandboxApp = {
  readonly appId: string
  readonly id: string
  readonly keys: readonly SandboxKey[]
}

export type Sandbox = {
  /** @throws {WireInvalid} `bad_request`, `too_many_requests` */
  create(spec: unknown): Promise<SandboxApp>
  /** @returns false if there is no such app */
  remove(appId: string): Promise<boolean>
}

export async function openSandbox(data: string, sealer: Sealer, held: HeldApps): Promise<Sandbox> {
  const folder = join(data, 'sandbox')
  // Apps of an earlier process: their keys are nobody's any more.
  await rm(folder, { recursive: true, force: true })
  const own = new Set<string>()
  return {
    async create(input) {
      const spec = specSchema.safeParse(input ?? {})
      if (!spec.success) throw new WireInvalid('bad_request', spec.error.issues[0]?.message)
      if (own.size >= MAX_APPS)
        throw new WireInvalid(
          'too_many_requests',
          `there are ${MAX_APPS} sandbox apps; delete some`,
        )
      const keys = spec.data.keys.map(({ capability, revocableTokens }) => ({
        capability: capabilityOf(capability),
        revocableTokens,
      }))
      const appId = word(8)
      const app = await held.open(appId, join(folder, appId))
      own.add(appId)
      const made = keys.map((key) => newKey(appId, key, sealer))
      const changes = made.map(({ record }) => ({ kind: 'put-key', key: record }) as const)
      await commit(app.context, {
        entries: [{ kind: 'rights', changes, cause: { command: 'create-app' } }],
        audit: { command: 'create-app', actor: 'server', target: appId },
      })
      for (const { name, presence } of spec.data.channels) putMembers(app, name, presence)
      return { appId, id: appId, keys: made.map(({ key }) => key) }
    },
    async remove(appId) {
      if (!own.delete(appId)) return false
      await held.end(appId)
      await rm(join(folder, appId), { recursive: true, force: true })
      return true
    },
  }
}

function capabilityOf(value: string | Record<string, string[]> | undefined): Capability {
  if (value === undefined) return { '*': ['*'] }
  try {
    return parseCapability(value)
  } catch (error) {
    if (error instanceof CapabilityInvalid) throw new WireInvalid('bad_request', error.message)
    throw error
  }
}

function newKey(
  appId: string,
  { capability, revocableTokens }: Pick<KeyRecord, 'capability' | 'revocableTokens'>,
  sealer: Sealer,
): { record: KeyRecord; key: SandboxKey } {
  const id = word(8)
  const keySecret = randomBytes(24).toString('base64url')
  const keyName = `${appId}.${id}`
  return {
    record: {
      id: id as KeyId,
      name: 'Sandbox',
      capability,
      ...(revocableTokens === undefined ? {} : { revocableTokens }),
      scopes: [],
      sealedSecret: sealer.seal(keySecret),
      createdAtMs: Date.now(),
    },
    key: {
      id,
      keyName,
      keySecret,
      keyStr: `${keyName}:${keySecret}`,
      capability: canonicalCapability(capability),
    },
  }
}

type Fixture = {
  readonly clientId: string
  readonly data?: string | undefined
  readonly encoding?: string | undefined
}

/** Members that no connection holds: what test suites find there. */
function putMembers(app: OneApp, name: string, members: readonly Fixture[]): void {
  const changes = members.map(({ clientId, data, encoding }, index) => ({
    action: 'enter' as const,
    member: {
      id: `fixture:0:${index}`,
      clientId,
      connectionId: 'fixture',
      timestampMs: Date.now(),
      ...(data === undefined ? {} : { data }),
      ...(encoding === undefined ? {} : { encoding }),
    },
  }))
  app.hub.step(name as ChannelName, { name: 'presence', changes })
}
