// Links inside the app. Who navigates is given from above, so that a screen can be drawn anywhere.

import { createContext, type MouseEvent, type ReactNode, useContext } from 'react'

export type Navigate = (href: string, options?: { readonly replace?: boolean }) => void

const Context = createContext<Navigate>((href) => location.assign(href))

export function NavigationProvider(props: {
  readonly navigate: Navigate
  readonly children: ReactNode
}): ReactNode {
  return <Context value={props.navigate}>{props.children}</Context>
}

export function useNavigate(): Navigate {
  return useContext(Context)
}

/** Names the step of the browser's history one is at; the same again when one comes back to it. */
export function entryOfHistory(): string {
  const { entry } = (history.state ?? {}) as { readonly entry?: unknown }
  return typeof entry === 'string' ? entry : 'first'
}

/** A link of ours: a real one for new tabs and copying, without loading the page again. */
export function Anchor(props: {
  readonly href: string
  readonly className?: string
  readonly current?: boolean
  readonly label?: string
  readonly replace?: boolean
  readonly children: ReactNode
}): ReactNode {
  const navigate = useNavigate()
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(props.href, { replace: props.replace ?? false })
  }
  return (
    <a
      href={props.href}
      className={props.className}
      aria-current={props.current === true ? 'page' : undefined}
      aria-label={props.label}
      onClick={onClick}
    >
      {props.children}
    </a>
  )
}
