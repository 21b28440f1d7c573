// Where a resume may start: nothing from a time in which the person had no right comes back by resuming across it.

import {
  type Affected,
  authorize,
  type ChannelName,
  type Credential,
  decide,
  type ResourceId,
  resourceOf,
  type SubjectId,
  subjectOf,
  type World,
} from '@sayso/policy'

/** Gains remembered before the oldest are forgotten together. */
const MAX_GAINS = 20_000
const EVERYBODY = '*'
/** How long what is said on a channel may be shown to who may not read its history; milliseconds. */
const UNRECORDED_MS = 120_000

/**
 * Remembers when a right to read was gained. Before a gain there was none: a resume from before it would bring what was
 * sequenced without it.
 */
export class ResumeGuard {
  /** By subject and resource, either of which may be all: the position of the last gain. */
  readonly #gains = new Map<string, string>()
  /** Every gain after this position is remembered. */
  #knownFrom: string

  constructor(head: string) {
    this.#knownFrom = head
  }

  /** Hears of every rights entry, as it is folded. */
  fold(before: World, after: World, touched: Affected, serial: string): void {
    if (this.#gains.size > MAX_GAINS) {
      this.#gains.clear()
      this.#knownFrom = serial
    }
    if (touched.keys !== 'none') this.#gains.set(keyOf(EVERYBODY, EVERYBODY), serial)
    for (const part of touched.parts) {
      const resources = part.resources === 'all' ? [EVERYBODY] : [...part.resources]
      for (const subject of part.subjects === 'all' ? [EVERYBODY] : part.subjects) {
        for (const resource of resources.filter((on) => mayHaveGained(before, after, subject, on)))
          this.#gains.set(keyOf(subject, resource), serial)
      }
    }
  }

  /**
   * Whether all that came after `serial` may be brought. Of a time before this process nothing is remembered: then it
   * takes the right to read history, which would show the same.
   */
  allows(world: World, credential: Credential, channel: ChannelName, serial: string): boolean {
    if (this.#lastGain(world, credential, channel) > serial) return false
    return serial >= this.#knownFrom || authorize(world, credential, 'history', channel).allowed
  }

  /** The position from which on the right to read has held without a break, as far as is remembered. */
  #floor(world: World, credential: Credential, channel: ChannelName): string {
    const gain = this.#lastGain(world, credential, channel)
    return [gain, this.#knownFrom].sort().at(-1) ?? gain
  }

  /**
   * What a rewind may not go behind: nothing for who may read the history anyway, else the beginning of the right to
   * read and the two minutes a channel is remembered by.
   */
  rewindFloor(
    world: World,
    credential: Credential | undefined,
    channel: ChannelName,
    nowMs: number,
  ): { readonly serial: string; readonly atMs: number } {
    if (credential === undefined) return { serial: '', atMs: nowMs }
    if (authorize(world, credential, 'history', channel).allowed) return { serial: '', atMs: 0 }
    return { serial: this.#floor(world, credential, channel), atMs: nowMs - UNRECORDED_MS }
  }

  #lastGain(world: World, credential: Credential, channel: ChannelName): string {
    const subject = subjectOf(credential) ?? ''
    const resource = resourceOf(world.policy, channel) ?? ''
    const keys = [subject, EVERYBODY].flatMap((who) => [
      keyOf(who, resource),
      keyOf(who, EVERYBODY),
    ])
    return (
      keys
        .map((key) => this.#gains.get(key) ?? '')
        .sort()
        .at(-1) ?? ''
    )
  }
}

function keyOf(subject: string, resource: string): string {
  return `${subject}\n${resource}`
}

function mayHaveGained(before: World, after: World, subject: string, resource: string): boolean {
  if (subject === EVERYBODY || resource === EVERYBODY) return true
  const question = {
    subject: subject as SubjectId,
    resource: resource as ResourceId,
    action: 'subscribe',
    standing: true,
  } as const
  return !decide(before, question).allowed && decide(after, question).allowed
}
