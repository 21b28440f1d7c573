// The server's time on this device: measured, and carried on by a clock that the device's own settings do not move.

import { useEffect, useState } from 'react'

/** A jump between the two clocks of the device beyond this means that it slept or was set. */
const JUMP_MS = 500
const AGAIN_MS = 5_000

/** Who says what time it is there. */
type Api = { session(): Promise<{ readonly serverTimeMs: number }> }

type Base = { readonly serverMs: number; readonly ranMs: number; readonly wallMs: number }

let base: Base | undefined
let lastAskedMs = Number.NEGATIVE_INFINITY

/** Milliseconds since 1970 as the server counts; the device's own until it was measured. */
export function serverNow(): number {
  return base === undefined ? Date.now() : base.serverMs + performance.now() - base.ranMs
}

/** Takes an instant the server has just told. */
export function serverSaid(serverMs: number): void {
  base = { serverMs, ranMs: performance.now(), wallMs: Date.now() }
}

/** Asks the server; half of the way there and back counts as the way back. */
export async function measureServer(api: Api): Promise<void> {
  const began = performance.now()
  if (began - lastAskedMs < AGAIN_MS) return
  lastAskedMs = began
  const { serverTimeMs } = await api.session()
  serverSaid(serverTimeMs + (performance.now() - began) / 2)
}

/** True if the clocks of the device have moved apart: while it slept one stood still. */
function hasJumped(): boolean {
  if (base === undefined) return true
  const wall = Date.now() - base.wallMs
  const ran = performance.now() - base.ranMs
  return Math.abs(wall - ran) > JUMP_MS
}

/** The server's time, drawn again each second until an instant; undefined while there is nothing to wait for. */
export function useServerNow(api: Api, untilMs: number | undefined): number | undefined {
  const [nowMs, setNowMs] = useState(serverNow)
  useEffect(() => {
    if (untilMs === undefined) return
    const draw = () => setNowMs(serverNow())
    const check = () => {
      if (hasJumped()) measureServer(api).then(draw, () => undefined)
      draw()
    }
    check()
    const timer = setInterval(check, 1_000)
    document.addEventListener('visibilitychange', check)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', check)
    }
  }, [api, untilMs])
  return untilMs === undefined ? undefined : nowMs
}
