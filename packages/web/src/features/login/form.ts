// State of a form that is sent once at a time and says why it was refused.

import { type SubmitEvent, useState } from 'react'
import { type Refusal, refusalOf } from './refusal.ts'

export type Form<T> = {
  readonly values: T
  readonly set: (parts: Partial<T>) => void
  readonly isBusy: boolean
  readonly refusal: Refusal | undefined
  readonly onSubmit: (event: SubmitEvent) => void
}

export function useForm<T>(initial: T, submit: (values: T) => Promise<void>): Form<T> {
  const [values, setValues] = useState(initial)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    setRefusal(undefined)
    submit(values)
      .catch((cause: unknown) => setRefusal(refusalOf(cause)))
      .finally(() => setBusy(false))
  }
  const set = (parts: Partial<T>) => {
    setValues((now) => ({ ...now, ...parts }))
    setRefusal(undefined)
  }
  return { values, set, isBusy, refusal, onSubmit }
}
