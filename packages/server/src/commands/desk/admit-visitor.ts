// Let a visitor in: who they are by the browser they come with, and by what the owner's server has signed.

import type { NewRecord } from '@sayso/store'
import type { Context } from '../../context.ts'
import type { Identity } from '../../desk/visitors/identity.ts'
import {
  type Device,
  deviceOf,
  deviceRecords,
  digestOf,
  isVerified,
  type Profile,
  profileOf,
  profileRecord,
  visitorOf,
} from '../../desk/visitors/records.ts'
import { anonymousId, identifiedId, subjectOfVisitor } from '../../desk/visitors/visitor.ts'
import type { Widget } from '../../desk/widgets/widget.ts'
import { commit, decideAndCommit } from '../decide-and-commit.ts'
import { Failure } from '../failure.ts'
import { passed, passingOf } from './pass-conversation.ts'
import { personChanges } from './register-visitor.ts'

/** So long a browser speaks for an identified visitor without a new proof; milliseconds. */
export const PROVEN_MS = 86_400_000
/** A browser that came is written down again after; milliseconds. */
const TOUCHED_AFTER_MS = 86_400_000
/** A proof is written down again when so much of its time has passed; milliseconds. */
const RENEWED_AFTER_MS = 3_600_000

export type AdmitVisitor = {
  readonly widget: Widget
  /** What the browser was given the last time, as it says; whatever it is. */
  readonly device?: string | undefined
  /** Proved. */
  readonly identity?: Identity | undefined
}

export type Admitted = {
  readonly device: Device
  /** The secret of the browser. */
  readonly secret: string
  readonly profile: Profile
  /** Whom the browser spoke for before, if that was somebody else. */
  readonly before?: string
}

/**
 * A browser keeps its visitor; one that nobody knows, or that is of another tenant, is a new one. Whoever proves who they are
 * is the same in every browser. A browser that speaks for somebody proved needs a new proof after a day: without, it is a
 * new visitor.
 *
 * @param secret of the installation
 * @returns undefined: the token may be used once, and was
 * @throws {Failure} `conflict`, `busy`, `store_unavailable`
 */
export async function admitVisitor(
  context: Context,
  secret: string,
  input: AdmitVisitor,
): Promise<Admitted | undefined> {
  const { widget, identity } = input
  const known = await knownDevice(context, input)
  if (identity !== undefined) return admitProved(context, secret, { ...input, identity, known })
  if (known !== undefined) return cameBy(context, known, widget)
  const device = newDevice(context)
  const visitor = anonymousId(context.randomId)
  const { tenant } = widget
  const kept = { digest: device.digest, visitor, tenant, widget: widget.id }
  const profile: Profile = { tenant, widget: widget.id }
  const records = [...deviceRecords(kept), profileRecord(visitor, profile, 0)]
  await commit(context, { entries: [], records })
  return { device: kept, secret: device.secret, profile }
}

/** Of several widgets of a tenant the last one counts; once a day it is written down that the browser came. */
async function cameBy(context: Context, known: Known, widget: Widget): Promise<Admitted> {
  const isToday = context.now() - known.touchedAtMs < TOUCHED_AFTER_MS
  if (known.device.widget === widget.id && isToday) return known
  const device = { ...known.device, widget: widget.id }
  await commit(context, { entries: [], records: deviceRecords(device) })
  return { ...known, device }
}

/** The browser, if it speaks for somebody of the widget's tenant now. */
export async function knownDevice(
  { store, now }: Context,
  { widget, device: secret }: Pick<AdmitVisitor, 'widget' | 'device'>,
): Promise<Known | undefined> {
  const found = secret === undefined ? undefined : await deviceOf(store, secret)
  if (secret === undefined || found?.tenant !== widget.tenant) return undefined
  const { touchedAtMs, ...device } = found
  if ((device.provenUntilMs ?? Number.POSITIVE_INFINITY) <= now()) return undefined
  const { profile } = await profileOf(store, device.visitor)
  return profile && { device, secret, profile, touchedAtMs }
}

/** A browser that came back. */
type Known = Admitted & { readonly touchedAtMs: number }

type Proved = {
  readonly widget: Widget
  readonly identity: Identity
  readonly known: Admitted | undefined
}

