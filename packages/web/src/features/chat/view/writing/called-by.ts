// How many a text calls. Pure.

import type { PeopleView } from '@sayso/client'
import { type Mentionable, mentionPieces } from '../../model/mentions.ts'

/** How many people are called by a text, oneself left out. */
export function calledBy(
  text: string,
  known: readonly Mentionable[],
  people: PeopleView['people'],
  me: string,
): number {
  const who = mentionPieces(text, known).flatMap((piece) => piece.who ?? [])
  const isCalled = (person: PeopleView['people'][number]) =>
    who.some(
      (one) =>
        one.kind === 'everyone' ||
        (one.kind === 'person' && one.id === person.id) ||
        (one.kind === 'role' && person.roles.some(({ role }) => role === one.id)),
    )
  return people.filter((person) => person.id !== me && isCalled(person)).length
}
