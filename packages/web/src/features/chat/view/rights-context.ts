// The channel a part stands in, for parts deep down that speak of the reader's own rights there.

import type { Api, ResourceView } from '@sayso/client'
import { createContext, useContext } from 'react'
import type { Notices } from '../store/use-notices.ts'

export type RightsHere = {
  readonly view: ResourceView
  /** Id of the reader. */
  readonly me: string
  readonly api: Api
  readonly notices: Notices
  readonly control: (action: string) => import('../model/controls.ts').Control
  /** Server time of the reader's own newest message here. */
  readonly lastOwnMs: number | undefined
}

export const RightsContext = createContext<RightsHere | undefined>(undefined)

export function useRightsHere(): RightsHere | undefined {
  return useContext(RightsContext)
}
