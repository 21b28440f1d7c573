// What is offered while one writes: canned replies behind a slash, people of the desk behind an at sign in a note.

import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { filled, found, inserted, type Slash, slashAt } from '../model/replies.ts'
import type { Conversation, Operator } from '../model/shapes.ts'
import { useDesk } from '../store/desk-context.tsx'

export type Suggestion = {
  readonly key: string
  readonly title: string
  /** What it puts in. */
  readonly text: string
}

export type Suggestions = {
  readonly id: string
  readonly items: readonly Suggestion[]
  readonly chosen: number
  readonly operators: readonly Operator[]
  readonly choose: (index: number) => void
  /** The caret is there now. */
  readonly at: (caret: number) => void
  /** True: the key was its own. */
  readonly onKey: (event: KeyboardEvent) => boolean
  readonly fieldProps: {
    readonly 'aria-autocomplete': 'list'
    readonly 'aria-controls': string | undefined
    readonly 'aria-activedescendant': string | undefined
  }
}

type Needs = {
  readonly mode: 'text' | 'note'
  readonly text: string
  readonly conversation: Conversation
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly onText: (text: string) => void
}

const MOST_PEOPLE = 6

export function useSuggestions(needs: Needs): Suggestions {
  const { mode, text, conversation, field, onText } = needs
  const id = useId()
  const [caret, setCaret] = useState(0)
  const [chosen, setChosen] = useState(0)
  const [shut, setShut] = useState<string>()
  const slash = slashAt(text, caret)
  const at = mode === 'note' ? mentionAt(text, caret) : undefined
  const { people, all } = useOffered({ mode, conversation, slash, at })
  const word = slash ?? at
  const isShut = word === undefined || shut === `${word.from}`
  const items = isShut ? [] : all
  const pick = Math.min(chosen, Math.max(0, items.length - 1))
  const choose = (index: number) => {
    const item = items[index]
    if (item === undefined || word === undefined) return
    const next = inserted(text, word, item.text)
    onText(next.text)
    setCaret(next.caret)
    setChosen(0)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(next.caret, next.caret)
    })
  }
  const onKey = (event: KeyboardEvent): boolean => {
    if (items.length === 0) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setChosen((pick + step + items.length) % items.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(pick)
    else if (event.key === 'Escape') setShut(`${word?.from}`)
    else return false
    event.preventDefault()
    return true
  }
  return {
    id,
    items,
    chosen: pick,
    operators: people,
    choose,
    at: (next) => {
      setCaret(next)
      if (slashAt(text, next) === undefined) setShut(undefined)
    },
    onKey,
    fieldProps: {
      'aria-autocomplete': 'list',
      'aria-controls': items.length === 0 ? undefined : id,
      'aria-activedescendant': items.length === 0 ? undefined : `${id}-${pick}`,
    },
  }
}

/** What fits the word that is being written. */
function useOffered(needs: {
  readonly mode: 'text' | 'note'
  readonly conversation: Conversation
  readonly slash: Slash | undefined
  readonly at: Slash | undefined
}): { readonly people: readonly Operator[]; readonly all: readonly Suggestion[] } {
  const { mode, conversation, slash, at } = needs
  const { calls, tenant, me } = useDesk()
  const replies = useQuery({
    queryKey: ['desk-replies', tenant],
    enabled: slash !== undefined,
    queryFn: () => calls.replies(tenant),
  })
  const operators = useQuery({
    queryKey: ['desk-operators', tenant],
    enabled: mode === 'note',
    queryFn: () => calls.operators(tenant),
  })
  const people = operators.data?.items ?? []
  if (slash === undefined) return { people, all: peopleNamed(people, at?.word) }
  const ofTeam = conversation.team?.key
  const mine = (replies.data?.items ?? []).filter(
    ({ team }) => team === undefined || ofTeam === undefined || team === ofTeam,
  )
  const all = found(mine, slash.word).map((one) => ({
    key: one.id,
    title: `/${one.shortcut}`,
    text: filled(one.text, variablesOf(conversation, me.name)).text,
  }))
  return { people, all }
}

function variablesOf(conversation: Conversation, operator: string) {
  const { visitor, key, widget } = conversation
  return {
    'visitor.name': visitor.name,
    'visitor.email': visitor.email,
    'operator.name': operator,
    'conversation.key': key,
    'widget.name': widget?.name,
  }
}

/** The at sign before the caret, at the start or behind a space. */
function mentionAt(text: string, caret: number): Slash | undefined {
  const match = /(?:^|\s)@([\p{L}\p{N}_.-]*)$/u.exec(text.slice(0, caret))
  if (match === null) return undefined
  const word = match[1] ?? ''
  return { from: caret - word.length - 1, word }
}

function peopleNamed(people: readonly Operator[], word: string | undefined) {
  if (word === undefined) return []
  const wanted = word.toLocaleLowerCase()
  return people
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
    .slice(0, MOST_PEOPLE)
    .map(({ id, name }) => ({ key: id, title: name, text: `@${name} ` }))
}

/** Ids of those whom a note names. */
export function mentionedIn(text: string, people: readonly Operator[]): readonly string[] {
  return people.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id)
}
