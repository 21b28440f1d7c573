// Who receives which message: the policy's rules over single messages, asked once for all who are alike.

import type { ChannelEffect, DeliveredEvent, KeptEvent, Message } from '@sayso/channel'
import {
  type ChannelName,
  type Credential,
  type MessageState,
  mayReceive,
  receiverClass,
  resourceOf,
  subjectOf,
  typeOf,
  type World,
} from '@sayso/policy'
import { messageState } from './commands/message-state.ts'
import type { LiveConnection } from './live-connection.ts'

/** Whom a credential is alike in what it may receive on a channel; empty: everything. */
export function receiverOf(world: World, credential: Credential, channel: ChannelName): string {
  const subject = subjectOf(credential)
  const resource = resourceOf(world.policy, channel)
  // A key is the owner's own server; a channel of no type has no rules.
  if (subject === undefined || resource === undefined) return ''
  return receiverClass(world, subject, resource)
}

/** The messages a credential may receive, in their order. */
export function receivable<M extends Message>(
  world: World,
  credential: Credential,
  channel: ChannelName,
  messages: readonly M[],
): readonly M[] {
  const subject = subjectOf(credential)
  const resource = resourceOf(world.policy, channel)
  if (subject === undefined || resource === undefined) return messages
  if (receiverClass(world, subject, resource) === '') return messages
  return messages.filter((message) => mayReceive(world, subject, resource, messageState(message)))
}

/** Messages remembered at most, the latest: who may receive one may hear what is said about it. */
const MOST_REMEMBERED = 5_000

/** Takes from deliveries and replays what their readers may not receive, and what is said about it. */
export class Receivers {
  readonly #states = new Map<string, MessageState>()

  /** What a delivery leaves to be sent. Asked once for all of a variant: they are alike in what they may receive. */
  deliverable(
    world: World,
    find: (place: string) => LiveConnection | undefined,
    channel: ChannelName,
    { variant, events, to }: Extract<ChannelEffect, { name: 'deliver' }>,
  ): readonly DeliveredEvent[] {
    if (hasRules(world, channel)) this.#remember(events)
    if (variant.receiver === '') return events
    for (const place of to) {
      const one = find(place)
      if (one !== undefined) return this.received(world, one.asker.credential, channel, events)
    }
    return []
  }

  /** Events without what a credential may not receive; events left empty are left out. */
  received<E extends DeliveredEvent | KeptEvent>(
    world: World,
    credential: Credential,
    channel: ChannelName,
    events: readonly E[],
  ): readonly E[] {
    if (receiverOf(world, credential, channel) === '') return events
    return events.flatMap((event): E[] => {
      if (event.kind === 'message') {
        const messages = receivable(world, credential, channel, event.messages)
        return messages.length === 0 ? [] : [{ ...event, messages }]
      }
      if (event.kind !== 'annotation') return [event]
      const may = (serial: string) => this.#mayHearOf(world, credential, channel, serial)
      const annotations = event.annotations.filter(({ messageSerial }) => may(messageSerial))
      const summaries = event.summaries.filter(({ messageSerial }) => may(messageSerial))
      if (annotations.length + summaries.length === 0) return []
      return [{ ...event, annotations, summaries }]
    })
  }

  /** What is not remembered is not told: its sums are in the history, with the message. */
  #mayHearOf(world: World, credential: Credential, channel: ChannelName, serial: string): boolean {
    const subject = subjectOf(credential)
    const resource = resourceOf(world.policy, channel)
    const state = this.#states.get(serial)
    if (subject === undefined || resource === undefined) return true
    return state !== undefined && mayReceive(world, subject, resource, state)
  }

  #remember(events: readonly DeliveredEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'message') continue
      for (const message of event.messages) this.#states.set(message.serial, messageState(message))
    }
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= MOST_REMEMBERED) return
      this.#states.delete(oldest)
    }
  }
}

function hasRules(world: World, channel: ChannelName): boolean {
  const resource = resourceOf(world.policy, channel)
  const type = resource === undefined ? undefined : world.policy.types.get(typeOf(resource))
  return type !== undefined && type.receiveRules.length > 0
}
