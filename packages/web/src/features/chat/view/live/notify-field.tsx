// Among what there is to know about a channel: what one is told of there, for oneself.

import '../../styles/live.css'
import type { ResourceView } from '@sayso/client'
import { type ReactNode, useId } from 'react'
import { serverNow } from '../../../../ui/server-clock.ts'
import { endOf } from '../../model/durations.ts'
import { LEVELS, type Level } from '../../model/notify-settings.ts'
import { notifyTexts } from '../../model/texts-notify.ts'
import { useChannelNotify } from '../../store/use-channel-choice.ts'
import { tomorrowMorning } from './own-groups.ts'

const HOUR_MS = 3_600_000

export function NotifyField(props: { readonly view: ResourceView }): ReactNode {
  const { choice, usual, choose } = useChannelNotify(props.view)
  const id = useId()
  const change = (value: string) => {
    const nowMs = serverNow()
    if (value === 'usual') choose(undefined)
    else if (value === 'hour') choose({ level: 'none', untilMs: nowMs + HOUR_MS })
    else if (value === 'day') choose({ level: 'none', untilMs: tomorrowMorning(nowMs) })
    else choose({ level: value as Level })
  }
  const isTimed = choice?.untilMs !== undefined
  return (
    <div className="fields">
      <label className="label" htmlFor={id}>
        {notifyTexts.title}
      </label>
      <select
        id={id}
        className="input"
        value={isTimed ? 'timed' : (choice?.level ?? 'usual')}
        aria-describedby={`${id}-text`}
        onChange={(event) => change(event.target.value)}
      >
        <option value="usual">{notifyTexts.usual(notifyTexts.level[usual])}</option>
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {notifyTexts.level[level]}
          </option>
        ))}
        {isTimed ? (
          <option value="timed">
            {`${notifyTexts.level[choice.level]} · ${notifyTexts.until(endOf(choice.untilMs ?? 0, serverNow()))}`}
          </option>
        ) : null}
        <option value="hour">{notifyTexts.noneHour}</option>
        <option value="day">{notifyTexts.noneDay}</option>
      </select>
      <p id={`${id}-text`} className="xs dim">
        {choice?.level === 'none' ? notifyTexts.noneDetail : ''}
      </p>
    </div>
  )
}
