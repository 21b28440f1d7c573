// A small form that saves by a call: its values, whether it is under way, and what came of it.

import { ApiError } from '@sayso/client'
import { type SubmitEvent, useState } from 'react'
import { sentence } from '../../ui/sentence.ts'
import { texts } from './texts.ts'

export type Form<V> = {
  readonly values: V
  readonly set: (some: Partial<V>) => void
  readonly isBusy: boolean
  /** Done, in words. */
  readonly done: string | undefined
  /** Refused, in words. */
  readonly refused: string | undefined
  readonly onSubmit: (event: SubmitEvent) => void
}

/** @param save does it and says what came of it; rejects with `ApiError` */
export function useForm<V extends Readonly<Record<string, string>>>(
  initial: V,
  save: (values: V) => Promise<string>,
): Form<V> {
  const [values, setValues] = useState(initial)
  const [state, setState] = useState<Pick<Form<V>, 'isBusy' | 'done' | 'refused'>>(STILL)
  const submit = async () => {
    setState({ ...STILL, isBusy: true })
    try {
      const done = await save(values)
      setState({ ...STILL, done })
      setValues(initial)
    } catch (cause) {
      setState({ ...STILL, refused: refusalOf(cause) })
    }
  }
  return {
    values,
    set: (some) => setValues((now) => ({ ...now, ...some })),
    ...state,
    onSubmit: (event) => {
      event.preventDefault()
      if (!state.isBusy) void submit()
    },
  }
}

const STILL = { isBusy: false, done: undefined, refused: undefined }

/** The words for a refused request. */
export function refusalOf(cause: unknown): string {
  if (!(cause instanceof ApiError) || cause.status === 0) return texts.notReached
  if (cause.code === 'invalid_password') return texts.passwordWrong
  const { detail, remedy } = cause.problem
  return [detail, remedy]
    .filter((part): part is string => part !== undefined && part !== '')
    .map(sentence)
    .join(' ')
}
