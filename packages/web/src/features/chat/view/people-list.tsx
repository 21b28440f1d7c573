// People under their roles, however many: what stands in the view is drawn, all of it is counted. One tab stop; arrow keys
// go from one to the next, also to those who are not drawn yet.

import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { Tag } from '../../../ui/tag.tsx'
import { shownNumber } from '../model/numbers.ts'
import type { PersonRow } from '../model/people.ts'
import { placeByKey, type RosterGroup, type Span, sizeOf, spanOf } from '../model/roster.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { whoTexts } from '../model/texts-who.ts'

/** Drawn above and below the view. */
const SPARE = 8
/** Rows that PageUp and PageDown go on by. */
const PAGE = 10

export type PeopleListProps = {
  readonly groups: readonly RosterGroup[]
  readonly heading: 'h2' | 'h3'
  /** The element that scrolls. */
  readonly scroller: { readonly current: HTMLElement | null }
  readonly onLook: (view: Span) => void
  /** What stands in a row; its buttons carry `data-col`. */
  readonly row: (person: PersonRow, isStop: boolean) => ReactNode
  /** The class of a row. */
  readonly look: (person: PersonRow) => string
}

export function PeopleList(props: PeopleListProps): ReactNode {
  const { groups, heading: Heading } = props
  const root = useRef<HTMLDivElement>(null)
  const spans = useSpans(root, props)
  const { stop, onKeyDown, onFocus } = useRoving(root, props)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move the focus between the buttons inside
    <div ref={root} className="roster" onKeyDown={onKeyDown} onFocus={onFocus}>
      {groups.map((group) => (
        <section key={group.key}>
          <Heading className="grp">
            {group.role === undefined ? (
              <Tag title={peopleTexts.others} glyph="circle-user" />
            ) : (
              <Tag title={group.role.title} glyph={group.role.glyph} tone={group.role.tone} />
            )}
            <span className="num">{shownNumber(group.size)}</span>
          </Heading>
          <ul style={{ '--size': group.size } as CSSProperties} data-group={group.key}>
            {drawn(group, spans[group.key], stop).map((index) => (
              <Row
                key={group.at(index)?.id ?? `#${index}`}
                {...{ group, index, stop }}
                {...props}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** Those in view, and the one that has the focus wherever it is. */
function drawn(group: RosterGroup, span: Span | undefined, stop: number): readonly number[] {
  const { first, last } = span ?? { first: 0, last: -1 }
  const indexes = Array.from(
    { length: Math.max(Math.min(last, group.size - 1) - first + 1, 0) },
    (_, at) => first + at,
  )
  const own = stop - group.first
  const isOwn = own >= 0 && own < group.size
  if (!isOwn || indexes.includes(own)) return indexes
  return own < first ? [own, ...indexes] : [...indexes, own]
}

function Row(
  props: PeopleListProps & {
    readonly group: RosterGroup
    readonly index: number
    readonly stop: number
  },
): ReactNode {
  const { group, index, stop } = props
  const person = group.at(index)
  const place = group.first + index
  return (
    <li
      className={person === undefined ? 'person' : props.look(person)}
      style={{ '--i': index } as CSSProperties}
      data-place={place}
      aria-setsize={group.size}
      aria-posinset={index + 1}
    >
      {person === undefined ? <Bones isStop={place === stop} /> : props.row(person, place === stop)}
    </li>
  )
}

/** Somebody whose name is on its way. Holds the focus, so that keys may run ahead. */
function Bones(props: { readonly isStop: boolean }): ReactNode {
  return (
    <button
      type="button"
      className="who-open"
      data-col="0"
      tabIndex={props.isStop ? 0 : -1}
      aria-busy="true"
      aria-label={whoTexts.loading}
    >
      <span className="bone late" style={{ width: 32, height: 32 }} />
      <span className="bone late" style={{ width: 120, height: 12 }} />
    </button>
  )
}

/** Which rows of each group stand in the view; tells which places that are. */
function useSpans(root: { readonly current: HTMLElement | null }, props: PeopleListProps) {
  const { groups, scroller, onLook } = props
  const [spans, setSpans] = useState<Readonly<Record<string, Span>>>({})
  const measure = useCallback(() => {
    const view = scroller.current?.getBoundingClientRect()
    if (view === undefined || root.current === null) return
    const next: Record<string, Span> = {}
    const places: number[] = []
    for (const list of root.current.querySelectorAll<HTMLElement>('ul[data-group]')) {
      const group = groups.find(({ key }) => key === list.dataset.group)
      if (group === undefined) continue
      const { top, height } = list.getBoundingClientRect()
      const rowPx = height / Math.max(group.size, 1)
      const span = spanOf(group.size, top - view.top, rowPx, view.height, SPARE)
      if (span === undefined) continue
      next[group.key] = span
      places.push(group.first + span.first, group.first + span.last)
    }
    setSpans((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next))
    if (places.length > 0) onLook({ first: Math.min(...places), last: Math.max(...places) })
  }, [groups, scroller, root, onLook])
  useLayoutEffect(measure, [measure])
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const sizes = new ResizeObserver(measure)
    sizes.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [measure, scroller])
  return spans
}

/** The focus goes from row to row, stays with its person when rows move, and with its place when the person goes. */
function useRoving(root: { readonly current: HTMLElement | null }, { groups }: PeopleListProps) {
  const size = sizeOf(groups)
  const [stop, setStop] = useState(0)
  const column = useRef('0')
  const wanted = useRef<number>(undefined)
  const hadFocus = useRef(false)
  const focus = (place: number) => {
    const row = root.current?.querySelector(`[data-place="${place}"]`)
    const target =
      row?.querySelector<HTMLElement>(`[data-col="${column.current}"]`) ??
      row?.querySelector<HTMLElement>('[data-col]')
    target?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  }
  useLayoutEffect(() => {
    const at = focusedPlace(root.current)
    if (wanted.current !== undefined) {
      const place = wanted.current
      wanted.current = undefined
      return focus(place)
    }
    const isLost = hadFocus.current && document.activeElement === document.body
    if (at === undefined && isLost) focus(Math.min(stop, size - 1))
    setStop(Math.min(at ?? stop, Math.max(size - 1, 0)))
  })
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const target = event.target as HTMLElement
    const place = target.closest('[data-place]')?.getAttribute('data-place')
    if (place == null) return
    hadFocus.current = true
    column.current = target.dataset.col ?? column.current
    setStop(Number(place))
  }
  const onBlur = () => {
    // Where it goes is known only afterwards; an element that was removed leaves it at the page.
    hadFocus.current = document.activeElement === document.body
  }
  useEffect(() => {
    const element = root.current
    element?.addEventListener('focusout', onBlur)
    return () => element?.removeEventListener('focusout', onBlur)
  })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement
    if (target.dataset.col === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const beside = besideOf(event.key, target)
    const place = placeByKey(event.key, stop, size, PAGE)
    if (beside === undefined && place === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (beside !== undefined) return beside.focus()
    if (place === undefined) return
    wanted.current = place
    setStop(place)
  }
  return { stop, onKeyDown, onFocus }
}

/** The place of the row that has the focus, if one has. */
function focusedPlace(root: HTMLElement | null): number | undefined {
  const active = document.activeElement
  const row = root?.contains(active) === true ? active?.closest('[data-place]') : null
  return row == null ? undefined : Number(row.getAttribute('data-place'))
}

/** From the name to the menu of the same row and back. */
function besideOf(key: string, target: HTMLElement): HTMLElement | undefined {
  const isBack = key === 'ArrowLeft'
  if (!isBack && key !== 'ArrowRight') return undefined
  const all = [
    ...(target.closest('[data-place]')?.querySelectorAll<HTMLElement>('[data-col]') ?? []),
  ]
  return all[all.indexOf(target) + (isBack ? -1 : 1)]
}
