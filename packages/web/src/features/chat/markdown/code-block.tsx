// A block of code. It stands at once as it is; colours come when the highlighter is there, and move nothing.

import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { texts } from '../model/texts.ts'
import type { Token } from './highlight.ts'

export function CodeBlock(props: {
  readonly text: string
  readonly language?: string | undefined
}): ReactNode {
  const { text, language } = props
  const tokens = useTokens(text, language)
  const block = useRef<HTMLPreElement>(null)
  const isWide = useWide(block, text)
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: it has a role whenever it has a label
    <pre
      ref={block}
      className="block"
      dir="ltr"
      // A line that is wider than the block is reached by arrow keys.
      tabIndex={isWide ? 0 : undefined}
      role={isWide ? 'region' : undefined}
      aria-label={isWide ? texts.codeBlock : undefined}
    >
      <code>
        {tokens === undefined
          ? text
          : tokens.map((token, index) =>
              token.kind === undefined ? (
                token.text
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: a piece of code is its place
                <span key={index} className={`code-${token.kind}`}>
                  {token.text}
                </span>
              ),
            )}
      </code>
    </pre>
  )
}

/** Whether some of it is out of sight to the side. */
function useWide(block: RefObject<HTMLPreElement | null>, text: string): boolean {
  const [isWide, setWide] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another width
  useLayoutEffect(() => {
    const element = block.current
    if (element === null) return
    const measure = () => setWide(element.scrollWidth > element.clientWidth)
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [block, text])
  return isWide
}

function useTokens(text: string, language: string | undefined): readonly Token[] | undefined {
  const [coloured, setColoured] = useState<{ text: string; tokens: readonly Token[] }>()
  useEffect(() => {
    if (language === undefined) return
    let isGone = false
    const colour = async () => {
      const { highlight } = await import('./highlight.ts')
      const tokens = await highlight(text, language)
      if (!isGone && tokens !== undefined) setColoured({ text, tokens })
    }
    // Without colours it can be read as well.
    colour().catch(() => undefined)
    return () => {
      isGone = true
    }
  }, [text, language])
  return coloured?.text === text ? coloured.tokens : undefined
}
