// Who is here and how, for what lists people: with a while of grace for those whose connection broke, and drawn again when
// something of it ends by itself.

import { useEffect, useMemo, useRef, useState } from 'react'
import { serverNow } from '../../../../ui/server-clock.ts'
import { nextEndMs, type PresenceSaid, presenceSaid } from '../../model/presence-said.ts'
import { joined, NOBODY, nextGoneMs, presentAfter } from '../../model/present.ts'
import type { Members } from '../../store/presence.ts'
import { useWhereabouts } from './whereabouts-now.ts'

export type Presences = {
  /** Who is seen as here. */
  readonly here: ReadonlySet<string>
  /** How somebody is; absent: offline. */
  readonly of: (id: string) => PresenceSaid | undefined
  /** False as long as somebody has not been heard of: then nothing is said of them. */
  readonly isSure: (id: string) => boolean
}

/**
 * @param channel who has the channel open
 * @param on the channel, or the resource of it
 * @param known people whose place in the list is kept while they are away for a moment; strangers just go
 */
export function usePresences(channel: Members, on: string, known: ReadonlySet<string>): Presences {
  const anywhere = useWhereabouts(on, known)
  const members = useMemo(() => joined(channel, anywhere), [channel, anywhere])
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
        .filter(([id, one]) => one.goneMs === undefined || known.has(id) || anywhere.has(id))
        .map(([id, { values }]) => [id, presenceSaid(values, atMs)] as const),
    )
  }, [present, known, anywhere])
  useEffect(() => {
    const ends = [...said.values()].map(nextEndMs).filter((end) => end !== undefined)
    const next = Math.min(nextGoneMs(present) ?? Number.POSITIVE_INFINITY, ...ends)
    if (!Number.isFinite(next)) return
    const timer = setTimeout(() => setNowMs(serverNow()), waitMs(next - serverNow()))
    return () => clearTimeout(timer)
  }, [present, said])
  return useMemo(
    () => ({
      here: new Set(said.keys()),
      of: (id: string) => said.get(id),
      isSure: (id: string) => said.has(id) || anywhere.has(id),
    }),
    [said, anywhere],
  )
}

/** Browsers count no timer beyond some 24 days. */
function waitMs(ms: number): number {
  return Math.min(Math.max(ms, 0) + 20, 2 ** 31 - 1)
}
