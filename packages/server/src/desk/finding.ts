// Finding conversations by words: first by what is known of them, what moved last first; then by everything that was said in
// them, the newest first. Only what the asker may read now.

import type { Message } from '@sayso/channel'
import type { ChannelName, World } from '@sayso/policy'
import { type Found, fileNames } from '@sayso/store'
import type { Asker } from '../commands/asker.ts'
import { isVisible } from '../commands/desk/moving.ts'
import { messageState } from '../commands/message-state.ts'
import type { Context } from '../context.ts'
import { finderOf } from '../finding/finder-of.ts'
import { receivable } from '../receivers.ts'
import { activeAtMs, type Entry } from './book.ts'
import { conversationOn, deskChannels, requireDesk } from './desk-type.ts'
import { type ListQuery, listed, wanted } from './lists.ts'
import { matching, plain } from './matching.ts'

export type FindConversations = ListQuery & {
  readonly q: string
  /** Said, or moved last, at this or later and before that; milliseconds. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** Where the words were said; absent where they are in what is known of the conversation. */
export type FoundIn = {
  readonly serial: string
  readonly atMs: number
  /** Id of the person. */
  readonly by: string
  readonly kind: 'text' | 'note' | 'file'
  readonly text: string
}

export type FoundConversation = { readonly entry: Entry; readonly found?: FoundIn }

export type FoundConversations = {
  readonly items: readonly FoundConversation[]
  readonly next?: string
}

/** Begins a place among what was said. */
const SAID = 'said~'
/** Places of the index read at once, and for one page: then it comes back short, and the next one goes on. */
const AT_ONCE = 100
const MOST_LOOKED_AT = 3_000
/** The newest matches of one conversation that are looked at for whether it was shown before. */
const MOST_NEWER = 50
/** Characters of what was found, and of them before the first word. */
const SHOWN = 240
const BEFORE = 40

/** @throws {Failure} `desk_not_set_up`, `store_unavailable` */
export async function findConversations(
  context: Context,
  asker: Asker,
  query: FindConversations,
): Promise<FoundConversations> {
  const { world } = context.standing
  requireDesk(world)
  const isWanted = wanted(world, asker, query)
  const search = { context, asker, query, isWanted, isKnown: knownAs(context, world, query) }
  const known: FoundConversations =
    query.after?.startsWith(SAID) === true ? { items: [] } : byKnown(search)
  if (known.next !== undefined || context.finder === undefined) return known
  const said = await bySaid(search, query.limit - known.items.length)
  return { ...said, items: [...known.items, ...said.items] }
}

type Search = {
  readonly context: Context
  readonly asker: Asker
  readonly query: FindConversations
  readonly isWanted: (entry: Entry) => boolean
  /** Found by what is known of it. */
  readonly isKnown: (entry: Entry) => boolean
}

function byKnown({ context, asker, query, isKnown }: Search): FoundConversations {
  const { world } = context.standing
  const { items, ...next } = listed(world, context.desk.book, asker, query, isKnown)
  return { items: items.map((entry) => ({ entry })), ...next }
}

function knownAs({ desk }: Context, world: World, query: FindConversations) {
  const { q, from = 0, to = Number.POSITIVE_INFINITY } = query
  const isCalled = matching(world, desk.words, q)
  return (entry: Entry) => {
    const at = activeAtMs(entry)
    return at >= from && at < to && isCalled(entry)
  }
}

async function bySaid(search: Search, limit: number): Promise<FoundConversations> {
  const { context, query } = search
  const items: FoundConversation[] = []
  const taken = new Set<string>()
  let below = query.after?.startsWith(SAID) ? Number(query.after.slice(SAID.length)) : undefined
  for (let looked = 0; items.length < limit && looked < MOST_LOOKED_AT; looked += AT_ONCE) {
    const { found, next } = await ask(context, query, beginningOf(context.standing.world), below)
    for (const place of found) {
      below = place.place
      const one = await shown(search, place, taken)
      if (one === undefined) continue
      taken.add(one.entry.key)
      items.push(one)
      if (items.length === limit) return { items, next: `${SAID}${below}` }
    }
    if (next === undefined) return { items }
    below = next
  }
  return { items, next: below === undefined ? SAID : `${SAID}${below}` }
}

async function ask(
  context: Context,
  { q, from, to }: FindConversations,
  channels: { readonly beginning: string } | readonly string[],
  below: number | undefined,
) {
  const answer = await finderOf(context).find(
    {
      text: q,
      channels,
      ...(from === undefined ? {} : { sinceMs: from }),
      ...(to === undefined ? {} : { beforeMs: to }),
    },
    { limit: AT_ONCE, ...(below === undefined || below === 0 ? {} : { below }) },
    context.standing.revision,
  )
  return answer.value
}

/** The conversation of a place; undefined if it is not asked for, not to be seen, or shown by something else. */
async function shown(
  search: Search,
  { channel: name, serial, place }: Found,
  taken: ReadonlySet<string>,
): Promise<FoundConversation | undefined> {
  const { context, asker, query, isWanted, isKnown } = search
  const { world } = context.standing
  const channel = name as ChannelName
  const resource = conversationOn(world, channel)
  const key = resource?.slice(resource.indexOf(':') + 1)
  const entry = key === undefined ? undefined : context.desk.book.get(key)
  if (resource === undefined || entry === undefined || taken.has(entry.key)) return undefined
  if (!isWanted(entry) || isKnown(entry) || !isVisible(world, asker, resource)) return undefined
  const message = await readable(context, asker, channel, serial)
  if (message === undefined) return undefined
  if (await isShownAbove(search, channel, place)) return undefined
  const found = foundIn(message, query.q)
  return found === undefined ? undefined : { entry, found }
}

/** INVARIANT: by the rights of after the read, and by the rules over single messages: notes are for who reads notes. */
async function readable(context: Context, asker: Asker, channel: ChannelName, serial: string) {
  const message = await context.store.message(channel, serial, context.standing.revision)
  if (message === undefined || message.action === 'delete') return undefined
  const { world } = context.standing
  const resource = conversationOn(world, channel)
  if (resource === undefined || !isVisible(world, asker, resource)) return undefined
  return receivable(world, asker.credential, channel, [message])[0]
}

/** A conversation is found by the newest of what was said that the asker may read: pages before this one have shown it. */
async function isShownAbove(
  { context, asker, query }: Search,
  channel: ChannelName,
  place: number,
): Promise<boolean> {
  const { found } = await ask(context, query, [channel], undefined)
  for (const newer of found.slice(0, MOST_NEWER)) {
    if (newer.place <= place) return false
    if ((await readable(context, asker, channel, newer.serial)) !== undefined) return true
  }
  return false
}

function foundIn(message: Message, q: string): FoundIn | undefined {
  const { name, serial, timestampMs, clientId = '' } = message
  if (name !== 'text' && name !== 'note' && name !== 'file') return undefined
  const said = (messageState(message).data ?? {}) as { readonly text?: unknown }
  const text = name === 'file' ? fileNames(message.extras) : said.text
  if (typeof text !== 'string') return undefined
  return { serial, atMs: timestampMs, by: clientId, kind: name, text: around(text, q) }
}

/** The part of a text that has the first word in it. */
function around(text: string, q: string): string {
  const [word = ''] = plain(q.replaceAll('"', ' ')).split(/\s+/).filter(Boolean)
  const at = plain(text).indexOf(word)
  const from = Math.max(0, at - BEFORE)
  const characters = [...text]
  const shown = characters.slice(from, from + SHOWN).join('')
  return `${from > 0 ? '…' : ''}${shown}${characters.length > from + SHOWN ? '…' : ''}`
}

/** What names of channels of conversations begin with. */
function beginningOf(world: World): { readonly beginning: string } {
  const [beginning = ''] = (deskChannels(world) ?? '').split('*')
  return { beginning }
}
