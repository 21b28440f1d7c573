// Notices of the reader's own rights, and the marker on channels that have just opened.

import type { PermissionChange } from '@sayso/client'
import { usePermissionChanges } from '@sayso/client/react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { again } from '../../../ui/late.ts'
import { loadBeside } from '../load-beside.ts'
import { freshAfter, keyOf, seen } from '../model/channels.ts'
import { allRead, type Notice, withNews, withoutToast } from '../model/notice-list.ts'
import type { Said } from '../model/texts.ts'
import type { ChatStore } from './chat-store.ts'

export type Notices = {
  readonly list: readonly Notice[]
  /** Channels that opened and were not looked at yet. */
  readonly fresh: ReadonlySet<string>
  readonly lower: (id: string) => void
  readonly readAll: () => void
  readonly tell: (said: Said) => void
}

export function useNotices(
  store: ChatStore | undefined,
  me: string,
  current: string | undefined,
): Notices {
  const [list, setList] = useState<readonly Notice[]>([])
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  usePermissionChanges((change) => {
    const hasDraft = current !== undefined && (store?.kept.draft(current) ?? '') !== ''
    setFresh((now) => freshAfter(now, change, current))
    const atMs = Date.now()
    // How changes are worded. Later calls answer at once.
    void again(loadBeside).then(({ withChange }) =>
      setList((now) => {
        const next = withChange(now, change, { id: me, hasDraft }, atMs)
        const top = next[0]
        return isOnCard(change, current) && top !== undefined ? withoutToast(next, top.id) : next
      }),
    )
  })
  useEffect(() => {
    if (current !== undefined) setFresh((now) => seen(now, current))
  }, [current])
  const lower = useCallback((id: string) => setList((now) => withoutToast(now, id)), [])
  const readAll = useCallback(() => setList(allRead), [])
  const tell = useCallback((said: Said) => setList((now) => withNews(now, said, Date.now())), [])
  return useMemo(() => ({ list, fresh, lower, readAll, tell }), [list, fresh, lower, readAll, tell])
}

/** The card in the place of the channel or the composer says it already; a toast beside it would say it twice. */
function isOnCard(change: PermissionChange, current: string | undefined): boolean {
  const { gained, changed, lost } = change
  const [only] = [...lost, ...changed]
  if (only === undefined || lost.length + changed.length + gained.length > 1) return false
  if (keyOf(only) !== current) return false
  const [one] = changed
  return one === undefined || (one.lost.includes('publish') && one.restraints !== undefined)
}
