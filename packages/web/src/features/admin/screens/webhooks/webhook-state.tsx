import type { ReactNode } from 'react'
import { StateWord } from '../../form/state-word.tsx'
import type { ItemOf } from '../../store/use-list.ts'
import { texts } from './texts.ts'

export type Webhook = ItemOf<'listWebhooks'>

export function WebhookState({ of }: { readonly of: Webhook }): ReactNode {
  if (!of.enabled) return <StateWord tone="plain">{texts.states.off}</StateWord>
  return of.failures > 0 ? (
    <StateWord tone="late">{`${texts.states.failing} (${texts.failures(of.failures)})`}</StateWord>
  ) : (
    <StateWord tone="good">{texts.states.on}</StateWord>
  )
}
