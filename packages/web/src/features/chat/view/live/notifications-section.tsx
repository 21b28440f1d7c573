// In the settings: what one is told of and how. What is chosen counts at once, on all of one's devices; what the system may
// show is allowed on each.

import '../../styles/live.css'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { Choice, Toggle } from '../../../../ui/form-parts.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import { LEVELS } from '../../model/notify-settings.ts'
import { clockOf, EVERY_DAY, minuteOf, type QuietHours } from '../../model/quiet-hours.ts'
import { notifyTexts } from '../../model/texts-notify.ts'
import { useNotifySettings, useSetNotify } from '../../store/use-notify-settings.ts'
import { permission, tone } from './system-notices.ts'

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function NotificationsSection(): ReactNode {
  const settings = useNotifySettings()
  const set = useSetNotify()
  return (
    <>
      <System />
      <Choice
        title={notifyTexts.usualTitle}
        value={settings.level}
        options={LEVELS.map((key) => ({ key, label: notifyTexts.level[key] }))}
        onChange={(level) => set({ level })}
        tall
      />
      <p className="hint">{notifyTexts.usualHint}</p>
      <Toggle
        label={notifyTexts.hideText}
        hint={notifyTexts.hideTextHint}
        isOn={settings.hideText}
        onChange={(hideText) => set({ hideText })}
      />
      <Toggle
        label={notifyTexts.sound}
        hint={notifyTexts.soundHint}
        isOn={settings.sound}
        onChange={(sound) => {
          set({ sound })
          if (sound) tone()
        }}
      />
      <Quiet />
      <Toggle
        label={notifyTexts.typing}
        hint={notifyTexts.typingHint}
        isOn={settings.typing}
        onChange={(typing) => set({ typing })}
      />
    </>
  )
}

/** The browser asks only when somebody has asked for it. */
function System(): ReactNode {
  const settings = useNotifySettings()
  const set = useSetNotify()
  const [state, setState] = useState(permission)
  const ask = () => {
    set({ system: true })
    void Notification.requestPermission().then(setState)
  }
  if (state === 'granted')
    return (
      <Toggle
        label={notifyTexts.system.on}
        hint={notifyTexts.system.hint}
        isOn={settings.system}
        onChange={(system) => set({ system })}
      />
    )
  return (
    <section className="stack tight" aria-label={notifyTexts.system.title}>
      <h3 className="label">{notifyTexts.system.title}</h3>
      <p className="hint" role="status">
        {state === 'default' ? notifyTexts.system.hint : notifyTexts.system[state]}
      </p>
      {state === 'default' ? (
        <div className="row">
          <Button icon="bell" onClick={ask}>
            {notifyTexts.system.ask}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** From ten at night until seven in the morning, where one is. */
function usualHours(): QuietHours {
  return { isOn: false, from: 22 * 60, to: 7 * 60, days: EVERY_DAY, zone: ownZone() }
}

function Quiet(): ReactNode {
  const { quiet } = useNotifySettings()
  const set = useSetNotify()
  const hours = quiet ?? usualHours()
  const change = (some: Partial<QuietHours>) => set({ quiet: { ...hours, ...some } })
  return (
    <>
      <Toggle
        label={notifyTexts.quiet}
        hint={notifyTexts.quietHint(zoneName(hours.zone))}
        isOn={hours.isOn}
        onChange={(isOn) => change({ isOn })}
      />
      {hours.isOn ? (
        <div className="quiet-hours">
          <Clock label={notifyTexts.from} at={hours.from} onChange={(from) => change({ from })} />
          <Clock label={notifyTexts.to} at={hours.to} onChange={(to) => change({ to })} />
          <Days days={hours.days} onChange={(days) => change({ days })} />
          {hours.zone === ownZone() ? null : (
            <Button size="small" onClick={() => change({ zone: ownZone() })}>
              {notifyTexts.here(zoneName(ownZone()))}
            </Button>
          )}
        </div>
      ) : null}
    </>
  )
}

/** `Europe/Berlin` as people read it. */
function zoneName(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

function Clock(props: {
  readonly label: string
  readonly at: number
  readonly onChange: (minute: number) => void
}): ReactNode {
  const id = useId()
  return (
    <div className="fields">
      <label className="label" htmlFor={id}>
        {props.label}
      </label>
      <input
        id={id}
        className="input"
        type="time"
        required
        value={clockOf(props.at)}
        onChange={(event) => {
          const minute = minuteOf(event.target.value)
          if (minute !== undefined) props.onChange(minute)
        }}
      />
    </div>
  )
}

/** A Sunday, to name the days of a week by. */
const SUNDAY_MS = Date.UTC(2026, 0, 4, 12)
const DAY_MS = 86_400_000
/** Weeks begin on Monday here. */
const ORDER = [1, 2, 3, 4, 5, 6, 0]

/** From Sunday on. */
function dayNames(weekday: 'short' | 'long'): readonly string[] {
  const format = new Intl.DateTimeFormat(spokenLanguage(), { weekday, timeZone: 'UTC' })
  return EVERY_DAY.map((day) => format.format(SUNDAY_MS + day * DAY_MS))
}

function Days(props: {
  readonly days: readonly number[]
  readonly onChange: (days: readonly number[]) => void
}): ReactNode {
  const { days } = props
  const short = useMemo(() => dayNames('short'), [])
  const whole = useMemo(() => dayNames('long'), [])
  return (
    <fieldset className="days">
      <legend className="label">{notifyTexts.days}</legend>
      {ORDER.map((day) => (
        <label key={day} className="option">
          <input
            type="checkbox"
            checked={days.includes(day)}
            aria-label={whole[day]}
            onChange={(event) =>
              props.onChange(
                event.target.checked ? [...days, day].sort() : days.filter((one) => one !== day),
              )
            }
          />
          <span aria-hidden="true">{short[day]}</span>
        </label>
      ))}
    </fieldset>
  )
}
