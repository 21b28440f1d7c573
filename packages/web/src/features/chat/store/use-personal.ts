// What one keeps for oneself, as components see it.

import type { OwnCollection } from '@sayso/client'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Personal, Values } from './personal.ts'

const PersonalContext = createContext<Personal | undefined>(undefined)

export const PersonalProvider = PersonalContext.Provider

const NEVER = () => () => undefined
const NOTHING: Values = new Map()

/** A collection as it is now, drawn again when it changes; empty until there is a store. */
export function usePersonal(collection: OwnCollection): Values {
  const personal = useContext(PersonalContext)
  return useSyncExternalStore(
    personal?.subscribe ?? NEVER,
    () => personal?.all(collection) ?? NOTHING,
  )
}

/** To write with; absent for the first moment. */
export function usePersonalStore(): Personal | undefined {
  return useContext(PersonalContext)
}
