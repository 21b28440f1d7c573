// When somebody is there: by the week, in a zone, and days on which nobody is.

import type { ReactNode } from 'react'
import { CheckField, SelectField, TextField } from '../../../ui/fields.tsx'
import { setupTexts } from '../model/texts-setup.ts'
import { type DayHours, WEEKDAYS, type Weekday } from '../model/widget-draft.ts'
import { Part, type PartOfDraft } from './part.tsx'

export function WidgetHours({ draft, errors, onChange }: PartOfDraft): ReactNode {
  const { hours } = setupTexts
  const zones = [...new Set([draft.zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
  const setDay = (day: Weekday, some: Partial<DayHours>) =>
    onChange({ week: { ...draft.week, [day]: { ...draft.week[day], ...some } } })
  return (
    <Part title={hours.title}>
      <CheckField
        label={hours.has}
        hint={hours.hasHint}
        isOn={draft.hasHours}
        onChange={(hasHours) => onChange({ hasHours })}
      />
      {draft.hasHours ? (
        <>
          <SelectField
            label={hours.zone}
            value={draft.zone}
            options={zones.map((key) => ({ key, label: key.replaceAll('_', ' ') }))}
            onChange={(zone) => onChange({ zone })}
          />
          <fieldset className="week" id="widget-hours" tabIndex={-1}>
            <legend className="label">{hours.week}</legend>
            {WEEKDAYS.map((day) => (
              <Day
                key={day}
                name={hours.days[day]}
                hours={draft.week[day]}
                onChange={(some) => setDay(day, some)}
              />
            ))}
            {errors['widget-hours'] === undefined ? null : (
              <p className="error">{errors['widget-hours']}</p>
            )}
          </fieldset>
          <TextField
            id="widget-holidays"
            label={hours.holidays}
            hint={hours.holidaysHint}
            value={draft.holidays}
            error={errors['widget-holidays']}
            onChange={(holidays) => onChange({ holidays })}
            rows={3}
            isCode
          />
        </>
      ) : null}
    </Part>
  )
}

function Day(props: {
  readonly name: string
  readonly hours: DayHours
  readonly onChange: (some: Partial<DayHours>) => void
}): ReactNode {
  const { name, hours, onChange } = props
  const clock = (value: string, label: string, change: (value: string) => void) => (
    <input
      className="input"
      type="time"
      aria-label={label}
      value={value}
      onChange={(event) => change(event.target.value)}
    />
  )
  return (
    <div className="day-hours">
      <CheckField label={name} isOn={hours.isOpen} onChange={(isOpen) => onChange({ isOpen })} />
      {hours.isOpen ? (
        <>
          {clock(hours.from, setupTexts.hours.from(name), (from) => onChange({ from }))}
          <span aria-hidden="true">–</span>
          {clock(hours.to, setupTexts.hours.to(name), (to) => onChange({ to }))}
        </>
      ) : (
        <span className="sm dim">{setupTexts.hours.closed}</span>
      )}
    </div>
  )
}
