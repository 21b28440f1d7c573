// Gives a tree of components the live permissions of one realtime connection.

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { UNKNOWN } from '../fold.ts'
import { type LivePermissions, permissions } from '../live.ts'
import type { RealtimePort } from '../realtime-port.ts'

const NOBODY = { id: '', roles: [], live: false } as const

/** What hooks see before the connection is there: nothing is known, nothing changes. */
const SILENT: LivePermissions = {
  can: () => UNKNOWN,
  known: () => false,
  user: () => NOBODY,
  resources: () => NOBODY.roles,
  roles: () => NOBODY.roles,
  subscribe: () => () => undefined,
  onChange: () => () => undefined,
  close: () => undefined,
}

const Context = createContext<LivePermissions>(SILENT)

/** Follows the rights of whoever `realtime` belongs to, for as long as it is mounted. */
export function SaysoProvider(props: {
  readonly realtime: RealtimePort
  readonly children: ReactNode
}): ReactNode {
  const { realtime } = props
  const [live, setLive] = useState<LivePermissions>(SILENT)
  useEffect(() => {
    const opened = permissions(realtime)
    setLive(opened)
    return () => {
      setLive(SILENT)
      opened.close()
    }
  }, [realtime])
  return <Context value={live}>{props.children}</Context>
}

/** The live permissions of the nearest provider; knows nothing outside of one. */
export function usePermissions(): LivePermissions {
  return useContext(Context)
}
