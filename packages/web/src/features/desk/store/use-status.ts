// How one is seen at the desk: asked once, changed at once, told by the board when it changes elsewhere.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSay } from '../../../ui/notices.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import type { OwnDesk, Status } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import type { ClosingRule } from './calls.ts'
import { useDesk } from './desk-context.tsx'

export type OwnStatus = {
  /** Absent until it is known, and for whoever is no operator. */
  readonly own: OwnDesk | undefined
  readonly setStatus: (status: Status) => Promise<void>
  /** Whether what one has is closed by itself; absent: no more. @throws the error of the server */
  readonly setClosing: (rule: ClosingRule | undefined) => Promise<void>
}

export function useOwnStatus(): OwnStatus {
  const { calls, tenant, board, me } = useDesk()
  const client = useQueryClient()
  const say = useSay()
  const key = ['desk-me', tenant]
  const found = useQuery({ queryKey: key, queryFn: () => calls.me(tenant) })
  useEffect(
    () =>
      board.subscribe((news) => {
        const isOwn = news.kind === 'operator' && news.operator.id === me.id
        if (!isOwn && news.kind !== 'missed') return
        void client.invalidateQueries({ queryKey: ['desk-me', tenant] })
      }),
    [board, client, me.id, tenant],
  )
  return {
    own: found.data,
    setClosing: async (rule) => {
      const own = rule === undefined ? calls.dropClosing(tenant) : calls.setClosing(tenant, rule)
      client.setQueryData(key, await own)
    },
    setStatus: async (status) => {
      const before = found.data
      if (before !== undefined) client.setQueryData(key, { ...before, status })
      try {
        client.setQueryData(key, await calls.setStatus(tenant, status))
      } catch (cause) {
        client.setQueryData(key, before)
        say({ tone: 'bad', title: texts.notDone, text: refusalOf(cause) })
      }
    },
  }
}
