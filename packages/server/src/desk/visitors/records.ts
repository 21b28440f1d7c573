// What is kept of visitors: the browsers they come from, by digest only, and what is known of them.

import { createHash } from 'node:crypto'
import type { JsonObject, NewRecord, Store } from '@sayso/store'
import type { AttributeValue } from './identity.ts'

export const DEVICES = 'desk-devices'
/** `<visitor>/<digest>`, for finding the devices of somebody. */
export const DEVICES_OF = 'desk-visitor-devices'
export const PROFILES = 'desk-visitors'

/**
 * `<id made of the identity>`: the visitor it stands for since the one before was erased. Who was erased and comes back is
 * somebody new: what is left of the old one is nobody's.
 */
const IDENTITIES = 'desk-identities'

/** A browser. The secret that proves it is kept nowhere. */
export type Device = {
  readonly digest: string
  /** Id of the visitor. */
  readonly visitor: string
  /** Key of the tenant: it is nobody in another one. */
  readonly tenant: string
  /** Id of the widget it last came by. */
  readonly widget: string
  /** Until then it speaks for an identified visitor without a new proof; absent: of an anonymous one. */
  readonly provenUntilMs?: number
}

/** A browser as it was found. */
export type KnownDevice = Device & {
  /** When it was last written down. */
  readonly touchedAtMs: number
}

export type Attributes = Readonly<Record<string, AttributeValue>>

export type Profile = {
  readonly tenant: string
  /** Id of the widget they came by first; absent: they have not come yet. */
  readonly widget?: string
  /** As the owner's server calls them; absent: nobody has proved who they are. */
  readonly externalId?: string
  /** Id that is made of it. */
  readonly identity?: string
  readonly name?: string
  readonly email?: string
  /** In the signed identity. */
  readonly signed?: Attributes
  /** By the page they were on: the visitor's word, not proved. */
  readonly said?: Attributes
  /** By the owner's server, over the API. */
  readonly pushed?: Attributes
  readonly pushedAtMs?: number
  /** What they answered before the first message, by key. */
  readonly form?: Readonly<Record<string, string>>
  readonly consentAtMs?: number
}

export function digestOf(device: string): string {
  return createHash('sha256').update(device).digest('base64url')
}

/** Found by the digest, so that the time it takes tells nothing of the secret. */
export async function deviceOf(
  store: Pick<Store, 'record'>,
  secret: string,
): Promise<KnownDevice | undefined> {
  const digest = digestOf(secret)
  const record = await store.record(DEVICES, digest)
  if (record === undefined) return undefined
  return { ...(record.value as Omit<Device, 'digest'>), digest, touchedAtMs: record.updatedAtMs }
}

/** Keeps a device; `before` is the visitor it was of. */
export function deviceRecords(
  { digest, ...device }: Device,
  before?: string,
): readonly NewRecord[] {
  const { visitor } = device
  const moved = before !== undefined && before !== visitor
  return [
    { collection: DEVICES, key: digest, value: device },
    { collection: DEVICES_OF, key: `${visitor}/${digest}`, value: {} },
    ...(moved ? [{ collection: DEVICES_OF, key: `${before}/${digest}`, value: undefined }] : []),
  ]
}

/** A profile with the version it has; 0: there is none. */
export async function profileOf(
  store: Pick<Store, 'record'>,
  visitor: string,
): Promise<{ readonly profile: Profile | undefined; readonly version: number }> {
  const record = await store.record(PROFILES, visitor)
  return { profile: record?.value as Profile | undefined, version: record?.version ?? 0 }
}

export function profileRecord(visitor: string, profile: Profile, version?: number): NewRecord {
  return {
    collection: PROFILES,
    key: visitor,
    value: profile as unknown as JsonObject,
    ...(version === undefined ? {} : { expectVersion: version }),
  }
}

/** Whoever was proved. */
export function isVerified(profile: Profile | undefined): boolean {
  return profile?.externalId !== undefined
}

/** Removes every browser of a visitor: none of them speaks for them any more. */
export async function deviceRemovals(
  store: Pick<Store, 'records'>,
  visitor: string,
): Promise<readonly NewRecord[]> {
  const prefix = `${visitor}/`
  const found = await store.records({ collection: DEVICES_OF, prefix, limit: 1_000 })
  return found.flatMap(({ key }) => [
    { collection: DEVICES_OF, key, value: undefined },
    { collection: DEVICES, key: key.slice(prefix.length), value: undefined },
  ])
}

/** The visitor that an identity stands for. @param identity id that is made of it */
export async function visitorOf(store: Pick<Store, 'record'>, identity: string): Promise<string> {
  const record = await store.record(IDENTITIES, identity)
  return record === undefined ? identity : String(record.value.visitor)
}

/** From now on an identity stands for somebody new. */
export function renewedIdentity(identity: string, visitor: string): NewRecord {
  return { collection: IDENTITIES, key: identity, value: { visitor } }
}
