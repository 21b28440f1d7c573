// What can be completed now: people, roles, channels, emoji and commands as one kind of option.

import type { PeopleView, ResourceView } from '@sayso/client'
import type { ReactNode } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import type { EmojiTable } from '../../emoji/emoji-table.ts'
import { findEmoji } from '../../emoji/find-emoji.ts'
import { recentEmoji } from '../../emoji/recent-emoji.ts'
import { isReadable, keyOf } from '../../model/channels.ts'
import type { Command } from '../../model/commands.ts'
import { best, type Trigger } from '../../model/completion.ts'
import { writingTexts } from '../../model/texts-writing.ts'

export type Option = {
  readonly key: string
  readonly picture: ReactNode
  readonly label: string
  readonly detail?: string | undefined
  /** What comes in place of the sign and what was typed after it. */
  readonly insert: string
}

export type Known = {
  readonly people: PeopleView['people']
  readonly me: string
  readonly views: readonly ResourceView[]
  readonly emoji: EmojiTable | undefined
  readonly commands: readonly Command[]
  readonly mayMentionEveryone: boolean
}

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

function peopleOptions(query: string, known: Known): readonly Option[] {
  const others = known.people.filter((person) => person.id !== known.me)
  const people = best(others, query, (person) => person.name, MOST).map((person) => ({
    key: person.id,
    picture: <Avatar id={person.id} name={person.name} picture={person.picture} size="s" />,
    label: person.name,
    detail: person.roles[0]?.title,
    insert: `@${person.name} `,
  }))
  return [...people, ...groupOptions(query, known)].slice(0, MOST)
}

function groupOptions(query: string, known: Known): readonly Option[] {
  const holders = new Map<string, { title: string; glyph: string | undefined; count: number }>()
  for (const { roles } of known.people) {
    const [role] = roles
    if (role === undefined) continue
    const count = (holders.get(role.role)?.count ?? 0) + 1
    holders.set(role.role, { title: role.title, glyph: role.glyph, count })
  }
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
