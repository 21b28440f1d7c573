// Parts that few need: fetched when they are first shown, and again if the network was gone.

import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

const AGAIN_MS = 2_000

export function late(load: () => Promise<ComponentType>): ComponentType {
  let loaded: ComponentType | undefined
  return function Late() {
    const [Part, setPart] = useState<ComponentType | undefined>(() => loaded)
    useEffect(() => {
      if (Part !== undefined) return
      let timer: ReturnType<typeof setTimeout> | undefined
      let isGone = false
      const attempt = () => {
        load().then(
          (part) => {
            loaded = part
            if (!isGone) setPart(() => part)
          },
          () => {
            if (!isGone) timer = setTimeout(attempt, AGAIN_MS)
          },
        )
      }
      attempt()
      return () => {
        isGone = true
        clearTimeout(timer)
      }
    }, [Part])
    return Part === undefined ? <div class="page" aria-busy="true" /> : <Part />
  }
}
