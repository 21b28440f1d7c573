// How long one channel keeps its messages; what would go is said before it is done.

import { type ReactNode, useState } from 'react'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import { placeFinder } from '../../form/finders.tsx'
import { Picker } from '../../form/picker.tsx'
import { placeOf } from '../../model/names.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { texts } from './texts.ts'

export type Channel = { readonly key: string; readonly title: string; readonly days?: number }
type Mode = keyof typeof texts.modes

const MODES = ['days', 'good', 'type'] as const satisfies readonly Mode[]
const MOST_DAYS = 36_500

export function DaysDialog(
  props: Pick<ScreenProps, 'calls'> & {
    readonly channel?: Channel
    readonly onClose: () => void
  },
): ReactNode {
  const { calls } = props
  const [channel, setChannel] = useState(props.channel)
  const [mode, setMode] = useState<Mode>('days')
  const [text, setText] = useState(String(props.channel?.days ?? 365))
  const [reason, setReason] = useState('')
  const days = daysIn(mode, text)
  const off = channel === undefined ? texts.needChannel : problemOf(mode, days)
  const goes = useGoes(calls, channel?.key, mode === 'days' ? days : undefined)
  const write = useWrite(
    () =>
      calls.call('setRetention', {
        params: { resource: channel?.key ?? '' },
        body: { days: days ?? null, ...(reason.trim() !== '' && { reason: reason.trim() }) },
      }),
    ['readRetention'],
    () => texts.setDone(channel?.title ?? ''),
  )
  return (
    <FormDialog
      title={texts.setTitle}
      confirm={shared.save}
      off={off}
      {...(goes.messages > 0 && channel !== undefined
        ? { isDanger: true, typeName: channel.title }
        : {})}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      {props.channel === undefined ? (
        <Picker
          look="field"
          label={texts.channel}
          name="places"
          shown={channel?.title ?? texts.pick}
          find={placeFinder(calls, false)}
          onPick={({ key, label }) => setChannel({ key, title: label })}
        />
      ) : (
        <p className="strong">{placeOf(props.channel.key)}</p>
      )}
      <SelectField
        label={texts.how}
        value={mode}
        options={MODES.map((key) => ({ key, label: texts.modes[key] }))}
        onChange={setMode}
      />
      {mode === 'days' ? (
        <TextField
          label={texts.dayCount}
          value={text}
          onChange={setText}
          maxLength={5}
          isRequired
        />
      ) : null}
      <TextField label={shared.reason} value={reason} onChange={setReason} maxLength={500} />
      <p className="sm dim" role="status">
        {goes.text}
      </p>
    </FormDialog>
  )
}

/** Undefined: as the type says, or no number of days. */
function daysIn(mode: Mode, text: string): number | undefined {
  if (mode !== 'days') return mode === 'good' ? 0 : undefined
  const days = Number(text)
  return Number.isInteger(days) && days >= 1 && days <= MOST_DAYS ? days : undefined
}

function problemOf(mode: Mode, days: number | undefined): string | undefined {
  return mode === 'days' && days === undefined ? texts.needDays : undefined
}

/** What would go at once. */
function useGoes(calls: ScreenProps['calls'], resource: string | undefined, days?: number) {
  const isAsked = resource !== undefined && days !== undefined
  const body = isAsked ? { resource, days } : {}
  const { data, state } = useRead(calls, 'previewRetention', { body }, { isOff: !isAsked })
  if (!isAsked) return { messages: 0, text: '' }
  if (data === undefined || state !== 'ready') return { messages: 0, text: shared.loading }
  const { messages, files, isMore, oldestMs, heldChannels } = data
  if (heldChannels > 0) return { messages: 0, text: texts.held }
  const date = new Intl.DateTimeFormat(spokenLanguage(), { dateStyle: 'medium' })
  const oldest = oldestMs === undefined ? '' : ` ${texts.oldest(date.format(oldestMs))}`
  return { messages, text: texts.goes(messages, files, isMore) + oldest }
}
