// Lists of the inbox as state of the screen.

import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Wanted } from '../model/inbox.ts'
import type { InboxView } from '../model/shapes.ts'
import { useDesk } from './desk-context.tsx'
import type { InboxList, ListState } from './inbox-list.ts'

const NONE: ListState = { items: [], hasMore: false, phase: 'loading' }
const noSubscription = () => () => undefined

export type UsedList = ListState & Partial<Pick<InboxList, 'more' | 'again'>>

export function useInboxList(wanted: Omit<Wanted, 'me'>): UsedList {
  const { inbox, me } = useDesk()
  const word = JSON.stringify(wanted)
  const [list, setList] = useState<InboxList>()
  useEffect(() => {
    const opened = inbox.list({ ...(JSON.parse(word) as Wanted), me: me.id })
    setList(opened)
    return () => {
      inbox.leave(opened)
      setList(undefined)
    }
  }, [inbox, me.id, word])
  const state = useSyncExternalStore(list?.subscribe ?? noSubscription, list?.state ?? (() => NONE))
  return list === undefined ? state : { ...state, more: list.more, again: list.again }
}

/** How many there are in a view; `isMore`: at least so many. */
export function useCount(view: InboxView): { readonly count: number; readonly isMore: boolean } {
  const { items, hasMore } = useInboxList({ view })
  return { count: items.length, isMore: hasMore }
}
