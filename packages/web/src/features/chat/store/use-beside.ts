// Something of the part that is fetched beside the first screen: opened once that is there, closed with what uses it.

import { useEffect, useState } from 'react'
import { type Beside, loadBeside } from '../load-beside.ts'

/** @param open the same function for as long as the same is wanted; undefined: nothing is wanted yet */
export function useBeside<T extends { close(): void }>(
  open: ((part: Beside) => T) | undefined,
): T | undefined {
  const [opened, setOpened] = useState<T>()
  useEffect(() => {
    if (open === undefined) return
    let now: T | undefined
    let isOver = false
    loadBeside().then(
      (part) => {
        if (isOver) return
        now = open(part)
        setOpened(now)
      },
      () => undefined,
    )
    return () => {
      isOver = true
      now?.close()
      setOpened(undefined)
    }
  }, [open])
  return opened
}
