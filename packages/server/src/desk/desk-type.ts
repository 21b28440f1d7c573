// Support conversations as the policy's settings name them: their type, and the roles of those in one.

import {
  type Attributes,
  type ChannelName,
  type Credential,
  channelOf,
  type DeskDocument,
  isVisibleResource,
  type ResourceId,
  resourceOf,
  type SubjectId,
  subjectOf,
  typeOf,
  visibleResources,
  type World,
} from '@sayso/policy'
import { Failure } from '../commands/failure.ts'

/** What an older policy lacks. */
const SETTINGS_TEXT =
  'settings: { desk: { type: conversation, visitor: visitor, assigned: assigned, joined: joined } }'

export function deskOf({ policy }: Pick<World, 'policy'>): DeskDocument | undefined {
  return policy.document.settings?.desk
}

/** @throws {Failure} `desk_not_set_up` */
export function requireDesk(world: World): DeskDocument {
  const desk = deskOf(world)
  if (desk !== undefined) return desk
  throw new Failure('desk_not_set_up', 'the policy of this app knows no support conversations', {
    remedy: `add the type \`conversation\` of docs/desk.md and \`${SETTINGS_TEXT}\` to the policy document and apply it`,
  })
}

/** The pattern of the channels of all conversations; undefined: the policy names none. */
export function deskChannels(world: World): string | undefined {
  const desk = deskOf(world)
  return world.policy.document.types[desk?.type ?? '']?.channels?.replace('{key}', '*')
}

/** True of what is, or could be, a conversation. */
export function isConversation(world: World, resource: ResourceId): boolean {
  return typeOf(resource) === deskOf(world)?.type
}

/** The conversation a channel is of, made or not; undefined: it is of none. */
export function conversationOn(world: World, channel: ChannelName): ResourceId | undefined {
  const resource = resourceOf(world.policy, channel)
  return resource !== undefined && isConversation(world, resource) ? resource : undefined
}

export function conversationNamed(desk: DeskDocument, key: string): ResourceId {
  return `${desk.type}:${key}` as ResourceId
}

/** Where it is talked; the settings are of a type that governs channels. */
export function channelOfConversation(world: World, resource: ResourceId): ChannelName {
  return channelOf(world.policy, resource) as ChannelName
}

export type ConversationState = 'waiting' | 'open' | 'snoozed' | 'closed'

/** What rules read of a conversation. */
export type ConversationFacts = {
  readonly state: ConversationState
  /** Ids of people, without `user:`. */
  readonly visitor: string
  readonly openedBy: string
  readonly assignee?: string
  readonly widget?: string
  /** What the visitor reads in place of the names of whoever answers; absent: their names. Fixed when it is opened. */
  readonly publicName?: string
}

/** What the facts say of it; undefined: there is none. */
export function factsOf(world: World, resource: ResourceId): ConversationFacts | undefined {
  const facts = world.facts.resource(resource)
  return facts && (facts as Attributes as ConversationFacts)
}

/**
 * What a credential is shown in lists of channels: for operators the desk has lists of its own, so of conversations only those
 * in which somebody is the visitor. However many there are, no other is looked at.
 */
export function visibleChannels(world: World, credential: Credential): readonly ResourceId[] {
  const type = deskOf(world)?.type
  const visible = visibleResources(world, credential, type)
  const subject = subjectOf(credential)
  if (type === undefined || subject === undefined) return visible
  const own = world.facts
    .heldBy(subject)
    .map(([resource]) => resource)
    .filter((resource) => {
      const isTheirs = isConversation(world, resource) && isVisitorOf(world, subject, resource)
      return isTheirs && isVisibleResource(world, credential, resource)
    })
  return [...visible, ...own]
}

function isVisitorOf(world: World, subject: SubjectId, resource: ResourceId): boolean {
  return subject === `user:${factsOf(world, resource)?.visitor}`
}
