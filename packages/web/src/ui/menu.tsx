// A menu of actions by mouse, keyboard and touch. An action that is refused stays in its place and says why.

import { type KeyboardEvent, type ReactNode, type RefObject, useEffect } from 'react'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { usePopup } from './popup.ts'

export type MenuItem = {
  readonly key: string
  readonly label: string
  readonly icon: string
  /** What it does, or why it is refused, in small text under the verb. */
  readonly detail?: string | undefined
  readonly isOff?: boolean
  /** One of several, of which this one holds. */
  readonly isChecked?: boolean
  readonly onSelect: () => void
}

/** Items under each other; groups are parted by a line, and may have a heading. */
export type MenuGroup = { readonly title?: string; readonly items: readonly MenuItem[] }

type MenuProps = {
  readonly label: string
  readonly icon: string
  readonly head?: ReactNode
  readonly groups: readonly MenuGroup[]
  readonly onOpenChange?: (isOpen: boolean) => void
}

export function Menu(props: MenuProps): ReactNode {
  const { trigger, popup, isOpen, open, close, onToggle } = usePopup('below')
  useEffect(() => {
    if (isOpen) items(popup.current)[0]?.focus()
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
        {isOpen ? <Content {...props} popup={popup} close={close} /> : null}
      </div>
    </>
  )
}

/** Drawn only while open: a list of a thousand people has a thousand menus. */
function Content(
  props: MenuProps & {
    readonly popup: RefObject<HTMLDivElement | null>
    readonly close: () => void
  },
): ReactNode {
  return (
    <>
      <div className="grip">
        <IconButton icon="x" label="Close" onClick={props.close} />
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
      <div role="group" aria-label={props.group.title}>
        {props.group.title === undefined ? null : (
          <div className="group" aria-hidden="true">
            {props.group.title}
          </div>
        )}
        {props.group.items.map((item) => (
          <Item key={item.key} item={item} close={props.close} />
        ))}
      </div>
    </>
  )
}

function Item(props: { readonly item: MenuItem; readonly close: () => void }): ReactNode {
  const { item } = props
  const role =
    item.isChecked === undefined
      ? ({ role: 'menuitem' } as const)
      : ({ role: 'menuitemradio', 'aria-checked': item.isChecked } as const)
  return (
    <button
      type="button"
      {...role}
      aria-disabled={item.isOff === true || undefined}
      tabIndex={-1}
      className="mi"
      onClick={() => {
        if (item.isOff === true) return
        props.close()
        item.onSelect()
      }}
    >
      <Icon name={item.icon} />
      <span className="grow">
        {item.label}
        {item.detail === undefined ? null : <small>{item.detail}</small>}
      </span>
      {item.isChecked === true ? <Icon name="check" size="s" /> : null}
    </button>
  )
}

function items(popup: HTMLElement | null): readonly HTMLElement[] {
  return [...(popup?.querySelectorAll<HTMLElement>('.mi') ?? [])]
}

function onKey(event: KeyboardEvent, popup: HTMLElement | null, close: () => void): void {
  const all = items(popup)
  const at = all.indexOf(document.activeElement as HTMLElement)
  const next = target(event.key, at, all)
  if (next !== undefined) {
    event.preventDefault()
    next.focus()
  } else if (event.key === 'Tab') {
    event.preventDefault()
    close()
  }
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
