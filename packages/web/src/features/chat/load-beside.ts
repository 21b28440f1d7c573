// Fetches what stands beside the first screen, and draws parts of it once they are there.

import type { ComponentType } from 'react'
import { lazy } from '../../ui/late.ts'

export const loadBeside = () => import('./beside.ts')

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
