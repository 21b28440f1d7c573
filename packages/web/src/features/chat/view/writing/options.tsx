// What can be completed now: people, roles, channels, emoji and commands as one kind of option.

import type { PeopleView, ResourceView } from '@sayso/client'
import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import type { EmojiTable } from '../../emoji/emoji-table.ts'
import { findEmoji } from '../../emoji/find-emoji.ts'
import { recentEmoji } from '../../emoji/recent-emoji.ts'
import { isReadable, keyOf } from '../../model/channels.ts'
import type { Command } from '../../model/commands.ts'
import { best, type Trigger } from '../../model/completion.ts'
import { writingTexts } from '../../model/texts-writing.ts'
import { PresentAvatar, PresentWords } from '../live/present-person.tsx'

export type Option = {
  readonly key: string
  readonly picture: ReactNode
  readonly label: string
  readonly detail?: ReactNode
  /** What comes in place of the sign and what was typed after it. */
  readonly insert: string
}

export type Known = {
  readonly people: PeopleView['people']
  /** Whom the server found by what stands after the `@`; they may be among `people` as well. */
  readonly found: PeopleView['people']
  /** How many hold each role; absent: counted by `people`. */
  readonly counts: PeopleView['counts']
  readonly me: string
  readonly views: readonly ResourceView[]
  readonly emoji: EmojiTable | undefined
  readonly commands: readonly Command[]
  readonly mayMentionEveryone: boolean
}

type Person = PeopleView['people'][number]

const MOST = 8

export function optionsFor(trigger: Trigger, known: Known): readonly Option[] {
  switch (trigger.sign) {
    case '@':
      return peopleOptions(trigger.query, known)
    case '#':
      return channelOptions(trigger.query, known)
    case ':':
      return emojiOptions(trigger.query, known)
    case '/':
      return commandOptions(trigger.query, known)
  }
}

/** Places kept for whom the server finds: what is offered at once stays where it is when the answer comes. */
const MOST_FOUND = 3

function peopleOptions(query: string, known: Known): readonly Option[] {
  const isOther = (person: Person) => person.id !== known.me
  const held = new Set(known.people.map(({ id }) => id))
  const news = known.found.filter((person) => isOther(person) && !held.has(person.id))
  const nameOf = (person: Person) => person.name
  const local = best(known.people.filter(isOther), query, nameOf, MOST)
  const more = best(news, query, nameOf, MOST)
  const kept = local.slice(0, MOST - Math.min(MOST_FOUND, more.length))
  const people = [...kept, ...more].slice(0, MOST).map((person) => ({
    key: person.id,
    picture: <PresentAvatar id={person.id} name={person.name} picture={person.picture} size="s" />,
    label: person.name,
    detail: <PresentWords id={person.id} text={person.roles[0]?.title} />,
    insert: `@${person.name} `,
  }))
  return [...people, ...groupOptions(query, known)].slice(0, MOST)
}

/** Roles by their keys, with how many hold them. */
function holdersOf({ people, counts }: Known) {
  const holders = new Map<string, { title: string; glyph: string | undefined; count: number }>()
  const held = counts ?? people.map(({ roles }) => ({ role: roles[0], people: 1 }))
  for (const { role, people: more } of held) {
    if (role === undefined) continue
    const count = (holders.get(role.role)?.count ?? 0) + more
    holders.set(role.role, { title: role.title, glyph: role.glyph, count })
  }
  return holders
}

function groupOptions(query: string, known: Known): readonly Option[] {
  const holders = holdersOf(known)
  const roles = best([...holders], query, ([key, { title }]) => `${key} ${title}`, MOST).map(
    ([key, { title, glyph, count }]) => ({
      key: `role ${key}`,
      picture: <Icon name={glyph} fallback="users" />,
      label: key,
      detail: `${title}, ${writingTexts.rolePeople(count)}`,
      insert: `@${key} `,
    }),
  )
  if (!known.mayMentionEveryone || best(['everyone'], query, (name) => name, 1).length === 0)
    return roles
  return [
    ...roles,
    {
      key: 'everyone',
      picture: <Icon name="megaphone" />,
      label: 'everyone',
      detail: writingTexts.everyone,
      insert: '@everyone ',
    },
  ]
}

function channelOptions(query: string, known: Known): readonly Option[] {
  return best(known.views.filter(isReadable), query, (view) => view.title, MOST).map((view) => ({
    key: view.resource,
    picture: <Icon name={view.glyph} fallback="hash" />,
    label: view.title,
    detail: view.about,
    // A title of several words is no word after a `#`; the key always is one.
    insert: `#${/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(view.title) ? view.title : keyOf(view)} `,
  }))
}

function emojiOptions(query: string, known: Known): readonly Option[] {
  if (known.emoji === undefined) return []
  return findEmoji(known.emoji.all, query, MOST, recentEmoji()).map((emoji) => ({
    key: emoji.char,
    picture: <span className="big">{emoji.char}</span>,
    label: emoji.name,
    detail: emoji.codes[0] === undefined ? undefined : `:${emoji.codes[0]}:`,
    insert: `${emoji.char} `,
  }))
}

function commandOptions(query: string, known: Known): readonly Option[] {
  return known.commands
    .filter(({ name }) => name.startsWith(query))
    .slice(0, MOST)
    .map((command) => ({
      key: command.name,
      picture: <span className="slash">/</span>,
      label: [command.name, command.takes?.()].filter((one) => one !== undefined).join(' '),
      detail: command.title(),
      insert: `/${command.name} `,
    }))
}
