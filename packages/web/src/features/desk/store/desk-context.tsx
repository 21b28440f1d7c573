// What every part of the desk is given: the calls, the board, who one is, and in which tenant one works.

import type { Api, PersonView } from '@sayso/client'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { Board } from './board.ts'
import { type DeskCalls, deskCalls } from './calls.ts'
import { type DeviceStore, deviceStore } from './device-store.ts'
import { Inbox } from './inbox.ts'
import type { Realtime } from './port.ts'

export type Desk = {
  readonly api: Api
  readonly calls: DeskCalls
  readonly realtime: Realtime
  readonly board: Board
  readonly inbox: Inbox
  readonly kept: DeviceStore
  readonly me: PersonView
  /** Key of the tenant. */
  readonly tenant: string
}

const Context = createContext<Desk | undefined>(undefined)

export function useDesk(): Desk {
  const desk = useContext(Context)
  if (desk === undefined) throw new Error('a part of the desk is drawn outside of it')
  return desk
}

export function DeskProvider(props: {
  readonly api: Api
  readonly realtime: Realtime
  readonly me: PersonView
  readonly tenant: string
  readonly children: ReactNode
}): ReactNode {
  const { api, realtime, me, tenant } = props
  const [calls] = useState(deskCalls)
  const [board, setBoard] = useState<Board>()
  useEffect(() => {
    const opened = new Board(realtime)
    setBoard(opened)
    return () => {
      opened.close()
      setBoard(undefined)
    }
  }, [realtime])
  const kept = useMemo(() => deviceStore(me.id, globalThis.localStorage), [me.id])
  const desk = useMemo(
    () =>
      board && {
        api,
        calls,
        realtime,
        board,
        inbox: new Inbox(calls, board, tenant),
        kept,
        me,
        tenant,
      },
    [api, calls, realtime, board, kept, me, tenant],
  )
  return desk === undefined ? null : <Context value={desk}>{props.children}</Context>
}
