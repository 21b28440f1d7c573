// What the parts of the screen are given, and how they call things.

import type { AnswerOf } from '@sayso/client/manage'
import type { PolicyDocument } from '@sayso/policy'
import { useEffect, useState } from 'react'
import { spokenLanguage } from '../../../../ui/words.ts'
import type { ScreenProps } from '../../props.ts'
import type { Right } from '../../store/rights.tsx'
import type { Draft, DraftState } from './store/draft.ts'
import { texts } from './texts.ts'

export type Checked = AnswerOf<'checkPolicy'>
export type Trial = AnswerOf<'simulate'>

export type PartProps = ScreenProps & {
  readonly draft: Draft
  readonly state: DraftState
  /** What the draft says; what is in force while it cannot be read. */
  readonly document: PolicyDocument
  readonly inForce: PolicyDocument
  readonly checked: Checked | undefined
  /** Whether the reader may edit; why not. */
  readonly edits: Right
}

/** Why nothing can be changed now; undefined: it can. */
export function offOf({ edits, state }: Pick<PartProps, 'edits' | 'state'>): string | undefined {
  if (edits.kind === 'off') return edits.reason
  if (edits.kind === 'absent') return texts.editorOff
  if (state.keeping === 'foreign') return texts.bar.foreign
  return state.reading.isRead ? undefined : texts.unread(state.reading.problem)
}

export function actionTitle(action: string): string {
  const known = texts.actions[action]
  if (known !== undefined) return known
  const words = action.replaceAll(/[-_]/g, ' ')
  return words.charAt(0).toLocaleUpperCase() + words.slice(1)
}

export function typeTitle(document: PolicyDocument, type: string): string {
  const title = document.types[type]?.title
  return title === undefined ? type.charAt(0).toLocaleUpperCase() + type.slice(1) : title
}

export function whenText(at: string | number): string {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(spokenLanguage(), style).format(new Date(at))
}

/** What was last said once it has been so for a while; milliseconds. */
export function useCalm<T>(value: T, ms: number): T {
  const [calm, setCalm] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setCalm(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return calm
}
