// Who is here and how, for what lists people: with a while of grace for those whose connection broke, and drawn again when
// something of it ends by itself.

import { useEffect, useMemo, useRef, useState } from 'react'
import { serverNow } from '../../../../ui/server-clock.ts'
import { nextEndMs, type PresenceSaid, presenceSaid } from '../../model/presence-said.ts'
import { NOBODY, nextGoneMs, presentAfter } from '../../model/present.ts'
import type { Members } from '../../store/presence.ts'

export type Presences = {
  /** Who is seen as here. */
  readonly here: ReadonlySet<string>
  /** How somebody is; absent: offline. */
  readonly of: (id: string) => PresenceSaid | undefined
}

/** @param known people whose place in the list is kept while they are away for a moment; strangers just go */
export function usePresences(members: Members, known: ReadonlySet<string>): Presences {
  const before = useRef(NOBODY)
  const [nowMs, setNowMs] = useState(serverNow)
  const present = useMemo(() => {
    const next = presentAfter(before.current, members, Math.max(nowMs, serverNow()))
    before.current = next
    return next
  }, [members, nowMs])
  const said = useMemo(() => {
    const atMs = serverNow()
    return new Map(
      [...present]
        .filter(([id, one]) => one.goneMs === undefined || known.has(id))
        .map(([id, { values }]) => [id, presenceSaid(values, atMs)] as const),
    )
  }, [present, known])
  useEffect(() => {
    const ends = [...said.values()].map(nextEndMs).filter((end) => end !== undefined)
    const next = Math.min(nextGoneMs(present) ?? Number.POSITIVE_INFINITY, ...ends)
    if (!Number.isFinite(next)) return
    const timer = setTimeout(() => setNowMs(serverNow()), waitMs(next - serverNow()))
    return () => clearTimeout(timer)
  }, [present, said])
  return useMemo(() => ({ here: new Set(said.keys()), of: (id: string) => said.get(id) }), [said])
}

/** Browsers count no timer beyond some 24 days. */
function waitMs(ms: number): number {
  return Math.min(Math.max(ms, 0) + 20, 2 ** 31 - 1)
}
