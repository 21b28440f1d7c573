// Where a widget hides who answers: what its visitor receives says the widget's name instead, and one id for everybody of the
// desk. What is kept, and what operators receive, has the names.

import type { Member, Message } from '@sayso/channel'
import { type ResourceId, resourceOf, type SubjectId, subjectOf, type World } from '@sayso/policy'
import type { Asker } from '../commands/asker.ts'
import { factsOf, isConversation } from './desk-type.ts'
import { VISITOR_PREFIX } from './visitors/visitor.ts'

/** Stands for everybody of the desk. No person has it as an id: it has no letters of one. */
export const DESK_ID = '[desk]'

/** The name that stands for all of the desk; undefined: they are called by their own, or the receiver is no visitor. */
export function publicNameFor(
  world: World,
  subject: SubjectId | undefined,
  resource: ResourceId | undefined,
): string | undefined {
  if (subject === undefined || resource === undefined || !isConversation(world, resource))
    return undefined
  const facts = factsOf(world, resource)
  return subject === `user:${facts?.visitor}` ? facts?.publicName : undefined
}

export function withoutNames<M extends Message>(message: M, publicName: string): M {
  const { summary: _summary, ...rest } = message
  const isTheirs = isOfDesk(message.clientId)
  const said = namelessData(message, publicName)
  return {
    ...rest,
    ...(isTheirs && { clientId: DESK_ID }),
    ...(message.extras && { extras: namelessExtras(message.extras, isTheirs) }),
    ...(said !== undefined && { data: said }),
    ...(isOfDesk(message.version?.clientId) && {
      version: { ...message.version, clientId: DESK_ID },
    }),
  } as M
}

/** Who is on the channel, as its reader may know. */
export function membersFor(
  world: World,
  { asker }: { readonly asker: Asker },
  { name }: { readonly name: string },
  members: readonly Member[],
): readonly Member[] {
  return isNameless(world, asker, name) ? members.map(namelessMember) : members
}

/** True of a visitor who is told no names of the desk on a channel. */
export function isNameless(world: World, { credential }: Asker, channel: string): boolean {
  const resource = resourceOf(world.policy, channel)
  return publicNameFor(world, subjectOf(credential), resource) !== undefined
}

export function namelessMember(member: Member): Member {
  if (!isOfDesk(member.clientId)) return member
  const { data: _data, encoding: _encoding, extras: _extras, ...rest } = member
  return { ...rest, clientId: DESK_ID }
}

function isOfDesk(id: string | undefined): boolean {
  return id !== undefined && !id.startsWith(VISITOR_PREFIX)
}

/** What the server says of the writer's account goes. */
function namelessExtras(extras: NonNullable<Message['extras']>, isTheirs: boolean) {
  if (!isTheirs) return extras
  const { userClaim: _claim, ...rest } = extras
  return rest
}

function namelessData({ data, encoding }: Message, publicName: string): string | undefined {
  if (typeof data !== 'string' || encoding !== 'json') return undefined
  const said: unknown = JSON.parse(data)
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return undefined
  const { author, by, to, of } = said as Readonly<Record<string, unknown>>
  const desk = { id: DESK_ID, name: publicName }
  return JSON.stringify({
    ...said,
    ...(isTheirId(author) && { author: DESK_ID, name: publicName }),
    ...(isNamedOfDesk(by) && { by: desk }),
    ...(isNamedOfDesk(to) && { to: desk }),
    ...(isTheirId(of) && of !== 'visitor' && { of: DESK_ID }),
  })
}

function isTheirId(id: unknown): boolean {
  return typeof id === 'string' && isOfDesk(id)
}

function isNamedOfDesk(named: unknown): boolean {
  return typeof named === 'object' && named !== null && 'id' in named && isTheirId(named.id)
}
