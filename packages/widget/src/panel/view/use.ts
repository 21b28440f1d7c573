// What the views read: the panel, its state, and the texts of the visitor's language.

import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { Texts } from '../lang/en.ts'
import { filled } from '../model/texts.ts'
import type { PanelActs } from '../store/panel.ts'
import type { PanelState, Ready } from '../store/state.ts'

type Given = { readonly panel: PanelActs; readonly state: Ready }

export const PanelContext = createContext<Given | undefined>(undefined)

export function usePanel(): Given {
  const given = useContext(PanelContext)
  if (given === undefined) throw new Error('outside of a panel')
  return given
}

export function usePanelState(panel: PanelActs): PanelState {
  const [state, set] = useState(panel.store.state)
  useEffect(() => {
    set(panel.store.state)
    return panel.store.subscribe(() => set(panel.store.state))
  }, [panel])
  return state
}

/** A text by its name, its braces filled. */
export type Say = (name: keyof Texts, values?: Readonly<Record<string, string | number>>) => string

export function useSay(): Say {
  const { spoken } = usePanel().state
  return (name, values = {}) => filled(spoken.texts[name], values)
}
