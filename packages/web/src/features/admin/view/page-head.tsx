// The head of a screen: the way to the menu on a phone, the title, what is said beside it, and what can be done.

import { createContext, type ReactNode, useContext } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { texts } from '../model/texts.ts'

/** Opens the menu, where it is not on screen. */
export const MenuContext = createContext<() => void>(() => undefined)

export function PageHead(props: {
  readonly title: string
  /** Where one level up is. */
  readonly back?: { readonly href: string; readonly label: string }
  readonly beside?: ReactNode
  readonly children?: ReactNode
}): ReactNode {
  const openMenu = useContext(MenuContext)
  return (
    <header className="page-head">
      <span className="only-narrow">
        <IconButton icon="menu" label={texts.menu} onClick={openMenu} />
      </span>
      {props.back === undefined ? null : (
        <Anchor className="iconbtn" href={props.back.href} label={props.back.label}>
          <Icon name="chevron-left" size="l" />
        </Anchor>
      )}
      <h1 className="title">{props.title}</h1>
      <span className="beside sm dim">{props.beside}</span>
      <span className="acts">{props.children}</span>
    </header>
  )
}

/** Screens with parts: a row of links under the head. */
export function Tabs(props: {
  readonly label: string
  readonly tabs: readonly {
    readonly key: string
    readonly title: string
    readonly href: string
    readonly count?: number | undefined
  }[]
  readonly current: string
}): ReactNode {
  return (
    <nav className="tabs" aria-label={props.label}>
      {props.tabs.map((tab) => (
        <Anchor key={tab.key} href={tab.href} current={tab.key === props.current}>
          {tab.title}
          {tab.count === undefined ? null : <span className="num faint"> {tab.count}</span>}
        </Anchor>
      ))}
    </nav>
  )
}

/** What stands beside the screen: a row looked into, a draft reviewed. Over it where there is no room. */
export function SideSheet(props: {
  readonly title: string
  readonly closeHref: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <aside className="side-sheet" aria-label={props.title}>
      <header>
        <h2 className="title">{props.title}</h2>
        <Anchor className="iconbtn" href={props.closeHref} label={texts.close}>
          <Icon name="x" />
        </Anchor>
      </header>
      <div className="side-body">{props.children}</div>
    </aside>
  )
}
