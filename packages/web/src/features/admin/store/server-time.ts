// The server's time while a screen counts down: asked once, carried on by a clock that the device's own settings do not move.

import type { Api } from '@sayso/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** A device that slept or was set is found out, and asked again. */
const JUMP_MS = 500
const FRESH_MS = 300_000

type Base = { readonly serverMs: number; readonly ranMs: number; readonly wallMs: number }

/** Milliseconds since 1970 as the server counts, drawn anew each second; the device's own until the server has said. */
export function useServerTime(api: Api): number {
  const [, draw] = useState(0)
  const { data: base, refetch } = useQuery({
    queryKey: ['server-time'],
    staleTime: FRESH_MS,
    queryFn: async (): Promise<Base> => {
      const began = performance.now()
      const { serverTimeMs } = await api.session()
      const ranMs = performance.now()
      // Half of the way there and back counts as the way back.
      return { serverMs: serverTimeMs + (ranMs - began) / 2, ranMs, wallMs: Date.now() }
    },
  })
  useEffect(() => {
    const timer = setInterval(() => {
      if (base !== undefined && hasJumped(base)) void refetch()
      draw((count) => count + 1)
    }, 1_000)
    return () => clearInterval(timer)
  }, [base, refetch])
  return base === undefined ? Date.now() : base.serverMs + performance.now() - base.ranMs
}

function hasJumped(base: Base): boolean {
  return Math.abs(Date.now() - base.wallMs - (performance.now() - base.ranMs)) > JUMP_MS
}
