// What came of things, said once, politely, and gone after six seconds unless it is looked at.

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { texts } from '../model/texts.ts'

export type Notice = {
  readonly tone: 'good' | 'bad'
  readonly title: string
  readonly text?: string
  readonly action?: { readonly label: string; readonly onClick: () => void }
}
type Say = (notice: Notice) => void
type Kept = Notice & { readonly id: number }

const SHOWN_MS = 6_000
const MOST_SHOWN = 3
const Context = createContext<Say>(() => undefined)

export function useSay(): Say {
  return useContext(Context)
}

export function NoticesProvider(props: { readonly children: ReactNode }): ReactNode {
  const [notices, setNotices] = useState<readonly Kept[]>([])
  const say = useCallback<Say>(
    (notice) =>
      setNotices((now) =>
        [...now, { ...notice, id: (now.at(-1)?.id ?? 0) + 1 }].slice(-MOST_SHOWN),
      ),
    [],
  )
  const drop = useCallback(
    (id: number) => setNotices((now) => now.filter((one) => one.id !== id)),
    [],
  )
  return (
    <Context value={say}>
      {props.children}
      <section className="toasts" aria-live="polite" aria-label={texts.saved}>
        {notices.map((notice) => (
          <Toast key={notice.id} notice={notice} onDown={drop} />
        ))}
      </section>
    </Context>
  )
}

function Toast(props: { readonly notice: Kept; readonly onDown: (id: number) => void }): ReactNode {
  const { notice, onDown } = props
  const [isHeld, setHeld] = useState(false)
  const { id } = notice
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => onDown(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, id, onDown])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: looking at it holds it; there is nothing to press
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={`say ${notice.tone === 'good' ? 'gain' : 'loss'}`}>
        <Icon name={notice.tone === 'good' ? 'check' : 'circle-alert'} />
      </span>
      <p className="grow">
        <b>{notice.title}</b>
        {notice.text === undefined ? null : (
          <>
            <br />
            <span className="dim">{notice.text}</span>
          </>
        )}
        {notice.action === undefined ? null : (
          <>
            <br />
            <button type="button" className="link" onClick={notice.action.onClick}>
              {notice.action.label}
            </button>
          </>
        )}
      </p>
      <IconButton icon="x" label={texts.close} onClick={() => onDown(id)} />
    </div>
  )
}
