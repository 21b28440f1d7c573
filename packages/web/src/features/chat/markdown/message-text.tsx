// The text of a message with the people its extras name.

import type { PersonView } from '@sayso/client'
import { type ReactNode, useMemo } from 'react'
import { EVERYONE, type Mentionable, mentionsIn } from '../model/mentions.ts'
import type { Fields } from '../model/timeline.ts'
import type { ConversationPeople } from '../store/use-conversation-people.ts'
import { Said } from './said.tsx'

export function MessageText(props: {
  readonly text: string
  readonly extras?: Fields | undefined
  readonly people: Pick<ConversationPeople, 'authorOf'>
  readonly me: PersonView
  readonly end?: ReactNode
}): ReactNode {
  const { extras, me } = props
  const { authorOf } = props.people
  const mentions = useMemo(() => mentionables(extras, authorOf), [extras, authorOf])
  return (
    <Said
      source={props.text}
      mentions={mentions}
      me={me.id}
      lang={languageIn(extras)}
      end={props.end}
    />
  )
}

const NOBODY: readonly Mentionable[] = []

function mentionables(
  extras: Fields | undefined,
  authorOf: ConversationPeople['authorOf'],
): readonly Mentionable[] {
  if (extras?.mentions === undefined) return NOBODY
  const { people, roles, everyone } = mentionsIn(extras)
  return [
    ...people.map((id) => ({ kind: 'person' as const, id, name: authorOf(id).name })),
    ...roles.map((id) => ({ kind: 'role' as const, id, name: id })),
    ...(everyone ? [EVERYONE] : []),
  ]
}

/** The tag of a language, if the sender gave one that is well formed. */
function languageIn(extras: Fields | undefined): string | undefined {
  const lang = extras?.lang
  if (typeof lang !== 'string') return undefined
  try {
    return Intl.getCanonicalLocales(lang)[0]
  } catch {
    return undefined
  }
}
