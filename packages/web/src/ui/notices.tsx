// What came of things, said once, politely, and gone after six seconds unless it is looked at.

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { formTexts } from './form-texts.ts'
import { partTexts } from './part-texts.ts'
import { Toast } from './toast.tsx'

export type Notice = {
  readonly tone: 'good' | 'bad'
  readonly title: string
  readonly text?: string
  readonly action?: { readonly label: string; readonly onClick: () => void }
}
type Say = (notice: Notice) => void
type Kept = Notice & { readonly id: number }

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
      <section className="toasts" aria-live="polite" aria-label={formTexts.saved}>
        {notices.map((notice) => (
          <Raised key={notice.id} notice={notice} onDown={drop} />
        ))}
      </section>
    </Context>
  )
}

function Raised(props: {
  readonly notice: Kept
  readonly onDown: (id: number) => void
}): ReactNode {
  const { notice, onDown } = props
  const { id } = notice
  const down = useCallback(() => onDown(id), [id, onDown])
  const isGood = notice.tone === 'good'
  return (
    <Toast
      tone={isGood ? 'gain' : 'loss'}
      glyph={isGood ? 'check' : 'circle-alert'}
      title={notice.title}
      dismiss={partTexts.close}
      onDown={down}
    >
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
    </Toast>
  )
}
