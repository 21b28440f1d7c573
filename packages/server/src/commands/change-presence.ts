// Enter, update, leave: fleeting, so decided and told in one turn.

import { MODE, type Modes, memberKey, type PresenceChange, type PresenceSet } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { Context } from '../context.ts'
import { type Asker, identify } from './asker.ts'
import { Failure } from './failure.ts'
import { requireNow } from './may.ts'
import { claimedExtras } from './publish.ts'

/** Members of one channel; more would make every sync a burden. */
const MAX_MEMBERS = 250

export type PresenceRequest = {
  readonly action: PresenceChange['action']
  /** Present on re-entry: the id the member had. */
  readonly id?: string
  readonly clientId?: string
  readonly data?: PresenceChange['member']['data']
  readonly encoding?: string
  readonly extras?: Readonly<Record<string, unknown>>
}

export type ChangePresence = {
  readonly channel: ChannelName
  readonly requests: readonly PresenceRequest[]
  /** Base of the ids: `<connectionId>:<msgSerial>`. */
  readonly idBase: string
  /** Members present now, to keep the set bounded. */
  readonly present: PresenceSet
  /** Modes of the asker's attachment; absent if it is not attached. */
  readonly modes?: Modes
}

/**
 * Checks a presence frame and returns the changes to tell.
 *
 * @throws {Failure} `denied`, `mode_not_requested`, `client_id_mismatch`, `unnamed_member`, `presence_full`
 */
export function changePresence(
  context: Context,
  asker: Asker,
  input: ChangePresence,
): readonly PresenceChange[] {
  const { connectionId } = asker
  if (connectionId === undefined) throw new Failure('invalid', 'presence belongs to a connection')
  requireNow(context, asker, 'presence', input.channel)
  if (input.modes !== undefined && (input.modes & MODE.presence) === 0) {
    throw new Failure('mode_not_requested', 'the channel was attached without the presence mode')
  }
  const changes = input.requests.map((request, index): PresenceChange => {
    const clientId = identify(asker, request.clientId)
    if (clientId === undefined) {
      throw new Failure('unnamed_member', 'to be present you need a clientId', {
        remedy: 'use a token with a clientId, or name one',
      })
    }
    const { action, id, data, encoding } = request
    const extras = claimedExtras(asker, request.extras, input.channel)
    const kept = id?.startsWith(`${connectionId}:`) ? id : undefined
    return {
      action,
      member: {
        id: kept ?? `${input.idBase}:${index}`,
        clientId,
        connectionId,
        timestampMs: context.now(),
        ...(data === undefined ? {} : { data }),
        ...(encoding === undefined ? {} : { encoding }),
        ...(extras === undefined ? {} : { extras }),
      },
    }
  })
  requireRoom(input.present, changes)
  return changes
}

/** Who is here already may come back and say something new of itself, however many there are. */
function requireRoom(present: PresenceSet, changes: readonly PresenceChange[]): void {
  const newcomers = new Set(
    changes
      .filter(({ action }) => action !== 'leave')
      .map(({ member }) => memberKey(member.connectionId, member.clientId))
      .filter((key) => !present.has(key)),
  )
  if (newcomers.size > 0 && present.size + newcomers.size > MAX_MEMBERS)
    throw new Failure('presence_full', `a channel has at most ${MAX_MEMBERS} members present`)
}
