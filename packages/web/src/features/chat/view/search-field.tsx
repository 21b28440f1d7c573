// The field of a search. While a filter is typed, what may come next is offered below it: arrow keys move through the list, Enter
// and Tab take what is marked, Escape closes it until something else is begun.

import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { type Begun, withChosen } from '../model/filters.ts'
import { findingTexts } from '../model/texts-finding.ts'
import { whoTexts } from '../model/texts-who.ts'
import { writingTexts } from '../model/texts-writing.ts'
import type { FilterOption } from '../store/use-search-filters.ts'

export type SearchFieldProps = {
  readonly field: RefObject<HTMLInputElement | null>
  readonly text: string
  /** Where the caret is. */
  readonly caret: number
  readonly begun: Begun | undefined
  readonly options: readonly FilterOption[]
  readonly onType: (text: string, caret: number) => void
  /** Goes on to what was found. */
  readonly onDown: () => void
}

export function SearchField(props: SearchFieldProps): ReactNode {
  const { field, text, caret, begun } = props
  const id = useId()
  const list = useOpenList(props)
  const { options, at } = list
  const active = at === undefined ? undefined : options[at]
  useLaterCaret(field, text, caret)
  const choose = (option: FilterOption) => {
    if (begun === undefined) return
    const next = withChosen(text, caret, begun, option.chosen)
    props.onType(next.text, next.caret)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (list.onKey(event.key)) event.stopPropagation()
    else if (
      (event.key === 'Enter' || event.key === 'Tab') &&
      !event.shiftKey &&
      active !== undefined
    )
      choose(active)
    else if (event.key === 'ArrowDown') props.onDown()
    else return
    event.preventDefault()
  }
  const follow = () => {
    const { value = text, selectionStart } = field.current ?? {}
    props.onType(value, selectionStart ?? value.length)
  }
  return (
    <>
      <input
        ref={field}
        className="find-field"
        type="search"
        role="combobox"
        value={text}
        aria-label={findingTexts.searchFor}
        aria-describedby="find-hint"
        aria-autocomplete="list"
        aria-expanded={options.length > 0}
        aria-controls={options.length > 0 ? id : undefined}
        aria-activedescendant={active === undefined ? undefined : `${id}-${at}`}
        placeholder={findingTexts.searchFor}
        maxLength={400}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        onChange={follow}
        onSelect={follow}
        onKeyDown={onKeyDown}
      />
      <Offered id={id} options={options} at={at} onChoose={choose} />
      <p className="vh" role="status">
        {active === undefined
          ? ''
          : writingTexts.chosen(active.label, (at ?? 0) + 1, options.length)}
      </p>
    </>
  )
}

function Offered(props: {
  readonly id: string
  readonly options: readonly FilterOption[]
  readonly at: number | undefined
  readonly onChoose: (option: FilterOption) => void
}): ReactNode {
  const { id, options, at } = props
  if (options.length === 0) return null
  return (
    <div id={id} role="listbox" className="filters" aria-label={whoTexts.filters}>
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={option.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => props.onChoose(option)}
        >
          <Picture option={option} />
          <bdi className="cut">{option.label}</bdi>
          {option.detail === undefined ? null : (
            <span className="xs faint cut">{option.detail}</span>
          )}
        </div>
      ))}
    </div>
  )
}

function Picture({ option }: { readonly option: FilterOption }): ReactNode {
  const { person } = option
  if (person === undefined) return <Icon name={option.icon} fallback="hash" />
  return <Avatar id={person.id} name={person.name} picture={person.picture} size="s" />
}

const NOTHING: readonly FilterOption[] = []

/** What is offered, and what of it is marked: of values the first, of names of filters none until one moves there. */
function useOpenList({ begun, options: all }: SearchFieldProps) {
  const [closed, setClosed] = useState<number>()
  const [marked, setMarked] = useState<{ readonly of: string; readonly at: number }>()
  const options = begun === undefined || begun.from === closed ? NOTHING : all
  const beginning = `${begun?.from} ${begun?.filter} ${begun?.typed}`
  const first = begun?.filter === undefined ? undefined : 0
  const moved = marked?.of === beginning ? Math.min(marked.at, options.length - 1) : undefined
  const at = options.length === 0 ? undefined : (moved ?? first)
  const onKey = (key: string): boolean => {
    if (options.length === 0) return false
    if (key === 'Escape') {
      setClosed(begun?.from)
      return true
    }
    const to =
      key === 'ArrowDown'
        ? (at ?? -1) + 1
        : key === 'ArrowUp'
          ? (at ?? options.length) - 1
          : undefined
    if (to === undefined) return false
    setMarked({ of: beginning, at: (to + options.length) % options.length })
    return true
  }
  return { options, at, onKey }
}

/** After something was put in, the caret stands behind it. */
function useLaterCaret(
  field: RefObject<HTMLInputElement | null>,
  text: string,
  caret: number,
): void {
  const last = useRef(text)
  useLayoutEffect(() => {
    if (last.current === text) return
    last.current = text
    const element = field.current
    if (element !== null && element.selectionStart !== caret)
      element.setSelectionRange(caret, caret)
  }, [field, text, caret])
}
