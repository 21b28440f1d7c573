// A text field that grows with what is written in it, up to what the style sheet allows.

import { type RefObject, useLayoutEffect } from 'react'

/** Where the browser does it by itself (`field-sizing` in the style sheet), nothing has to be measured at every key. */
const isNative = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content')

export function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what changes the height
  useLayoutEffect(() => {
    const element = field.current
    if (element === null || isNative) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [field, text])
}
