// Fetches what stands beside the first screen, and draws parts of it once they are there.

import { type ComponentType, createElement, type ReactNode, useState } from 'react'
import { lazy } from '../../ui/late.ts'

let loaded: Beside | undefined

export const loadBeside = async () => {
  loaded ??= await import('./beside.ts')
  return loaded
}

export type Beside = typeof import('./beside.ts')

/** Names of what can be drawn. */
type PartName = {
  [N in keyof Beside]: Beside[N] extends ComponentType<never> ? N : never
}[keyof Beside]

/** What was fetched already; nothing is fetched for it. */
export const besideNow = (): Beside | undefined => loaded

/**
 * A part that is there is drawn with what it stands in: React's `lazy` would leave it out of the first drawing even then, and
 * put it in up to 300 ms later, moving what is below.
 */
export function beside<N extends PartName>(name: N): Beside[N] {
  const Late = lazy(async () => ({
    default: (await loadBeside())[name] as ComponentType<object>,
  }))
  const part = (given: object) => createElement(Part, { name, late: Late, given })
  // A part takes what the component takes.
  return part as unknown as Beside[N]
}

function Part(props: {
  readonly name: PartName
  readonly late: ComponentType<object>
  readonly given: object
}): ReactNode {
  // The same for as long as it is drawn: another one would begin anew.
  const [Drawn] = useState(
    () => (loaded?.[props.name] as ComponentType<object> | undefined) ?? props.late,
  )
  return createElement(Drawn, props.given)
}
