// Opens the card of a person beside what was pressed. Given from above; absent: nobody's card can be opened here.

import { createContext } from 'react'

export const WhoContext = createContext<((id: string, beside: HTMLElement) => void) | undefined>(
  undefined,
)
