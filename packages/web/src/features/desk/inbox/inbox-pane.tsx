// The list at the left: how one is seen, the views with their counts, filters and search, and what each holds.

import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Anchor, useNavigate } from '../../../ui/navigation.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { type DeskAddress, deskHref, viewOf, withQuery } from '../model/address.ts'
import type { InboxView } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import type { DeskRights } from '../store/rights.ts'
import { type UsedList, useCount, useInboxList } from '../store/use-inbox.ts'
import { useOwnStatus } from '../store/use-status.ts'
import type { OwnDesk } from '../store/use-tenants.ts'
import { InboxFilters } from './inbox-filters.tsx'
import { InboxRow } from './inbox-row.tsx'
import { StatusButton } from './status-button.tsx'
import { TenantSwitch } from './tenant-switch.tsx'

const VIEWS: readonly InboxView[] = ['mine', 'waiting', 'team', 'all']
const ROW_PX = 88
const AHEAD = 6

export function InboxPane(props: {
  readonly address: DeskAddress
  readonly tenants: readonly OwnDesk[]
  readonly rights: DeskRights
}): ReactNode {
  const { address } = props
  const view = viewOf(address)
  const { state, label, assignee, widget, q } = address.query
  const list = useInboxList({ view, state, label, assignee, widget, q })
  const [isSearching, setSearching] = useState(q !== undefined)
  return (
    <section className="inbox" aria-label={texts.screens.inbox}>
      <header className="inbox-bar">
        <h1 className="title grow">{texts.screens.inbox}</h1>
        <StatusButton />
        <InboxFilters address={address} items={list.items} />
        <IconButton
          icon="search"
          label={texts.search}
          // The key opens the field; once it is there, it leads into it.
          shortcut={isSearching ? undefined : 'search'}
          pressed={isSearching}
          onClick={() => setSearching(!isSearching)}
        />
      </header>
      <TenantSwitch address={address} tenants={props.tenants} />
      {isSearching || q !== undefined ? (
        <SearchField address={address} onClose={() => setSearching(false)} />
      ) : null}
      <nav className="seg" aria-label={texts.views.title}>
        {VIEWS.map((one) => (
          <ViewLink key={one} view={one} address={address} isCurrent={one === view} />
        ))}
      </nav>
      <Rows list={list} address={address} view={view} />
    </section>
  )
}

function ViewLink(props: {
  readonly view: InboxView
  readonly address: DeskAddress
  readonly isCurrent: boolean
}): ReactNode {
  const { view, address, isCurrent } = props
  const { count, isMore } = useCount(view)
  return (
    <Anchor href={withQuery(address, { view })} current={isCurrent}>
      {texts.views[view]}{' '}
      <span className="num">{count === 0 ? '' : isMore ? `${count}+` : count}</span>
    </Anchor>
  )
}

function SearchField(props: {
  readonly address: DeskAddress
  readonly onClose: () => void
}): ReactNode {
  const { address, onClose } = props
  const navigate = useNavigate()
  const [text, setText] = useState(address.query.q ?? '')
  const latest = useRef(address)
  latest.current = address
  useEffect(() => {
    const q = text.trim()
    if (q === (latest.current.query.q ?? '')) return
    const timer = setTimeout(() => {
      // What is looked for may be anywhere, also among what is over. From there one may narrow it.
      const isFirst = latest.current.query.q === undefined
      navigate(withQuery(latest.current, isFirst ? { q, view: 'all' } : { q }), { replace: true })
    }, 250)
    return () => clearTimeout(timer)
  }, [text, navigate])
  return (
    <search className="inbox-search">
      <input
        className="input"
        type="search"
        aria-label={texts.searchLabel}
        placeholder={texts.searchLabel}
        data-shortcut="search"
        // biome-ignore lint/a11y/noAutofocus: it was just asked for
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          setText('')
          navigate(withQuery(latest.current, { q: undefined }), { replace: true })
          onClose()
        }}
      />
    </search>
  )
}

function Rows(props: {
  readonly list: UsedList
  readonly address: DeskAddress
  readonly view: InboxView
}): ReactNode {
  const { list, address, view } = props
  const { items, hasMore, more, phase } = list
  const region = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => region.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: AHEAD,
  })
  const drawn = rows.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= items.length - AHEAD) more?.()
  }, [hasMore, last, items.length, more])
  if (phase === 'failed')
    return (
      <div className="empty" role="alert">
        <p className="sm">{refusalOf(list.error)}</p>
        <Button size="small" onClick={() => list.again?.()}>
          {texts.tryAgain}
        </Button>
      </div>
    )
  if (items.length === 0)
    return phase === 'loading' ? <Bones /> : <Empty address={address} view={view} />
  return (
    <div ref={region} className="inbox-rows" aria-busy={phase === 'loading'}>
      <ul style={{ height: rows.getTotalSize() }}>
        {drawn.map(({ index, start, key }) => {
          const one = items[index]
          if (one === undefined) return null
          return (
            <li
              key={key}
              data-index={index}
              ref={rows.measureElement}
              style={{ transform: `translateY(${start}px)` }}
            >
              <InboxRow
                conversation={one}
                href={deskHref('inbox', one.key, address.query)}
                isCurrent={one.key === address.open}
                showsAssignee={view === 'team' || view === 'all'}
                words={address.query.q}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Empty(props: { readonly address: DeskAddress; readonly view: InboxView }): ReactNode {
  const { address, view } = props
  const { state, label, assignee, widget, q } = address.query
  const isFiltered = [state, label, assignee, widget, q].some((one) => one !== undefined)
  if (!isFiltered) return <Nothing view={view} />
  const all = { state: undefined, label: undefined, assignee: undefined, widget: undefined }
  return (
    <div className="empty">
      <p className="sm dim">{texts.nothingFits}</p>
      <Anchor className="btn small" href={withQuery(address, { ...all, q: undefined })}>
        {texts.clearFilters}
      </Anchor>
    </div>
  )
}

/** Nothing to do, and what keeps it so: nobody is answered while all are away. */
function Nothing({ view }: { readonly view: InboxView }): ReactNode {
  const { own, setStatus } = useOwnStatus()
  if (view !== 'waiting' || own?.status !== 'away')
    return <p className="empty sm dim">{texts.nothingIn[view]}</p>
  return (
    <div className="empty">
      <p className="sm dim">{texts.nothingWhileAway}</p>
      <Button size="small" onClick={() => void setStatus('available')}>
        {texts.takeChats}
      </Button>
    </div>
  )
}

function Bones(): ReactNode {
  return (
    <div className="inbox-bones late" aria-hidden="true">
      {[70, 52, 64].map((width) => (
        <div key={width} className="row">
          <span className="bone" style={{ width: 36, height: 36 }} />
          <span className="bone" style={{ width: `${width}%`, height: 32 }} />
        </div>
      ))}
    </div>
  )
}
