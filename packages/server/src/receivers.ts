// Who receives which message: the policy's rules over single messages, asked once for all who are alike.

import type {
  ChannelEffect,
  DeliveredEvent,
  KeptEvent,
  Message,
  PresenceEvent,
} from '@sayso/channel'
import {
  type ChannelName,
  type Credential,
  mayReceive,
  receiverClass,
  resourceOf,
  subjectOf,
  typeOf,
  type World,
} from '@sayso/policy'
import { messageState } from './commands/message-state.ts'
import { namelessMember, publicNameFor, withoutNames } from './desk/public-names.ts'
import type { LiveConnection } from './live-connection.ts'

export type EffectOf<N extends ChannelEffect['name']> = Extract<ChannelEffect, { readonly name: N }>

/** Marks whoever receives no names of the desk. */
const NAMELESS = ' nameless'

/** Whom a credential is alike in what it may receive on a channel; empty: everything. */
export function receiverOf(world: World, credential: Credential, channel: ChannelName): string {
  const subject = subjectOf(credential)
  const resource = resourceOf(world.policy, channel)
  // A key is the owner's own server; a channel of no type has no rules.
  if (subject === undefined || resource === undefined) return ''
  const isNameless = publicNameFor(world, subject, resource) !== undefined
  return `${receiverClass(world, subject, resource)}${isNameless ? NAMELESS : ''}`
}

/** The messages a credential may receive, in their order; where a desk hides its names, without them. */
export function receivable<M extends Message>(
  world: World,
  credential: Credential,
  channel: ChannelName,
  messages: readonly M[],
): readonly M[] {
  const subject = subjectOf(credential)
  const resource = resourceOf(world.policy, channel)
  if (subject === undefined || resource === undefined) return messages
  const isFree = receiverClass(world, subject, resource) === ''
  const seen = isFree
    ? messages
    : messages.filter((message) => mayReceive(world, subject, resource, messageState(message)))
  const publicName = publicNameFor(world, subject, resource)
  return publicName === undefined ? seen : seen.map((each) => withoutNames(each, publicName))
}

/** What a delivery leaves to be sent. Asked once for all of a variant: they are alike in what they may receive. */
export function deliverable(
  world: World,
  find: (place: string) => LiveConnection | undefined,
  channel: ChannelName,
  { variant, events, to }: EffectOf<'deliver'>,
): readonly DeliveredEvent[] {
  if (variant.receiver === '') return events
  for (const place of to) {
    const one = find(place)
    if (one !== undefined) return received(world, one.asker.credential, channel, events)
  }
  return []
}

/** Events without what a credential may not receive, and what is said about it; events left empty are left out. */
export function received<E extends DeliveredEvent | KeptEvent>(
  world: World,
  credential: Credential,
  channel: ChannelName,
  events: readonly E[],
): readonly E[] {
  const receiver = receiverOf(world, credential, channel)
  if (receiver === '') return events
  const isNameless = receiver.endsWith(NAMELESS)
  return events.flatMap((event): E[] => {
    if (event.kind === 'message') {
      const messages = receivable(world, credential, channel, event.messages)
      return messages.length === 0 ? [] : [{ ...event, messages }]
    }
    if (event.kind === 'presence') return [isNameless ? (withoutMember(event) as E) : event]
    if (isNameless) return []
    // What nothing is known of is not told.
    const seen = receivable(world, credential, channel, event.about ?? [])
    const serials = new Set(seen.map(({ serial }) => serial))
    const may = ({ messageSerial }: { readonly messageSerial: string }) =>
      serials.has(messageSerial)
    const annotations = event.annotations.filter(may)
    const summaries = event.summaries.filter(may)
    if (annotations.length + summaries.length === 0) return []
    return [{ ...event, annotations, summaries }]
  })
}

function withoutMember(event: PresenceEvent): PresenceEvent {
  return { ...event, member: namelessMember(event.member) }
}

/** True if rules say who receives which message of a channel. */
export function hasReceiveRules(world: World, channel: ChannelName): boolean {
  const resource = resourceOf(world.policy, channel)
  const type = resource === undefined ? undefined : world.policy.types.get(typeOf(resource))
  return type !== undefined && type.receiveRules.length > 0
}

/** Events with the messages that annotations are about, where it depends on them who may hear of it; in their order. */
export async function withMessages<E extends KeptEvent>(
  world: World,
  channel: ChannelName,
  events: readonly E[],
  read: (serial: string) => Promise<Message | undefined>,
): Promise<readonly E[]> {
  if (!hasReceiveRules(world, channel)) return events
  const known = new Map<string, Message | undefined>()
  for (const event of events) {
    if (event.kind !== 'annotation') continue
    for (const { messageSerial } of [...event.annotations, ...event.summaries]) {
      if (!known.has(messageSerial)) known.set(messageSerial, await read(messageSerial))
    }
  }
  return events.map((event) => {
    if (event.kind !== 'annotation') return event
    const serials = [...event.annotations, ...event.summaries].map((each) => each.messageSerial)
    return { ...event, about: [...new Set(serials)].flatMap((serial) => known.get(serial) ?? []) }
  })
}
