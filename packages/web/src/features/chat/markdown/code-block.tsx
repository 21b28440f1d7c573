// A block of code. It stands at once as it is; colours come when the highlighter is there, and move nothing.

import { type ReactNode, useEffect, useState } from 'react'
import type { Token } from './highlight.ts'

export function CodeBlock(props: {
  readonly text: string
  readonly language?: string | undefined
}): ReactNode {
  const { text, language } = props
  const tokens = useTokens(text, language)
  return (
    <pre className="block" dir="ltr">
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
