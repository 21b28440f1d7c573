// Search beside the conversation: as one types, with filters, the newest first.

import type { Api, FoundMessage, SearchView } from '@sayso/client'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import '../styles/finding.css'
import { begunAt } from '../model/filters.ts'
import { isAsking, type Typed, typedQuery } from '../model/finding.ts'
import { findingTexts } from '../model/texts-finding.ts'
import { filterOptions, useFillable } from '../store/use-search-filters.ts'
import { FoundList } from './found-list.tsx'
import { NamedList } from './named-list.tsx'
import { PaneFrame } from './pane-frame.tsx'
import type { SidePaneProps } from './props.ts'
import { SearchField } from './search-field.tsx'

/** After the last key; milliseconds. */
const PAUSE_MS = 150

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'failed' }
  | ({
      readonly kind: 'found'
      readonly q: string
      readonly view: SearchView
      readonly items: readonly FoundMessage[]
    } & Pick<SearchView, 'channels' | 'people'>)

export function SearchPane(props: SidePaneProps): ReactNode {
  const { api } = props
  const [{ text, caret }, setWritten] = useState({ text: '', caret: 0 })
  const field = useRef<HTMLInputElement>(null)
  const begun = useMemo(() => begunAt(text, caret), [text, caret])
  const asked = begun?.filter === 'from' ? begun.typed : ''
  const known = useFillable(api, props.people.list ?? NOBODY, asked)
  const typed = typedQuery(text, known.people, known.channels)
  const { state, more, again } = useSearch(api, typed)
  const options = begun === undefined ? NOTHING : filterOptions(text, begun, known)
  useEffect(() => field.current?.focus(), [])
  return (
    <PaneFrame title={findingTexts.search} closeHref={props.closeHref}>
      <search className="finding" onKeyDown={(event) => onArrow(event, field.current)}>
        <SearchField
          {...{ field, text, caret, begun, options }}
          onType={(next, at) =>
            setWritten((now) =>
              now.text === next && now.caret === at ? now : { text: next, caret: at },
            )
          }
          onDown={() => hitsIn(field.current)[0]?.focus()}
        />
        <p id="find-hint" className="xs faint">
          {findingTexts.hint}
        </p>
        {typed.unknown.length === 0 ? null : (
          <p className="xs dim">{findingTexts.notKnown(typed.unknown.join(' '))}</p>
        )}
        <Found state={state} onMore={more} onAgain={again} />
      </search>
    </PaneFrame>
  )
}

const NOBODY: SidePaneProps['people']['list'] & object = []
const NOTHING: ReturnType<typeof filterOptions> = []

/** Everything that was found, from the top. */
function hitsIn(field: HTMLElement | null): readonly HTMLElement[] {
  return [...(field?.closest('.finding')?.querySelectorAll<HTMLElement>('.found .hit') ?? [])]
}

/** From one that was found to the next, whatever list it is in; above the first one is the field. */
function onArrow(event: KeyboardEvent<HTMLElement>, field: HTMLElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || event.defaultPrevented) return
  const hits = hitsIn(field)
  const at = hits.indexOf(document.activeElement as HTMLElement)
  const next = at === 0 && step === -1 ? field : hits[at + step]
  if (at === -1 || next === null || next === undefined) return
  event.preventDefault()
  next.focus()
}

function useSearch(api: Api, { query }: Typed) {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const [tries, setTries] = useState(0)
  const asked = JSON.stringify(query)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a question is its text; another try is another question
  useEffect(() => {
    if (!isAsking(query)) return setState({ kind: 'idle' })
    let isOver = false
    const timer = setTimeout(() => {
      api.search(query).then(
        (view) => isOver || setState({ kind: 'found', q: query.q, view, ...view }),
        () => isOver || setState({ kind: 'failed' }),
      )
    }, PAUSE_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [api, asked, tries])
  const more = () => {
    if (state.kind !== 'found' || state.view.next === undefined) return
    const { items, channels, people } = state
    api.search({ ...query, after: state.view.next }).then(
      (view) =>
        setState({
          kind: 'found',
          q: query.q,
          view,
          items: [...items, ...view.items],
          // They come with the first page.
          channels,
          people,
        }),
      () => setState({ kind: 'failed' }),
    )
  }
  return { state, more, again: () => setTries((count) => count + 1) }
}

function Found(props: {
  readonly state: State
  readonly onMore: () => void
  readonly onAgain: () => void
}): ReactNode {
  const { state } = props
  if (state.kind === 'idle') return null
  if (state.kind === 'failed') {
    return (
      <p className="sm" role="alert">
        {findingTexts.failed} <Button onClick={props.onAgain}>{findingTexts.again}</Button>
      </p>
    )
  }
  const { items, q, view } = state
  const { channels, people } = state
  const isNamed = channels.length + people.length > 0
  const count = items.length + channels.length + people.length
  const none = q.trim() === '' ? findingTexts.nothingHere : findingTexts.nothing(q.trim())
  return (
    <>
      <p className={count === 0 ? 'sm dim' : 'vh'} role="status">
        {count === 0 ? none : findingTexts.found(count)}
      </p>
      <NamedList channels={channels} people={people} />
      {isNamed && items.length > 0 ? <h3 className="group">{findingTexts.messages}</h3> : null}
      <FoundList items={items} q={q} label={findingTexts.messages} />
      {view.next === undefined ? null : <Button onClick={props.onMore}>{findingTexts.more}</Button>}
      {view.partial === true ? <p className="xs faint">{findingTexts.partial}</p> : null}
    </>
  )
}
