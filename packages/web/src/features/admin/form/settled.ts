import { useEffect, useState } from 'react'

const STILL_MS = 300

/** A value once it has stood still for a moment: what is asked while somebody types. */
export function useSettled<T>(value: T, word = JSON.stringify(value)): T {
  const [settled, setSettled] = useState({ value, word })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the word stands for the value
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ value, word }), STILL_MS)
    return () => clearTimeout(timer)
  }, [word])
  return settled.value
}
