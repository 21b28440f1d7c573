// Where one is signed in, and signing out there.

import type { OwnSessionView } from '@sayso/client'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { deviceName } from '../../ui/device-name.ts'
import { FieldError } from '../../ui/field.tsx'
import { Outcome } from '../../ui/form-parts.tsx'
import { Icon } from '../../ui/icon.tsx'
import { spokenLanguage } from '../../ui/words.ts'
import type { SettingsProps } from './props.ts'
import { texts } from './texts.ts'
import { refusalOf } from './use-form.ts'

export function DevicesSection({ api }: SettingsProps): ReactNode {
  const [sessions, setSessions] = useState<readonly OwnSessionView[]>()
  const [refused, setRefused] = useState<string>()
  const [done, setDone] = useState<string>()
  const load = useCallback(async () => {
    try {
      setSessions((await api.ownSessions()).items)
      setRefused(undefined)
    } catch (cause) {
      setRefused(refusalOf(cause))
    }
  }, [api])
  useEffect(() => void load(), [load])
  const run = async (work: () => Promise<{ readonly ended: number }>) => {
    try {
      const { ended } = await work()
      setDone(texts.devices.endedOthers(ended))
    } catch (cause) {
      setRefused(refusalOf(cause))
    }
    await load()
  }
  if (sessions === undefined) {
    return refused === undefined ? (
      <p className="dim sm late">{texts.loading}</p>
    ) : (
      <Failed text={refused} onRetry={() => void load()} />
    )
  }
  return (
    <>
      <ul className="devices">
        {sessions.map((one) => (
          <Device
            key={one.id}
            session={one}
            onEnd={() => void run(() => api.endOwnSession(one.id))}
          />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <div>
          <Button look="danger" onClick={() => void run(() => api.endOtherSessions())}>
            {texts.devices.endOthers}
          </Button>
          <p className="hint">{texts.devices.endsAtOnce}</p>
        </div>
      ) : (
        <p className="sm dim">{texts.devices.alone}</p>
      )}
      {refused === undefined ? null : <FieldError text={refused} />}
      <Outcome text={done} />
    </>
  )
}

function Device(props: {
  readonly session: OwnSessionView
  readonly onEnd: () => void
}): ReactNode {
  const { session } = props
  const name = deviceName(session.device) ?? texts.devices.unknown
  const about = session.current ? texts.devices.here : texts.devices.seen(when(session.seenAt))
  return (
    <li className="device">
      <Icon name="monitor" size="l" />
      <div className="grow">
        <div className="strong sm">{name}</div>
        <div className="xs dim">
          {[about, texts.devices.since(when(session.startedAt)), session.address]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </div>
      </div>
      {session.current ? null : (
        <Button size="small" onClick={props.onEnd}>
          {texts.devices.end}
        </Button>
      )}
    </li>
  )
}

function Failed(props: { readonly text: string; readonly onRetry: () => void }): ReactNode {
  return (
    <>
      <FieldError text={props.text} />
      <div>
        <Button onClick={props.onRetry}>{texts.tryAgain}</Button>
      </div>
    </>
  )
}

function when(iso: string): string {
  const format = new Intl.DateTimeFormat(spokenLanguage(), {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return format.format(new Date(iso))
}
