// Fetches what stands beside the first screen, and draws parts of it once they are there. The messages go first: on a slow
// line both would come late.

import type { ComponentType } from 'react'
import { lazy } from '../../ui/late.ts'

/** Whoever sees no messages by then, or never will, is not kept waiting. */
const LATEST_MS = 1_000

let begin = () => {}
const begun = new Promise<void>((resolve) => {
  begin = resolve
})
let isAsked = false

/** The messages are on screen. */
export const afterMessages = () => begin()

export async function loadBeside() {
  if (!isAsked) {
    isAsked = true
    setTimeout(begin, LATEST_MS)
    // Whoever does something wants more than to read.
    for (const kind of ['pointerdown', 'keydown'])
      globalThis.addEventListener?.(kind, begin, { capture: true, once: true })
  }
  await begun
  return import('./beside.ts')
}

type Beside = Awaited<ReturnType<typeof loadBeside>>

/** Names of what can be drawn. */
type PartName = {
  [N in keyof Beside]: Beside[N] extends ComponentType<never> ? N : never
}[keyof Beside]

export function beside<N extends PartName>(name: N): Beside[N] {
  // A lazy component takes what the component takes.
  return lazy(async () => ({
    default: (await loadBeside())[name] as ComponentType<object>,
  })) as unknown as Beside[N]
}
