// Notices when the server has newer pages than these, once, and never while something is being written.

import { useEffect, useEffectEvent, useRef } from 'react'
import type { Said } from '../../model/texts.ts'
import { writingTexts } from '../../model/texts-writing.ts'

/** Asked when one comes back to the page, and not more often than this. */
const PAUSE_MS = 10 * 60_000

export function useNewVersion(text: string, tell: (said: Said) => void): void {
  const hasTold = useRef(false)
  const isOutdated = useRef(false)
  const askedAt = useRef(0)
  const settle = useEffectEvent(() => {
    if (!isOutdated.current || hasTold.current || text !== '') return
    hasTold.current = true
    tell({ tone: 'news', glyph: 'rotate-cw', ...writingTexts.newVersion })
  })
  const ask = useEffectEvent(async () => {
    const now = performance.now()
    const isSoon = askedAt.current !== 0 && now - askedAt.current < PAUSE_MS
    if (document.visibilityState !== 'visible' || hasTold.current || isSoon) return
    askedAt.current = now
    isOutdated.current = await isOtherVersion()
    settle()
  })
  useEffect(() => {
    const onVisible = () => void ask().catch(() => undefined)
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [])
  // What was found while one wrote is told when that is sent.
  useEffect(() => {
    if (text === '') settle()
  }, [text])
}

const SCRIPT = /<script[^>]+src="([^"]+)"/

/** The page names its script by its content: another name is another version. */
async function isOtherVersion(): Promise<boolean> {
  const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } })
  const there = answer.ok ? SCRIPT.exec(await answer.text())?.[1] : undefined
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')]
  const here = scripts.map((script) => new URL(script.src).pathname)
  return there !== undefined && !here.includes(new URL(there, location.origin).pathname)
}
