// How the channels of a namespace behave, whoever asks: the part of their name before the first `:` says which.

import { baseOf, qualifierOf, roomOf } from './channel-name.ts'
import type { Credential } from './credential.ts'
import type { PolicyDocument } from './document-types.ts'
import type { Policy } from './policy.ts'
import type { World } from './world.ts'

export type Namespace = {
  /** False: messages are kept in memory for two minutes, for who comes back, and have no history. */
  readonly persisted: boolean
  /** True: messages can be edited, deleted and annotated. */
  readonly mutable: boolean
  /** True: people without an identity stay outside. */
  readonly identified: boolean
}

const USUAL: Namespace = { persisted: true, mutable: true, identified: false }

/** The namespace of a channel; what the document does not say is as usual. Rooms always keep their messages. */
export function namespaceOf(policy: Policy, channel: string): Namespace {
  const { namespaces } = policy.document
  if (namespaces === undefined || qualifierOf(channel) !== '') return USUAL
  const base = baseOf(channel)
  const stated = statedFor(namespaces, base)
  if (stated === undefined) return USUAL
  const persisted = roomOf(base) !== undefined || (stated.persisted ?? true)
  return {
    persisted,
    // What is not kept cannot be changed.
    mutable: persisted && (roomOf(base) !== undefined || (stated.mutable ?? true)),
    identified: stated.identified ?? false,
  }
}

function statedFor(namespaces: NonNullable<PolicyDocument['namespaces']>, base: string) {
  const colon = base.indexOf(':')
  const name = colon < 0 ? base : base.slice(0, colon)
  return Object.hasOwn(namespaces, name) ? namespaces[name] : undefined
}

/** True for somebody without an identity where only identified ones may be. A key is nobody in particular, and passes. */
export function isStranger(world: World, credential: Credential, channel: string): boolean {
  if (credential.kind === 'key' || credential.subject !== undefined) return false
  return namespaceOf(world.policy, channel).identified
}
