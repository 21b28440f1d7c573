// Says that the reader looks on in silence, wherever they began to, and lets them stop.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import { useAnnounce } from '../view/announcer.tsx'
import type { SheetProps } from './sheet-props.ts'

export function WatchBar({ conversation, onChanged }: SheetProps): ReactNode {
  const { calls } = useDesk()
  const say = useSay()
  const announce = useAnnounce()
  const [isBusy, setBusy] = useState(false)
  const stop = async () => {
    setBusy(true)
    try {
      await calls.act(conversation.key, 'leave')
      announce(texts.acts.unwatched)
    } catch (cause) {
      say({ tone: 'bad', title: texts.notDone, text: refusalOf(cause) })
    } finally {
      setBusy(false)
      onChanged()
    }
  }
  return (
    <section className="watching" aria-label={texts.watching.title}>
      <Icon name="eye" size="s" />
      <p className="grow sm">
        <span className="strong">{texts.watching.title}</span>{' '}
        <span className="dim">{texts.watching.text}</span>
      </p>
      <Button size="small" busy={isBusy} onClick={() => void stop()}>
        {texts.watching.stop}
      </Button>
    </section>
  )
}