async function admitProved(
  context: Context,
  secret: string,
  { widget, identity, known }: Proved,
): Promise<Admitted | undefined> {
  const { tenant } = widget
  const made = identifiedId(secret, tenant, identity.externalId)
  const visitor = await visitorOf(context.store, made)
  const isSame = known?.device.visitor === visitor
  if (!isSame && !(await isFirstUse(context, widget, identity))) return undefined
  // Never two who were both proved: then this browser is somebody else's, and gets a secret of its own.
  const isKept = isSame || (known !== undefined && !isVerified(known.profile))
  const own =
    isKept && known !== undefined
      ? { digest: known.device.digest, secret: known.secret }
      : newDevice(context)
  const device: Device = {
    digest: own.digest,
    visitor,
    tenant,
    widget: widget.id,
    provenUntilMs: context.now() + PROVEN_MS,
  }
  const before = isKept ? known?.device.visitor : undefined
  const records = isSame && isFresh(context, known.device) ? [] : deviceRecords(device, before)
  const profile = await keep(context, { visitor, made, before, identity, widget, records })
  const moved = before !== undefined && before !== visitor
  return { device, secret: own.secret, profile, ...(moved && { before }) }
}

type Keep = {
  readonly visitor: string
  /** Id that is made of the identity. */
  readonly made: string
  /** Whom the browser spoke for until now. */
  readonly before: string | undefined
  readonly identity: Identity
  readonly widget: Widget
  readonly records: readonly NewRecord[]
}

/** Two of their browsers at once: the second sees what the first has kept. */
const MOST_TRIES = 4

async function keep(context: Context, input: Keep): Promise<Profile> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await keepOnce(context, input)
    } catch (error) {
      const isRace = error instanceof Failure && error.code === 'conflict'
      if (!isRace || tries === MOST_TRIES) throw error
    }
  }
}

async function keepOnce(
  context: Context,
  { visitor, made, before, identity, widget, records }: Keep,
): Promise<Profile> {
  const { store, standing } = context
  const seen = await profileOf(store, visitor)
  const isMoved = before !== undefined && before !== visitor
  const passing = isMoved ? await passingOf(store, widget.tenant, before, visitor) : undefined
  const profile = { ...proved(seen.profile, widget, identity), identity: made }
  const isNew = JSON.stringify(profile) !== JSON.stringify(seen.profile)
  const isKnown = personChanges(standing.world, visitor, profile).length === 0
  if (!isNew && isKnown && records.length === 0) return profile
  await decideAndCommit(context, (world) => {
    const along = passing && passed(world, passing)
    const changes = [...personChanges(world, visitor, profile), ...(along?.changes ?? [])]
    const command = along === undefined ? 'identify-visitor' : 'merge-visitor'
    return {
      entries: changes.length === 0 ? [] : [{ kind: 'rights', changes, cause: { command } }],
      records: [
        ...records,
        ...(along?.records ?? []),
        profileRecord(visitor, profile, seen.version),
      ],
      audit: { command, actor: 'server', target: subjectOfVisitor(visitor) },
    }
  })
  return profile
}

/** What the newest proof says replaces what others said; what it leaves out stays. */
function proved(before: Profile | undefined, widget: Widget, identity: Identity): Profile {
  const { externalId, name, email, attributes } = identity
  return {
    widget: widget.id,
    ...before,
    tenant: widget.tenant,
    externalId,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(attributes !== undefined && { signed: attributes }),
  }
}

function isFresh({ now }: Context, { provenUntilMs = 0 }: Device): boolean {
  return provenUntilMs - now() > PROVEN_MS - RENEWED_AFTER_MS
}

/** Of a token with a name: it lets one browser in. */
async function isFirstUse(
  { store, now }: Context,
  { tenant }: Widget,
  { tokenId, expiresAtMs, externalId }: Identity,
): Promise<boolean> {
  if (tokenId === undefined) return true
  const name = digestOf(JSON.stringify([tenant, externalId, tokenId]))
  return store.claim(`desk-identity:${name}`, now(), expiresAtMs)
}

function newDevice({ appId, randomId }: Context) {
  const secret = `${appId}.${randomId(24)}`
  return { secret, digest: digestOf(secret) }
}
