// Edit, append to or delete a stored message: one's own, or anyone's, by right. Rules that look at the message look at
// the version the amendment is made to.

import type { Amendment, Message } from '@sayso/channel'
import type { ChannelName, MessageChange, World } from '@sayso/policy'
import { messageSize } from '@sayso/protocol'
import { type Committed, type NewRecord, versionSerial } from '@sayso/store'
import type { Context } from '../context.ts'
import { requireUnamended } from '../desk/spoken.ts'
import { doomedRecords } from '../files/file-record.ts'
import { type Kept, keptBy } from '../files/kept.ts'
import { withoutPin } from '../pins.ts'
import { type Asker, auditBy, identify } from './asker.ts'
import { decideOver } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { decideMessage, denied, require, requireMutable } from './may.ts'
import { requireMentions } from './may-mention.ts'
import { asksForMessage, messageState } from './message-state.ts'
import { claimOn, MAX_MESSAGE_BYTES, withoutServerKeys } from './publish.ts'

export type AmendMessage = {
  readonly channel: ChannelName
  readonly amendment: Amendment
  readonly idBase?: string
}

/**
 * Commits a new version of a message. Who wrote it never changes, so its author may be read before the decision. Where
 * the policy looks at what it holds, the decision counts only for that version; if another was committed meanwhile, it is
 * made again. Amendments of one message are then made one after the other, so that none of a publisher overtakes another.
 *
 * @throws {Failure} `denied`, `identity_required`, `message_unknown`, `message_too_large`, `client_id_mismatch`, …
 */
export async function amendMessage(
  context: Context,
  asker: Asker,
  input: AmendMessage,
): Promise<Committed> {
  const amendment = preparedAmendment(asker, input.amendment, input.channel)
  const bytes = messageSize(amendment)
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new Failure(
      'message_too_large',
      `the edit has ${bytes} bytes; the limit is ${MAX_MESSAGE_BYTES}`,
    )
  }
  const commit = () => decideAmend(context, asker, { ...input, amendment })
  if (!looksAt(context.standing.world, input.channel, amendment)) return commit()
  return context.amending.run(`${input.channel}\n${amendment.serial}`, commit)
}

async function decideAmend(
  context: Context,
  asker: Asker,
  input: AmendMessage,
): Promise<Committed> {
  const { channel, idBase } = input
  const { connectionId } = asker
  const read = () =>
    context.store.message(channel, input.amendment.serial, context.standing.revision)
  let gone: readonly string[] = []
  const committed = await decideOver(context, read, (world, original) => {
    const kept = keptBy(input.amendment, original)
    const { amendment } = kept
    const own = requireAmend(world, asker, channel, amendment, original)
    requireMutable(world, channel)
    requireUnamended(world, channel, amendment)
    requireMentions(world, asker, channel, amendment.extras, original?.extras)
    gone = kept.gone
    return {
      entries: [
        {
          kind: 'amend',
          channel,
          amendment,
          ...expected(world, channel, kept, original),
          ...(connectionId === undefined ? {} : { connectionId }),
          ...(idBase === undefined ? {} : { idBase }),
        },
      ],
      ...recordsOf(channel, amendment, gone),
      ...(own ? {} : { audit: auditOf(asker, channel, amendment) }),
    }
  })
  if (gone.length > 0) context.files.sweepSoon()
  return committed
}

/** What goes with it: files it carried, and with a deletion its place among the pinned. */
function recordsOf(
  channel: ChannelName,
  { action, serial }: Amendment,
  gone: Kept['gone'],
): { readonly records?: readonly NewRecord[] } {
  const records = [
    ...doomedRecords(gone),
    ...(action === 'delete' ? withoutPin(channel, serial) : []),
  ]
  return records.length === 0 ? {} : { records }
}

/** The version that was looked at, if it was. */
function expected(
  world: World,
  channel: ChannelName,
  { amendment, isBound }: Kept,
  original: Message | undefined,
): { readonly expectVersion?: string } {
  if (original === undefined) return {}
  if (!isBound && !looksAt(world, channel, amendment)) return {}
  return { expectVersion: versionSerial(original) }
}

/** True if the policy wants to see what the message is and would be. */
function looksAt({ policy }: World, channel: ChannelName, { action }: Amendment): boolean {
  const verb = verbOf(action)
  return ['any', 'own'].some((whose) => asksForMessage(policy, `message-${verb}-${whose}`, channel))
}

function verbOf(action: Amendment['action']): 'delete' | 'update' {
  return action === 'delete' ? 'delete' : 'update'
}

/** @returns whether the message is the asker's own */
function requireAmend(
  world: World,
  asker: Asker,
  channel: ChannelName,
  amendment: Amendment,
  original: Message | undefined,
): boolean {
  const verb = verbOf(amendment.action)
  const any = `message-${verb}-any`
  const change = () => changeOf(amendment, original)
  const mayAny = decideMessage(world, asker, any, channel, change)
  const own =
    original !== undefined &&
    original.clientId !== undefined &&
    original.clientId === asker.clientId
  if (!mayAny.allowed) {
    const mayOwn = decideMessage(world, asker, `message-${verb}-own`, channel, change)
    if (!mayOwn.allowed) throw denied(world, mayOwn, asker, `message-${verb}-own`, channel)
    if (asker.clientId === undefined) {
      throw new Failure('identity_required', `to ${verb} your own message you need an identity`, {
        remedy: 'use a token with a clientId',
      })
    }
    if (original !== undefined && !own) throw denied(world, mayAny, asker, any, channel)
  }
  if (original === undefined) {
    // Only who may read the channel learns that there is nothing.
    require(world, asker, 'history', channel)
    throw new Failure(
      'message_unknown',
      `there is no message \`${amendment.serial}\` on this channel`,
    )
  }
  return own
}

/** What the message is, and what the amendment would make of it. */
function changeOf(amendment: Amendment, original: Message | undefined): MessageChange {
  const before = original === undefined ? null : messageState(original)
  if (amendment.action === 'delete' || original === undefined) return { before, after: null }
  const { name, data, encoding, extras } = amendment
  const isText = typeof original.data === 'string' && typeof data === 'string'
  const whole =
    amendment.action === 'append' && isText ? { data: `${original.data}${data}` } : undefined
  const after = messageState({
    ...original,
    ...(name === undefined ? {} : { name }),
    ...(data === undefined ? {} : { data }),
    // What is replaced is read by its own encoding, what is kept by the one it has.
    ...(data === undefined ? {} : withEncoding(encoding)),
    ...(extras === undefined ? {} : { extras }),
    ...whole,
  })
  return { before, after }
}

function withEncoding(encoding: string | undefined): { encoding?: string } {
  return { encoding: encoding ?? '' }
}

function preparedAmendment(asker: Asker, amendment: Amendment, channel: ChannelName): Amendment {
  const clientId = identify(asker, amendment.clientId)
  const { clientId: _claimed, extras, ...rest } = amendment
  // Extras that are given replace, also by nothing.
  const kept = extras === undefined ? undefined : (withoutServerKeys(extras) ?? {})
  const userClaim = claimOn(asker, channel)
  return {
    ...rest,
    ...(userClaim === undefined ? {} : { userClaim }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(kept === undefined ? {} : { extras: kept }),
  }
}

function auditOf(asker: Asker, channel: ChannelName, amendment: Amendment) {
  return {
    command: amendment.action === 'delete' ? 'delete-message' : 'update-message',
    ...auditBy(asker),
    target: `${channel}/${amendment.serial}`,
    ...(amendment.description === undefined ? {} : { reason: amendment.description }),
  }
}
