// Who receives which message: the policy's rules over single messages, asked once for all who are alike.

import type { ChannelEffect, DeliveredEvent, KeptEvent, Message } from '@sayso/channel'
import {
  type ChannelName,
  type Credential,
  mayReceive,
  receiverClass,
  resourceOf,
  subjectOf,
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

/** Events without the messages a credential may not receive; events left empty are left out. */
export function receivableEvents<E extends DeliveredEvent | KeptEvent>(
  world: World,
  credential: Credential,
  channel: ChannelName,
  events: readonly E[],
): readonly E[] {
  return events.flatMap((event): E[] => {
    if (event.kind !== 'message') return [event]
    const messages = receivable(world, credential, channel, event.messages)
    if (messages.length === event.messages.length) return [event]
    return messages.length === 0 ? [] : [{ ...event, messages }]
  })
}

/** What a delivery leaves to be sent. Asked once for all of a variant: they are alike in what they may receive. */
export function deliverable(
  world: World,
  find: (place: string) => LiveConnection | undefined,
  channel: ChannelName,
  { variant, events, to }: Extract<ChannelEffect, { name: 'deliver' }>,
): readonly DeliveredEvent[] {
  if (variant.receiver === '') return events
  for (const place of to) {
    const one = find(place)
    if (one !== undefined) return receivableEvents(world, one.asker.credential, channel, events)
  }
  return []
}
