// Who is meant by an `@` in a message: what stands beside the text says it, the text shows where. Pure.

import type { PeopleView } from '@sayso/client'
import type { Fields } from './timeline.ts'

export type Mentions = {
  /** Ids of people. */
  readonly people: readonly string[]
  /** Keys of roles. */
  readonly roles: readonly string[]
  readonly everyone: boolean
}

/** Somebody one can mean, by what is written after the `@`. */
export type Mentionable = {
  readonly kind: 'person' | 'role' | 'everyone'
  /** Id of the person, key of the role. */
  readonly id: string
  readonly name: string
}

export const EVERYONE: Mentionable = { kind: 'everyone', id: 'everyone', name: 'everyone' }

const NONE: Mentions = { people: [], roles: [], everyone: false }
/** What anybody may send is not believed to be short. */
const MOST = 200

/** What a message's extras say, as far as it makes sense. */
export function mentionsIn(extras: Fields | undefined): Mentions {
  const mentions = extras?.mentions
  if (typeof mentions !== 'object' || mentions === null) return NONE
  const { people, roles, everyone } = mentions as Fields
  return { people: texts(people), roles: texts(roles), everyone: everyone === true }
}

function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.filter((one) => typeof one === 'string').slice(0, MOST)
}

/** Everybody and every group one may mean here. Roles are those by which the list of people is grouped. */
export function mentionable(
  people: PeopleView['people'],
  mayMentionEveryone: boolean,
): readonly Mentionable[] {
  const roles = new Set(people.flatMap((person) => person.roles[0]?.role ?? []))
  return [
    ...people.map(({ id, name }) => ({ kind: 'person' as const, id, name })),
    ...[...roles].map((id) => ({ kind: 'role' as const, id, name: id })),
    ...(mayMentionEveryone ? [EVERYONE] : []),
  ]
}

export type Piece = { readonly text: string; readonly who?: Mentionable }

/** A text cut where somebody of `known` is mentioned; of several names that fit, the longest counts. */
export function mentionPieces(text: string, known: readonly Mentionable[]): readonly Piece[] {
  const pieces: Piece[] = []
  const longestFirst = [...known].sort((one, other) => other.name.length - one.name.length)
  let from = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const who = isApart(text, at) ? mentionedAt(text, at + 1, longestFirst) : undefined
    if (who === undefined) continue
    if (at > from) pieces.push({ text: text.slice(from, at) })
    from = at + 1 + who.name.length
    pieces.push({ text: text.slice(at, from), who })
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}

/** What goes beside a text that is sent: everybody of `known` who stands in it; absent: nobody. */
export function extrasOf(text: string, known: readonly Mentionable[]): Fields | undefined {
  const who = mentionPieces(text, known).flatMap((piece) => piece.who ?? [])
  if (who.length === 0) return undefined
  const ids = (kind: Mentionable['kind']) => [
    ...new Set(who.filter((one) => one.kind === kind).map((one) => one.id)),
  ]
  const people = ids('person')
  const roles = ids('role')
  return {
    mentions: {
      ...(people.length > 0 ? { people } : {}),
      ...(roles.length > 0 ? { roles } : {}),
      ...(ids('everyone').length > 0 ? { everyone: true } : {}),
    },
  }
}

/** An `@` inside a word is part of a mail address or a handle elsewhere. */
function isApart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}._-]/u.test(text[at - 1] ?? '')
}

function mentionedAt(
  text: string,
  from: number,
  longestFirst: readonly Mentionable[],
): Mentionable | undefined {
  return longestFirst.find(({ name }) => {
    if (name === '' || !isSame(text.slice(from, from + name.length), name)) return false
    return !/[\p{L}\p{N}]/u.test(text[from + name.length] ?? '')
  })
}

function isSame(one: string, other: string): boolean {
  return one.toLocaleLowerCase() === other.toLocaleLowerCase()
}
