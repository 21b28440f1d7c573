// A menu of actions by mouse, keyboard and touch. An action that is refused stays in its place and says why.

import { Fragment, type KeyboardEvent, type ReactNode, type RefObject, useEffect } from 'react'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { useNavigate } from './navigation.tsx'
import { partTexts } from './part-texts.ts'
import { usePopup } from './popup.ts'

export type MenuItem = {
  readonly key: string
  readonly label: string
  readonly icon: string
  /** What it does, or why it is refused, in small text under the verb. */
  readonly detail?: string | undefined
  readonly isOff?: boolean
  /** Where it leads whoever asks why it is off. `label` begins with `text` and says of what. */
  readonly why?: { readonly href: string; readonly text: string; readonly label: string }
  /** Takes something away: stands apart from the others. */
  readonly isDanger?: boolean
  /** One of several, of which this one holds. */
  readonly isChecked?: boolean
  readonly onSelect: () => void
}

/**
 * Items under each other; groups are parted by a line, and may have a heading. In a `row` they stand side by side: each is
 * the character that is its icon, its label is only spoken.
 */
export type MenuGroup = {
  readonly title?: string
  readonly look?: 'list' | 'row'
  readonly items: readonly MenuItem[]
}

export type MenuContentProps = {
  readonly label: string
  readonly head?: ReactNode
  readonly groups: readonly MenuGroup[]
}

export type MenuProps = MenuContentProps & {
  readonly icon: string
  /** Of the button; -1 where arrow keys lead to it. */
  readonly tabIndex?: number | undefined
  readonly onOpenChange?: (isOpen: boolean) => void
}

export function Menu(props: MenuProps): ReactNode {
  const { trigger, popup, isOpen, open, close, onToggle } = usePopup('below')
  useEffect(() => {
    if (isOpen) focusFirst(popup.current)
  }, [isOpen, popup])
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="iconbtn"
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        tabIndex={props.tabIndex}
        data-col={props.tabIndex === undefined ? undefined : '1'}
        onClick={open}
      >
        <Icon name={props.icon} />
      </button>
      <div
        ref={popup}
        popover="auto"
        className="popup menu"
        onToggle={(event) => {
          onToggle(event)
          props.onOpenChange?.(event.newState === 'open')
        }}
      >
        {isOpen ? <MenuContent {...props} popup={popup} close={close} /> : null}
      </div>
    </>
  )
}

/** Drawn only while open: a list of a thousand people has a thousand menus. */
export function MenuContent(
  props: MenuContentProps & {
    readonly popup: RefObject<HTMLDivElement | null>
    readonly close: () => void
  },
): ReactNode {
  return (
    <>
      <div className="grip">
        <IconButton icon="x" label={partTexts.close} onClick={props.close} />
      </div>
      {props.head === undefined ? null : <div className="who">{props.head}</div>}
      <div
        role="menu"
        tabIndex={-1}
        aria-label={props.label}
        onKeyDown={(event) => onKey(event, props.popup.current, props.close)}
      >
        {props.groups.map((group, index) => (
          <Group
            key={group.title ?? index}
            group={group}
            isFirst={index === 0}
            close={props.close}
          />
        ))}
      </div>
    </>
  )
}

function Group(props: {
  readonly group: MenuGroup
  readonly isFirst: boolean
  readonly close: () => void
}): ReactNode {
  return (
    <>
      {props.isFirst ? null : <hr />}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is not allowed inside a menu */}
      <div
        role="group"
        aria-label={props.group.title}
        className={props.group.look === 'row' ? 'mirow' : undefined}
      >
        {props.group.title === undefined || props.group.look === 'row' ? null : (
          <div className="group" aria-hidden="true">
            {props.group.title}
          </div>
        )}
        {props.group.items.map((item) => (
          <Fragment key={item.key}>
            <Item item={item} isShort={props.group.look === 'row'} close={props.close} />
            {item.isOff === true && item.why !== undefined ? (
              <WhyItem why={item.why} close={props.close} />
            ) : null}
          </Fragment>
        ))}
      </div>
    </>
  )
}

