// Banned from the whole place: the whole page says why, until when and where to turn to. Nothing is connected, and nothing of
// the chat is left on the device but one's own drafts.

import '../../../ui/more-icons.ts'
import type { SessionView } from '@sayso/client'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Brand } from '../../../ui/mark.tsx'
import { endOf } from '../model/durations.ts'
import { texts } from '../model/texts.ts'
import { rightsTexts } from '../model/texts-rights.ts'
import { whoTexts } from '../model/texts-who.ts'
import { clearAllButDrafts, clearFiles } from '../store/left-over.ts'
import { copyText } from './clipboard.ts'

/** Browsers take no longer timers; about 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
const SLACK_MS = 1_000

export function ShutOutCard(props: {
  readonly view: SessionView
  /** Asks the server again. */
  readonly onAgain: () => void
  readonly onSignOut: () => void
}): ReactNode {
  const { view } = props
  const { shutOut, person, title: place, appeal } = view
  const heading = useRef<HTMLHeadingElement>(null)
  const [drafts, setDrafts] = useState<readonly string[]>([])
  const me = person?.id
  useEffect(() => {
    heading.current?.focus()
    if (me === undefined) return
    setDrafts(clearAllButDrafts(me, storage()))
    void clearFiles(me)
  }, [me])
  useAgain(view, props.onAgain)
  if (shutOut === undefined) return null
  const { untilMs, reason, by, message } = shutOut
  const until = untilMs === undefined ? undefined : endOf(untilMs, view.serverTimeMs)
  return (
    <main className="note-page">
      <Brand />
      <div className="closed" role="status">
        <span className="closed-glyph">
          <Icon name="lock" size="l" />
        </span>
        <h1 ref={heading} className="title" tabIndex={-1}>
          {whoTexts.shutOut(place, until)}
        </h1>
        <p className="dim">
          {rightsTexts.heldBy(message?.replace(/\.$/, '') ?? shutOut.title, by?.name, reason)}{' '}
          {until === undefined ? whoTexts.shutOutForGood : whoTexts.shutOutUntil}
        </p>
        {appeal === undefined ? null : (
          <a className="btn primary" href={appeal} rel="noreferrer">
            {whoTexts.appeal}
          </a>
        )}
        <Button onClick={props.onSignOut}>{texts.signOut}</Button>
        {drafts.map((text) => (
          <div key={text} className="draft">
            <span className="label">{texts.draftKept}</span>
            <p className="said" dir="auto">
              {text}
            </p>
            <Button size="small" icon="copy" onClick={() => void copyText(text)}>
              {texts.copyDraft}
            </Button>
          </div>
        ))}
      </div>
    </main>
  )
}

/** Asks again when the time is over, and whenever one comes back to the page. */
function useAgain({ shutOut, serverTimeMs }: SessionView, onAgain: () => void): void {
  const again = useEffectEvent(onAgain)
  const untilMs = shutOut?.untilMs
  useEffect(() => {
    const onSeen = () => {
      if (document.visibilityState === 'visible') again()
    }
    document.addEventListener('visibilitychange', onSeen)
    const leftMs = untilMs === undefined ? LONGEST_TIMER_MS : untilMs - serverTimeMs + SLACK_MS
    const timer = setTimeout(again, Math.min(Math.max(leftMs, SLACK_MS), LONGEST_TIMER_MS))
    return () => {
      document.removeEventListener('visibilitychange', onSeen)
      clearTimeout(timer)
    }
  }, [untilMs, serverTimeMs])
}

function storage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
