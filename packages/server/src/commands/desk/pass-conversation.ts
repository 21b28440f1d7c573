// What a visitor wrote before they were proved goes along with them: the conversation they have open becomes that of whom the
// proof names. Written in the same transaction as the proof.

import type { RightsChange, World } from '@sayso/policy'
import type { NewRecord, Store } from '@sayso/store'
import {
  attributesOf,
  conversationRecord,
  type KeptConversation,
  keptConversation,
  OPEN,
  openKey,
  openOf,
} from '../../desk/conversation.ts'
import { conversationNamed, requireDesk } from '../../desk/desk-type.ts'
import { subjectOfVisitor } from '../../desk/visitors/visitor.ts'

/** A conversation on its way from one visitor to another. */
export type Passing = {
  readonly from: string
  readonly to: string
  readonly kept: KeptConversation
  /** Of the record that says it is open. */
  readonly openVersion: number
}

/** Undefined if there is nothing to pass, or whom the proof names has one open already. */
export async function passingOf(
  store: Pick<Store, 'record'>,
  tenant: string,
  from: string,
  to: string,
): Promise<Passing | undefined> {
  const [open, other] = await Promise.all([openOf(store, tenant, from), openOf(store, tenant, to)])
  if (open === undefined || other !== undefined) return undefined
  const kept = await keptConversation(store, open.key)
  return kept && { from, to, kept, openVersion: open.version }
}

export type Passed = {
  readonly changes: readonly RightsChange[]
  readonly records: readonly NewRecord[]
}

/** The write fails if either of them opens or ends a conversation meanwhile. */
export function passed(world: World, { from, to, kept, openVersion }: Passing): Passed {
  const desk = requireDesk(world)
  const { key, version, ...conversation } = kept
  const { tenant, openedBy, formerVisitors = [] } = conversation
  const resource = conversationNamed(desk, key)
  const next = {
    ...conversation,
    visitor: to,
    openedBy: openedBy === from ? to : openedBy,
    formerVisitors: [...formerVisitors, from],
  }
  const known = world.facts.resource(resource)
  const tuple = (visitor: string) => ({
    resource,
    role: desk.visitor,
    subject: subjectOfVisitor(visitor),
  })
  return {
    changes: [
      { kind: 'put-resource', resource, attributes: { ...known, ...attributesOf(next) } },
      { kind: 'unassign', tuple: tuple(from) },
      { kind: 'assign', tuple: tuple(to) },
    ],
    records: [
      conversationRecord(key, next, version),
      {
        collection: OPEN,
        key: openKey(tenant, from),
        value: undefined,
        expectVersion: openVersion,
      },
      { collection: OPEN, key: openKey(tenant, to), value: { key }, expectVersion: 0 },
    ],
  }
}