function Item(props: {
  readonly item: MenuItem
  readonly isShort: boolean
  readonly close: () => void
}): ReactNode {
  const { item, isShort } = props
  return (
    <button
      type="button"
      {...roleOf(item, isShort)}
      aria-disabled={item.isOff === true || undefined}
      tabIndex={-1}
      className={item.isDanger === true ? 'mi danger' : 'mi'}
      title={isShort ? (item.detail ?? item.label) : undefined}
      onClick={() => {
        if (item.isOff === true) return
        props.close()
        item.onSelect()
      }}
    >
      {isShort ? (
        <>
          <span aria-hidden="true">{item.icon}</span>
          <span className="vh">{item.label}</span>
        </>
      ) : (
        <>
          <Icon name={item.icon} />
          <span className="grow">
            {item.label}
            {item.detail === undefined ? null : <small>{item.detail}</small>}
          </span>
          {item.isChecked === true ? <Icon name="check" size="s" /> : null}
        </>
      )}
    </button>
  )
}

function WhyItem(props: {
  readonly why: NonNullable<MenuItem['why']>
  readonly close: () => void
}): ReactNode {
  const { href, text, label } = props.why
  const navigate = useNavigate()
  return (
    <a
      role="menuitem"
      className="mi why"
      tabIndex={-1}
      href={href}
      aria-label={label}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        props.close()
        navigate(href)
      }}
    >
      {text}
    </a>
  )
}

/** Of a list one holds; in a row any number. */
function roleOf(item: MenuItem, isShort: boolean) {
  if (item.isChecked === undefined) return { role: 'menuitem' } as const
  const role = isShort ? ('menuitemcheckbox' as const) : ('menuitemradio' as const)
  return { role, 'aria-checked': item.isChecked }
}

export function focusFirst(popup: HTMLElement | null): void {
  items(popup)[0]?.focus()
}

function items(popup: HTMLElement | null): readonly HTMLElement[] {
  return [...(popup?.querySelectorAll<HTMLElement>('.mi') ?? [])]
}

function onKey(event: KeyboardEvent, popup: HTMLElement | null, close: () => void): void {
  const all = items(popup)
  const at = all.indexOf(document.activeElement as HTMLElement)
  const next = inRow(event.key, all[at]) ?? target(event.key, at, all)
  if (next !== undefined) {
    event.preventDefault()
    next.focus()
  } else if (event.key === 'Tab') {
    event.preventDefault()
    close()
  }
}

/** Along a row, and out of it. */
function inRow(key: string, item: HTMLElement | undefined): HTMLElement | undefined {
  const row = item?.closest<HTMLElement>('.mirow')
  if (row == null || item === undefined) return undefined
  const all = items(row)
  const at = all.indexOf(item)
  if (key === 'ArrowRight') return all[(at + 1) % all.length]
  if (key === 'ArrowLeft') return all.at(at - 1)
  const menu = items(row.closest<HTMLElement>('[role="menu"]'))
  if (key === 'ArrowDown') return menu[(menu.indexOf(all.at(-1) ?? item) + 1) % menu.length]
  return key === 'ArrowUp' ? menu.at(menu.indexOf(all[0] ?? item) - 1) : undefined
}

function target(key: string, at: number, all: readonly HTMLElement[]): HTMLElement | undefined {
  if (key === 'ArrowDown') return all[(at + 1) % all.length]
  if (key === 'ArrowUp') return all.at(at <= 0 ? -1 : at - 1)
  if (key === 'Home') return all[0]
  if (key === 'End') return all.at(-1)
  if (key.length !== 1 || key === ' ') return undefined
  const order = [...all.slice(at + 1), ...all.slice(0, at + 1)]
  return order.find((item) => item.textContent?.toLowerCase().startsWith(key.toLowerCase()))
}
