// Keys that prove who visitors are: shown once, two at a time, so that one can take the place of the other.

import { type ReactNode, useState } from 'react'
import { Ask } from '../../../ui/ask.tsx'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { SecretDialog } from '../../../ui/secret-dialog.tsx'
import { exactTime } from '../../../ui/times.ts'
import { texts } from '../model/texts.ts'
import { setupTexts } from '../model/texts-setup.ts'
import type { Widget } from '../store/calls.ts'
import { useDesk } from '../store/desk-context.tsx'
import { Part } from './part.tsx'

export function WidgetKeys(props: {
  readonly widget: Widget
  readonly onChanged: () => void
}): ReactNode {
  const { widget, onChanged } = props
  const { calls } = useDesk()
  const say = useSay()
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string }>()
  const [dropped, setDropped] = useState<string>()
  const { keys } = setupTexts
  const done = (work: Promise<unknown>) =>
    work
      .catch((cause: unknown) => say({ tone: 'bad', title: texts.notDone, text: refusalOf(cause) }))
      .finally(onChanged)
  return (
    <Part title={keys.title}>
      <p className="hint">{keys.hint}</p>
      <ul className="key-rows sm">
        {widget.identity.keys.map((key) => (
          <li key={key.id}>
            <code className="grow">{key.id}</code>
            <span className="dim">{exactTime(key.createdAtMs)}</span>
            <Button size="small" look="danger" onClick={() => setDropped(key.id)}>
              {keys.remove}
            </Button>
          </li>
        ))}
      </ul>
      <div>
        <Button
          size="small"
          icon="key-round"
          onClick={() => void done(calls.makeWidgetKey(widget.id).then(setMade))}
        >
          {keys.make}
        </Button>
      </div>
      {made === undefined ? null : (
        <SecretDialog
          title={keys.madeTitle}
          text={keys.madeText(made.id)}
          label={keys.secret}
          secret={made.secret}
          onClose={() => setMade(undefined)}
        />
      )}
      {dropped === undefined ? null : (
        <Ask
          title={keys.removeTitle(dropped)}
          consequence={keys.removeText}
          confirm={keys.remove}
          onConfirm={() => void done(calls.dropWidgetKey(widget.id, dropped))}
          onClose={() => setDropped(undefined)}
        />
      )}
    </Part>
  )
}
