// A conversation as it is kept beside the facts: everything that rules do not read.

import type { JsonObject, NewRecord, Store, StoredRecord } from '@sayso/store'
import type { ConversationFacts } from './desk-type.ts'

export const CONVERSATIONS = 'desk-conversations'
/** `<tenant>/<visitor>`: there exactly while the visitor has a conversation that is not closed. */
export const OPEN = 'desk-open'

export type Rating = { readonly score: number; readonly comment?: string; readonly atMs: number }

export type Conversation = ConversationFacts & {
  /** Key of the tenant. */
  readonly tenant: string
  readonly isOpenedByVisitor: boolean
  /** Ids the visitor wrote under before they were proved. */
  readonly formerVisitors?: readonly string[]
  /** Key of a group. */
  readonly team?: string
  /** Ids of those who came in beside, and of those who look on. */
  readonly joined: readonly string[]
  readonly watching: readonly string[]
  readonly labels: readonly string[]
  /** Who wrote: an address, and no connection to answer by. */
  readonly isOffline?: true
  readonly openedAtMs: number
  /** Since when nobody has it; absent: somebody does. */
  readonly waitingSinceMs?: number
  /** When it was taken for the first time, and when an operator first wrote. */
  readonly claimedAtMs?: number
  readonly answeredAtMs?: number
  /** Id of that operator. */
  readonly answeredBy?: string
  readonly snoozedUntilMs?: number
  readonly closedAtMs?: number
  /** Id; absent on a closed one: the server. */
  readonly closedBy?: string
  /** By a rule that they switched on. */
  readonly closedByRule?: true
  /** When the visitor was last told that a rule would close it. */
  readonly warnedAtMs?: number
  readonly closeReason?: string
  readonly summary?: string
  readonly rating?: Rating
}

export type KeptConversation = Conversation & { readonly key: string; readonly version: number }

export function conversationOf({ key, value, version }: StoredRecord): KeptConversation {
  return { ...(value as unknown as Conversation), key, version }
}

/** @param version the one it must have; 0: it must not be there */
export function conversationRecord(
  key: string,
  conversation: Conversation,
  version: number,
): NewRecord {
  const value = JSON.parse(JSON.stringify(conversation)) as JsonObject
  return { collection: CONVERSATIONS, key, value, expectVersion: version }
}

export async function keptConversation(
  store: Pick<Store, 'record'>,
  key: string,
): Promise<KeptConversation | undefined> {
  const record = await store.record(CONVERSATIONS, key)
  return record && conversationOf(record)
}

export function openKey(tenant: string, visitor: string): string {
  return `${tenant}/${visitor}`
}

/** The key of the conversation that a visitor has now. */
export async function openOf(
  store: Pick<Store, 'record'>,
  tenant: string,
  visitor: string,
): Promise<{ readonly key: string; readonly version: number } | undefined> {
  const record = await store.record(OPEN, openKey(tenant, visitor))
  return record && { key: String(record.value.key), version: record.version }
}

/** What rules read of a conversation, as attributes. */
export function attributesOf(facts: ConversationFacts) {
  const { state, visitor, openedBy, assignee, widget, publicName } = facts
  return {
    state,
    visitor,
    openedBy,
    ...(assignee === undefined ? {} : { assignee }),
    ...(widget === undefined ? {} : { widget }),
    ...(publicName === undefined ? {} : { publicName }),
  }
}
