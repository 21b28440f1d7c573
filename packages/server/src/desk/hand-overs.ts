// Why a conversation left somebody's sight: what the desk last did to each, as the log says it.

import { keyOf, type RightsChange, type World } from '@sayso/policy'
import type { FeedEntry, RightsFeedEntry } from '@sayso/store'
import { type ConversationFacts, isConversation } from './desk-type.ts'
import { type Named, named, namedId } from './event.ts'
import { isDeskCommand } from './owned.ts'
import { teamTitle } from './teams.ts'

export type LossReason =
  | 'transferred'
  | 'released'
  | 'assigned'
  | 'claimed'
  | 'closed'
  | 'rights'
  | 'erased'

/** What `[desk]` tells of a conversation that somebody no longer sees. Names only to who works on the same desk. */
export type Gone = {
  readonly key: string
  readonly why: LossReason
  readonly by?: Named
  /** An operator, or a team as `group:<key>`. */
  readonly to?: Named
  readonly atMs: number
}

type HandOver = {
  readonly why: LossReason
  readonly by?: string
  readonly to?: string
  readonly atMs: number
  readonly revision: number
}

/** Listeners are told within moments: older ones are nobody's reason any more. */
const MOST_REMEMBERED = 1_000
const TEAM = 'group:'

export class HandOvers {
  readonly #last = new Map<string, HandOver>()

  /** Call it before the entries are folded: whoever loses something by them is told while they are. */
  note(world: World, entries: readonly FeedEntry[]): void {
    for (const entry of entries) {
      if (entry.kind !== 'rights' || !isDeskCommand(entry.cause.command)) continue
      const key = conversationIn(world, entry)
      if (key === undefined) continue
      this.#last.delete(key)
      this.#last.set(key, handOverOf(entry))
      const oldest = this.#last.size > MOST_REMEMBERED ? this.#last.keys().next().value : undefined
      if (oldest !== undefined) this.#last.delete(oldest)
    }
  }

  /**
   * @param since the revision of rights by which the listener last saw it
   * @returns undefined: nothing the desk did since
   */
  goneOf(world: World, key: string, since: number): Gone | undefined {
    const found = this.#last.get(key)
    if (found === undefined || found.revision <= since) return undefined
    const { why, by, to, atMs } = found
    return {
      key,
      why,
      ...(by === undefined ? {} : { by: named(world, by) }),
      ...(to === undefined ? {} : { to: receiverOf(world, to) }),
      atMs,
    }
  }
}

function receiverOf(world: World, to: string): Named {
  if (!to.startsWith(TEAM)) return namedId(world, to)
  return { id: to, name: teamTitle(world, to.slice(TEAM.length)) }
}

function conversationIn(world: World, { changes }: RightsFeedEntry): string | undefined {
  for (const change of changes)
    if (change.kind === 'put-resource' && isConversation(world, change.resource))
      return keyOf(change.resource)
  return undefined
}

function handOverOf({ changes, cause, atMs, revision }: RightsFeedEntry): HandOver {
  const { assignee } = factsIn(changes)
  const team = changes.find((each) => each.kind === 'relate' && each.relation === 'team')
  const toTeam = team?.kind === 'relate' ? { to: team.target } : {}
  const to = assignee === undefined ? toTeam : { to: assignee }
  const at = { atMs, revision }
  const by = cause.by === undefined ? {} : { by: cause.by }
  switch (cause.command) {
    case 'claim-conversation':
      return { ...at, ...by, why: 'claimed' }
    case 'assign-conversation':
      return { ...at, ...by, why: 'assigned', ...to }
    case 'transfer-conversation':
      return { ...at, ...by, why: 'transferred', ...to }
    case 'label-conversation':
      return { ...at, ...by, why: 'transferred', ...toTeam }
    case 'release-conversation':
    case 'leave-conversation':
    case 'take-back-conversation':
      return { ...at, ...by, why: 'released' }
    case 'close-conversation':
      return { ...at, ...by, why: 'closed' }
    default:
      return { ...at, why: 'rights' }
  }
}

function factsIn(changes: readonly RightsChange[]): Partial<ConversationFacts> {
  const put = changes.find(({ kind }) => kind === 'put-resource')
  return put?.kind === 'put-resource' ? (put.attributes as Partial<ConversationFacts>) : {}
}
