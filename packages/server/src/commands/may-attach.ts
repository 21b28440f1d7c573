// Whether a file may be brought to a channel: who publishes there needs `attach-file` besides, and rules may look at the
// file as `context.file`.

import { type ChannelName, decide, resourceOf, subjectOf, type World } from '@sayso/policy'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'
import { denied, require } from './may.ts'

export type FileFacts = {
  readonly name: string
  /** While it arrives what was declared, then what its content says. */
  readonly type: string
  readonly bytes: number
}

/**
 * A key, and a channel no type governs, are asked for `publish` alone: files add nothing to what they decide.
 *
 * @throws {Failure} `denied`, `identity_required`
 */
export function requireAttach(
  world: World,
  asker: Asker,
  channel: ChannelName,
  { name, type, bytes }: FileFacts,
): void {
  require(world, asker, 'publish', channel)
  const { credential } = asker
  const resource = resourceOf(world.policy, channel)
  const subject = subjectOf(credential)
  if (subject === undefined) return
  if (credential.kind === 'token' && credential.subject === undefined)
    throw new Failure('identity_required', 'to bring files you need an identity')
  if (resource === undefined) return
  const context = { channel, file: { name, type, bytes } }
  const decision = decide(world, { subject, action: 'attach-file', resource, context })
  if (!decision.allowed) throw denied(world, decision, asker, 'attach-file', channel)
}
