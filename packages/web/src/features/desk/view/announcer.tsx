// The one live region of the desk: what happens is said once, politely.

import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { choices } from '../../../ui/choices.ts'

const Context = createContext<(text: string) => void>(() => undefined)

/** Says something to screen readers. */
export function useAnnounce(): (text: string) => void {
  return useContext(Context)
}

export function Announcer(props: { readonly children: ReactNode }): ReactNode {
  const [said, setSaid] = useState('')
  const isOdd = useRef(false)
  const announce = useCallback((text: string) => {
    if (!choices().announce) return
    // The same words twice are two events: readers speak what differs.
    isOdd.current = !isOdd.current
    setSaid(isOdd.current ? text : `${text}\u00a0`)
  }, [])
  return (
    <Context value={announce}>
      {props.children}
      <div className="vh" role="status" aria-live="polite">
        {said}
      </div>
    </Context>
  )
}
