// Search beside the conversation: as one types, with filters, the newest first.

import type { Api, FoundMessage, SearchView } from '@sayso/client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import '../styles/finding.css'
import { useResources } from '@sayso/client/react'
import { isReadable, keyOf } from '../model/channels.ts'
import { isAsking, type Typed, typedQuery } from '../model/finding.ts'
import { findingTexts } from '../model/texts-finding.ts'
import { FoundList } from './found-list.tsx'
import { PaneFrame } from './pane-frame.tsx'
import type { SidePaneProps } from './props.ts'

/** After the last key; milliseconds. */
const PAUSE_MS = 150

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'failed' }
  | {
      readonly kind: 'found'
      readonly q: string
      readonly view: SearchView
      readonly items: readonly FoundMessage[]
    }

export function SearchPane(props: SidePaneProps): ReactNode {
  const { api } = props
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const typed = useTyped(text, props)
  const { state, more, again } = useSearch(api, typed)
  useEffect(() => field.current?.focus(), [])
  return (
    <PaneFrame title={findingTexts.search} closeHref={props.closeHref}>
      <search className="finding">
        <input
          ref={field}
          className="find-field"
          type="search"
          value={text}
          aria-label={findingTexts.searchFor}
          aria-describedby="find-hint"
          placeholder={findingTexts.searchFor}
          maxLength={400}
          dir="auto"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            event.currentTarget.closest('.finding')?.querySelector<HTMLElement>('.found a')?.focus()
          }}
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

function useTyped(text: string, { people }: SidePaneProps): Typed {
  const views = useResources() ?? []
  const channels = views.filter(isReadable).map((view) => ({ key: keyOf(view), title: view.title }))
  return typedQuery(text, people.list ?? [], channels)
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
        (view) => isOver || setState({ kind: 'found', q: query.q, view, items: view.items }),
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
    const { items } = state
    api.search({ ...query, after: state.view.next }).then(
      (view) => setState({ kind: 'found', q: query.q, view, items: [...items, ...view.items] }),
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
  const none = q.trim() === '' ? findingTexts.nothingHere : findingTexts.nothing(q.trim())
  return (
    <>
      <p className={items.length === 0 ? 'sm dim' : 'vh'} role="status">
        {items.length === 0 ? none : findingTexts.found(items.length)}
      </p>
      <FoundList items={items} q={q} label={findingTexts.messages} />
      {view.next === undefined ? null : <Button onClick={props.onMore}>{findingTexts.more}</Button>}
      {view.partial === true ? <p className="xs faint">{findingTexts.partial}</p> : null}
    </>
  )
}
